"""--config: placements of the shop's own, in the server and in every command that asks the engine."""

import json

from awase_testing import AwaseTest, offers
from serve_test import Server

CONFIG = """\
placements:
- name: app_home
  like: product_page
  slots: [{slot: also_bought, offers: 2}]
- {name: calm, like: product_page, max_offers: 2}
- {name: mail, slots: [{slot: also_bought, offers: 1}]}
"""
RULES = """\
rules:
- id: home
  placements: [app_home]
  pin: {product: teapot, slot: also_bought}
"""
TYPOS = """\
placements:
- {name: app_home, like: product_pages}
- {name: app_shelf, lyke: cart, slots: [{slot: also_bought, offers: 90}]}
"""


class Configuration(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")
        cls.config = cls.folder / "server.yaml"
        cls.config.write_text(CONFIG, encoding="utf-8")
        cls.typos = cls.folder / "typos.yaml"
        cls.typos.write_text(TYPOS, encoding="utf-8")
        cls.rules = cls.folder / "rules"
        cls.rules.mkdir()
        (cls.rules / "home.yaml").write_text(RULES, encoding="utf-8")

    def ask(self, placement, *extra):
        return json.loads(self.run_ok("recommend", "--placement", placement, "--product", "cam-c200", "--format",
                                      "json", *extra))

    def test_a_placement_of_the_shop_is_answered_and_its_rules_act(self):
        answer = self.ask("app_home", "--model", self.model, "--rules", self.rules, "--config", self.config)
        self.assertEqual([slot["name"] for slot in answer["slots"]], ["also_bought"])
        self.assertEqual([offer["product"]["product_id"] for offer in offers(answer, "also_bought")][0], "teapot")
        self.assertEqual(len(offers(answer, "also_bought")), 2)
        self.assertEqual(len(offers(self.ask("mail", "--model", self.model, "--config", self.config),
                                    "also_bought")), 1)

    def test_the_whole_answer_is_bounded_by_the_placement_and_by_the_request(self):
        for flags, most in ((), 2), (("--max-offers-in-all", 1), 1), (("--max-offers-in-all", 9), 2):
            answer = self.ask("calm", "--model", self.model, "--config", self.config, *flags)
            self.assertEqual(sum(len(slot.get("offers", [])) for slot in answer["slots"]), most)

    def test_without_it_the_placement_is_refused_with_those_there_are(self):
        ask = ["recommend", "--product", "cam-c200", "--model", self.model, "--placement"]
        self.assert_refused([*ask, "app_home"], '"app_home" is not a placement', "product_page, cart")
        self.assert_refused([*ask, "app_hom", "--config", self.config], '"app_hom" is not a placement', "app_home")

    def test_typos_are_found_all_at_once_by_every_command(self):
        for command in (["serve", "--model", self.model, "--grpc", "127.0.0.1:0"],
                        ["recommend", "--model", self.model, "--product", "cam-c200"],
                        ["rules", "validate", self.rules],
                        ["rules", "diff", self.rules, "--model", self.model, "--rules", self.rules]):
            self.assert_refused([*command, "--config", self.typos],
                                f'{self.typos}:2:26: placements[0].like: unknown placement "product_pages"; '
                                'did you mean "product_page"?',
                                f'{self.typos}:3:21: placements[1].lyke: unknown key "lyke"; did you mean "like"?',
                                f'{self.typos}:3:69: placements[1].slots[0].offers: want 1 to 50 in also_bought, got 90')

    def test_rules_are_checked_against_it(self):
        self.assertIn('unknown placement "app_home"', self.run_ok("rules", "validate", self.rules))
        self.assertIn("0 errors, 0 warnings", self.run_ok("rules", "validate", self.rules, "--config", self.config))
        (self.folder / "misspelt").mkdir()
        (self.folder / "misspelt" / "r.yaml").write_text(RULES.replace("app_home", "app_homes"), encoding="utf-8")
        self.assertIn('did you mean "app_home"?',
                      self.run_ok("rules", "validate", self.folder / "misspelt", "--config", self.config))

    def test_caps_are_checked_against_what_a_server_keeps(self):
        (self.folder / "many").mkdir()
        (self.folder / "many" / "r.yaml").write_text("rules:\n- id: a\n  cap: {at_most: 77, within: 7d}\n",
                                                     encoding="utf-8")
        for extra in ([], ["--model", self.model]):
            self.assertIn("a server keeps 1000 exposures of a customer",
                          self.run_ok("rules", "validate", self.folder / "many", *extra))

    def test_what_if_knows_it(self):
        requests = self.folder / "requests.jsonl"
        requests.write_text('{"placement": "app_home", "product_ids": ["cam-c200"]}\n', encoding="utf-8")
        (self.folder / "none").mkdir(exist_ok=True)
        diff = ["rules", "diff", self.rules, "--model", self.model, "--rules", self.folder / "none", "--requests",
                requests, "--format", "json"]
        self.assertEqual(json.loads(self.run_ok(*diff))["with_unknown_placement"], 1)
        found = json.loads(self.run_ok(*diff, "--config", self.config))
        self.assertEqual((found["requests"], found["requests_changed"]), (1, 1))

    def validate_only(self, *flags, code=0):
        done = self.start("serve", "--validate-only", "--model", self.model, "--config", self.config, *flags)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_a_start_is_checked_without_one(self):
        folders = {flag: self.folder / ("checked" + flag) for flag in ("--live", "--exposures", "--rule-store")}
        flags = [word for flag in folders.items() for word in flag]
        said = self.validate_only("--rules", self.rules, *flags).stdout
        for word in ("configuration", "model", "rules", "live values", "exposures", "rule store"):
            self.assertIn(f"good: {word} ", said)
        self.assertEqual(said.count("will be made"), 3)
        self.assertFalse([folder for folder in folders.values() if folder.exists()])

    def test_a_start_is_checked_beside_the_server_that_runs(self):
        own = [word for flag in ("--live", "--exposures", "--rule-store", "--record")
               for word in (flag, self.folder / ("running" + flag))]
        server = Server(self.folder, self.model, self.rules, "--config", str(self.config), *map(str, own))
        try:
            before = self.contents()
            said = self.validate_only("--rules", self.rules, "--grpc", server.address, *own).stdout
            self.assertEqual(said.count("held by a running server"), 4)
            self.assertRegex(said, r"1 rule set,[^\n]*\n(.*\n)*good: rules .*, 1 rule\n")
            self.assertEqual(self.contents(), before)
            self.ask("app_home", "--server", server.address)
        finally:
            server.stop()
        self.assertNotIn("held", self.validate_only("--rules", self.rules, *own).stdout)
        log = self.folder / "running--live" / "log"
        log.write_bytes(b"no live catalogue")
        (self.folder / "running--exposures" / "key").unlink()
        said = self.validate_only("--rules", self.rules, *own, code=1).stderr
        self.assertIn(f"{log}: broken at byte 0", said)
        self.assertIn("key: is missing", said)

    def contents(self):
        return {path: path.read_bytes() for path in sorted(self.folder.glob("running--*/*")) if path.is_file()}

    def test_all_that_is_wrong_with_a_start_is_said_at_once(self):
        broken = self.folder / "broken"
        broken.mkdir()
        (broken / "r.yaml").write_text("rules:\n- {id: a, hyde: {}}\n", encoding="utf-8")
        (self.folder / "tokens").write_text("web storefront short\n", encoding="utf-8")
        locked = self.folder / "locked.yaml"
        locked.write_text("access: {tokens: tokens}\ntls: {certificate: none.pem, key: none.key}\n", encoding="utf-8")
        done = self.assert_refused(
            ["serve", "--validate-only", "--model", self.folder / "no_model", "--rules", broken, "--config", locked,
             "--live", locked, "--grpc", "nowhere"],
            "no_model", 'unknown key "hyde"', "tokens:1:16", "none.pem", "locked.yaml: is no directory", "HOST:PORT")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.count("good:"), 1, done.stdout)
        done = self.assert_refused(["serve", "--validate-only", "--model", self.model, "--config", self.typos,
                                    "--rules", broken], "product_pages", 'unknown key "hyde"')
        self.assertIn("good: model", done.stdout)

    def test_the_server_answers_it(self):
        server = Server(self.folder, self.model, self.rules, "--config", str(self.config))
        try:
            answer = self.ask("app_home", "--server", server.address)
            self.assertEqual(offers(answer, "also_bought")[0]["product"]["product_id"], "teapot")
            self.assertNotIn("warning", server.log())
        finally:
            server.stop()
