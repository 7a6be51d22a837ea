"""The server as a process: port 0, reload while requests run, a broken rule file, a clean stop."""

import json
import re
import shutil
import signal
import subprocess
import threading

from awase_testing import BINARY, SHOP, AwaseTest, offered_ids, offers, wait_for

HIDE_FILM = """\
rules:
  - id: no-film
    hide:
      products: [phone-film]
"""


class Server:
    """`awase serve` on a free port. Output goes to a file, so that it cannot block the server."""

    def __init__(self, folder, model, rules, *extra):
        self._log = folder / "server.log"
        with self._log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--model", str(model), "--rules", str(rules), "--grpc", "127.0.0.1:0", *extra],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self.address = wait_for(self._find_address, "the server to print its address")

    def _find_address(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended: {self.log()}")
        found = re.search(r"127\.0\.0\.1:[1-9]\d*", self.log())
        return found.group(0) if found else None

    def log(self):
        return self._log.read_text(encoding="utf-8")

    def stop(self):
        """Exit code after SIGTERM."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


class Serving(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")

    def setUp(self):
        self.rules = self.folder / self.id()
        shutil.copytree(SHOP / "rules", self.rules)
        self.server = Server(self.folder, self.model, self.rules)
        self.addCleanup(self.server.stop)

    def page(self, product):
        return self.recommend(product, "--server", self.server.address)

    def put_rule(self, name, text):
        """As an editor does it: the whole file appears at once."""
        (self.rules / "new").write_text(text, encoding="utf-8")
        (self.rules / "new").rename(self.rules / name)

    def test_over_grpc_the_page_is_the_same_as_from_the_model(self):
        served = self.page("cam-c200")
        direct = self.recommend("cam-c200", "--model", self.model, "--rules", self.rules)
        self.assertEqual(served["slots"], direct["slots"])
        self.assertEqual(served["rule_revision"], direct["rule_revision"])
        self.assertEqual(served["model_version"], direct["model_version"])

    def test_a_changed_folder_changes_the_next_answers(self):
        before = self.page("phone-s2")
        self.assertIn("phone-film", offered_ids(before))
        self.put_rule("film.yaml", HIDE_FILM)
        wait_for(lambda: self.page("phone-s2")["rule_revision"] != before["rule_revision"], "the new revision")
        self.assertNotIn("phone-film", offered_ids(self.page("phone-s2")))
        (self.rules / "film.yaml").unlink()
        wait_for(lambda: self.page("phone-s2")["rule_revision"] == before["rule_revision"], "the old revision again")
        self.assertIn("phone-film", offered_ids(self.page("phone-s2")))

    def test_a_broken_file_changes_nothing_and_says_so(self):
        before = self.page("phone-s2")
        self.put_rule("broken.yaml", "rules:\n  - id: x\n    hide: {products: []}\n    surprise: 1\n")
        wait_for(lambda: "broken.yaml" in self.server.log(), "the server to report the broken file")
        after = self.page("phone-s2")
        self.assertEqual(after["rule_revision"], before["rule_revision"])
        self.assertEqual(after["slots"], before["slots"])
        self.assertRegex(self.rules_command("history"),
                         r"(?s)^problem: the rules in the folder are refused, [^\n]+\n    broken\.yaml:\d+:.*\n#1 \w+ \(serving")
        self.assertIn("broken.yaml:", json.loads(self.rules_command("history", "--format", "json"))["problem"])

    def rules_command(self, command, *arguments, code=0):
        result = self.start("rules", command, *arguments, "--server", self.server.address)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout if code == 0 else result.stderr

    def test_rules_are_published_listed_shown_and_rolled_back(self):
        before = self.page("phone-s2")["rule_revision"]
        draft = self.folder / (self.id() + ".draft")
        draft.mkdir()
        (draft / "film.yaml").write_text(HIDE_FILM, encoding="utf-8")
        self.rules_command("publish", draft, "--dry-run")
        self.assertEqual(self.page("phone-s2")["rule_revision"], before)
        said = self.rules_command("publish", draft, "--author", "Tanaka", "--comment", "No films", "--etag", before)
        self.assertIn("serving: #2", said)
        self.assertNotIn("phone-film", offered_ids(self.page("phone-s2")))
        self.assertRegex(self.rules_command("publish", draft, "--etag", before, code=1), "etag: .*published by Tanaka at 2")
        history = self.rules_command("history")
        self.assertRegex(history, r"(?s)^#2 \w+ \(serving\).*published  by Tanaka\n    No films\n#1 .*folder")
        self.assertIn("hide", self.rules_command("show"))
        self.rules_command("show", "#1", "--out", draft / "old")
        self.assertEqual(sorted(p.name for p in (draft / "old").iterdir()),
                         sorted(p.name for p in (SHOP / "rules").iterdir()))
        named = r" revision \w+, \d+ rules?, those of\n#1 \w+  .* UTC .*folder\n"
        self.assertRegex(self.rules_command("rollback", "--dry-run"), "would serve:" + named)
        self.assertRegex(self.rules_command("rollback", "--author", "Sato"), "serving: #3," + named)
        self.assertEqual(self.page("phone-s2")["rule_revision"], before)
        self.assertIn("name those that are to come back", self.rules_command("rollback", code=1))
        self.assertIn("no rules of revision none", self.rules_command("rollback", "none", code=1))

    def test_a_refused_publication_says_how_many_findings_there_are(self):
        draft = self.folder / (self.id() + ".draft")
        draft.mkdir()
        rules = [f"- {{id: r{i}, placements: [nowhere], hyde: {{}}}}\n" for i in range(20)]
        (draft / "many.yaml").write_text("rules:\n" + "".join(rules), encoding="utf-8")
        said = self.rules_command("publish", draft, code=1).splitlines()
        self.assertLess(len(said), 20)
        self.assertRegex(said[-1], r"^and \d+ more errors and 20 more warnings; all of them: awase rules validate")

    def test_under_load_no_request_fails_or_mixes_two_revisions(self):
        with_film = self.page("phone-s2")["rule_revision"]
        seen, failures, stop = {}, [], threading.Event()

        def ask_all_the_time():
            while not stop.is_set():
                try:
                    answer = self.page("phone-s2")
                    seen.setdefault(answer["rule_revision"], set()).add("phone-film" in offered_ids(answer))
                except AssertionError as error:
                    failures.append(str(error))

        threads = [threading.Thread(target=ask_all_the_time) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(3):
                self.put_rule("film.yaml", HIDE_FILM)
                wait_for(lambda: self.page("phone-s2")["rule_revision"] != with_film, "the new revision")
                (self.rules / "film.yaml").unlink()
                wait_for(lambda: self.page("phone-s2")["rule_revision"] == with_film, "the old revision")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(seen.pop(with_film), {True})
        self.assertEqual(list(seen.values()), [{False}])

    def test_a_retrained_model_goes_live_without_a_restart(self):
        before = self.page("teapot")["model_version"]
        self.train_shop(self.model, "--top", 9)
        wait_for(lambda: self.page("teapot")["model_version"] != before, "the new version")
        self.run_ok("models", "activate", "--model", self.model, before)
        wait_for(lambda: self.page("teapot")["model_version"] == before, "the old version again")

    def test_a_broken_new_version_does_not_displace_the_good_one(self):
        before = self.page("teapot")["model_version"]
        broken = self.model / ("0" * len(before))
        shutil.copytree(self.model / before, broken)
        section = max(broken.glob("*.bin"), key=lambda path: path.stat().st_size)
        section.write_bytes(section.read_bytes()[:-8])
        active = self.model / "ACTIVE"
        good = active.read_bytes()
        try:
            active.write_text(broken.name + "\n", encoding="utf-8")
            wait_for(lambda: self.page("teapot").get("degraded"), "the server to refuse the broken version")
            self.assertEqual(self.page("teapot")["model_version"], before)
        finally:
            active.write_bytes(good)
            shutil.rmtree(broken)

    def test_sigterm_stops_it_cleanly(self):
        self.assertEqual(self.server.stop(), 0)

    def test_a_port_in_use_is_refused_with_its_address(self):
        self.assert_refused(["serve", "--model", self.model, "--rules", self.rules, "--grpc", self.server.address],
                            self.server.address)

    def test_an_unknown_product_is_no_error(self):
        answer = self.page("no-such-product")
        self.assertEqual(answer["missing_ids"], ["no-such-product"])
        self.assertEqual(offers(answer, "also_bought"), [])

    def test_a_server_that_is_not_there_is_named(self):
        self.assertEqual(self.server.stop(), 0)
        self.assert_refused(["recommend", "--server", self.server.address, "--product", "teapot"], self.server.address)
