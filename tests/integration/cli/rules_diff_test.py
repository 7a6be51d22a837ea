"""awase rules diff on the small shop: equal sets differ in nothing, a planted rule in exactly the planted requests."""

import json
import shutil
import stat

from awase_testing import SHOP, AwaseTest
from serve_test import Server

PLANTED = """\
rules:
- id: no-film
  hide: {products: [phone-film], anchors: [cam-c200]}
- id: planted
  placements: [product_page]
  pin: {product: disk-1tb, slot: also_bought, anchors: [teapot]}
- id: out-of-reach
  until: 2020-01-01
  hide: {products: [misc-pen]}
"""


class RulesDiff(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")
        cls.draft = cls.folder / "draft"
        shutil.copytree(SHOP / "rules", cls.draft)
        (cls.draft / "planted.yaml").write_text(PLANTED, encoding="utf-8")

    def diff(self, draft, *extra):
        return json.loads(self.run_ok("rules", "diff", draft, "--model", self.model, "--rules", SHOP / "rules",
                                      "--format", "json", *extra))

    def requests(self, *lines):
        path = self.folder / "requests.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    def test_the_same_rules_change_nothing(self):
        found = self.diff(SHOP / "rules", "--sample", 2000)
        self.assertGreaterEqual(found["requests"], 2000)
        self.assertEqual((found["requests_changed"], found["slots_changed"], found["differences"]), (0, 0, []))
        self.assertEqual([value["currency_code"] for value in found["value"]], ["USD"])
        self.assertEqual(found["value"][0]["before"], found["value"][0]["after"])

    def test_a_planted_rule_changes_exactly_the_planted_requests(self):
        page = '{"placement": "product_page", "product_ids": ["%s"], "at_time": "2026-07-01T00:00:00Z"}'
        cart = '{"placement": "cart", "cart": [{"product_id": "teapot"}]}'
        lines = [page % "phone-s1", page % "teapot", "", cart, page % "burger-double", page % "teapot"]
        found = self.diff(self.draft, "--requests", self.requests(*lines))
        self.assertEqual((found["requests"], found["requests_changed"]), (5, 2))
        self.assertEqual([difference["request"] for difference in found["differences"]], [2])
        self.assertEqual(found["differences"][0]["alike"], 2, "the same page twice is shown once")
        difference = found["differences"][0]
        self.assertEqual(difference["slot"], "also_bought")
        self.assertIn("planted", difference["rule_ids_after"])
        self.assertEqual(difference["after"][0]["product_ids"], ["disk-1tb"])
        self.assertEqual(difference["after"][0]["rule_ids"], ["planted"])
        rules = {rule["rule_id"]: rule for rule in found["rules"]}
        self.assertEqual(rules["planted"]["fired"], {"before": 0, "after": 2})
        self.assertEqual(rules["out-of-reach"]["reached"], {"before": 0, "after": 0})

    def test_people_read_what_changes_and_what_never_fires(self):
        text = self.run_ok("rules", "diff", self.draft, "--model", self.model, "--rules", SHOP / "rules")
        self.assertIn("product_page also_bought", text)
        self.assertIn("out-of-reach: is new; NEVER FIRES", text)
        self.assertIn("product_page of teapot, also_bought", text)
        self.assertIn("warning: ", text, "its time is over")

    def test_what_discounts_and_benefits_do_to_carts_is_shown(self):
        priced = self.folder / "priced"
        shutil.copytree(SHOP / "rules", priced, dirs_exist_ok=True)
        (priced / "prices.yaml").write_text(
            "rules:\n"
            "- id: three-pots\n"
            "  discount: {quantity: {matching: {products: [teapot]}, tiers: [{from: 3, percent: 10%}]}}\n"
            "- id: ship\n"
            "  benefit: {free_shipping: true, above: 1000.00 USD}\n", encoding="utf-8")
        requests = self.requests(
            '{"placement": "cart", "cart": [{"product_id": "teapot", "quantity": 3}]}',
            '{"placement": "cart", "cart": [{"product_id": "burger-double"}]}')
        found = self.diff(priced, "--requests", requests)
        self.assertEqual((found["requests_changed"], found["benefits_changed"]), (2, 2))
        self.assertEqual([(cart["carts"], cart["cheaper"], cart["dearer"]) for cart in found["by_cart"]], [(1, 1, 0)])
        pots = next(d for d in found["differences"] if d["cart_product_ids"] == ["teapot"] and not d["slot"])
        self.assertEqual(pots["rule_ids_after"], ["ship", "three-pots"])
        self.assertNotIn("price", pots["cart_before"])
        price = pots["cart_after"]["price"]
        self.assertEqual(int(price["list_price"]["minor_units"]) - int(price["price"]["minor_units"]),
                         int(found["by_cart"][0]["saving_minor"]["after"]))
        self.assertFalse(pots["cart_after"]["benefits"][0]["reached"])
        text = self.run_ok("rules", "diff", priced, "--model", self.model, "--rules", SHOP / "rules",
                           "--requests", requests)
        self.assertIn("carts in USD: 1 cheaper, 0 dearer, of 1 under discounts", text)
        self.assertIn("benefits: other ones in 2 requests", text)
        self.assertIn("off by three-pots", text)
        self.assertIn("before  list prices, no benefits", text)

    def test_the_answer_does_not_depend_on_threads(self):
        alone, two = self.diff(self.draft, "--threads", 1), self.diff(self.draft, "--threads", 2)
        self.assertEqual(alone["by_slot"], two["by_slot"])

    def test_a_draft_that_would_not_serve_is_refused_with_all_findings(self):
        broken = self.folder / "broken"
        broken.mkdir(exist_ok=True)
        (broken / "rules.yaml").write_text("rules:\n- id: a b\n  hide: {}\n", encoding="utf-8")
        done = self.assert_refused(["rules", "diff", broken, "--model", self.model, "--rules", SHOP / "rules"],
                                   "these rules would not serve", "rules.yaml:2:", "rules.yaml:3:")
        self.assertEqual(done.returncode, 1)

    def test_bad_requests_are_named_by_line(self):
        for line, words in [("{", "line 2"), ('{"placment": "cart"}', "placment"),
                            ('{"currency_code": "dollars"}', "currency_code")]:
            self.assert_refused(["rules", "diff", self.draft, "--model", self.model, "--rules", SHOP / "rules",
                                 "--requests", self.requests('{"placement": "cart"}', line)], "requests.jsonl", words)
        self.assert_refused(["rules", "diff", self.draft, "--model", self.model, "--rules", SHOP / "rules",
                             "--requests", self.requests()], "no request")

    def test_what_serves_may_be_asked_of_a_server(self):
        server = Server(self.folder, self.model, self.draft)
        self.addCleanup(server.stop)
        found = json.loads(self.run_ok("rules", "diff", SHOP / "rules", "--model", self.model, "--server",
                                       server.address, "--format", "json"))
        self.assertGreater(found["requests_changed"], 0)
        planted = next(rule for rule in found["rules"] if rule["rule_id"] == "planted")
        self.assertEqual((planted["before"], planted["after"]), (True, False))

    def recommend(self, server, *arguments):
        return self.run_ok("recommend", "--server", server.address, "--placement", "product_page", *arguments)

    def test_a_server_compares_on_the_requests_that_it_has_recorded(self):
        recording = self.folder / "recorded.jsonl"
        server = Server(self.folder, self.model, SHOP / "rules", "--record", str(recording))
        self.addCleanup(server.stop)
        customer = self.folder / "customer.json"
        customer.write_text('{"id": "alice@example.com", "birthday": "1990-07-23"}', encoding="utf-8")
        for product in ("phone-s1", "teapot", "phone-s1", "teapot"):
            self.recommend(server, "--product", product, "--customer", customer)
        asked = ["rules", "diff", self.draft, "--server", server.address, "--recorded"]
        found = json.loads(self.run_ok(*asked, "--format", "json"))
        self.assertEqual((found["requests"], found["requests_changed"]), (4, 2))
        self.assertEqual(found["differences"][0]["product_ids"], ["teapot"])
        self.assertIn("4 requests of the server's recording", self.run_ok(*asked))
        text = recording.read_text(encoding="utf-8")
        self.assertEqual(len(text.splitlines()), 4)
        self.assertNotIn("alice", text)
        self.assertNotIn("07-23", text)
        self.assertEqual(stat.S_IMODE(recording.stat().st_mode), 0o600)
        here = self.diff(self.draft, "--requests", recording)
        self.assertEqual((here["requests"], here["requests_changed"]), (4, 2))

    def test_what_of_a_recording_is_not_compared_is_counted_and_told(self):
        recording = self.folder / "older.jsonl"
        recording.write_text('{"placement": "app_home", "at_time": "2026-07-01T00:00:00Z"}\n{"placment": "cart"}\n',
                             encoding="utf-8")
        server = Server(self.folder, self.model, SHOP / "rules", "--record", str(recording))
        self.addCleanup(server.stop)
        self.recommend(server, "--product", "teapot")
        asked = ["rules", "diff", self.draft, "--server", server.address, "--recorded"]
        found = json.loads(self.run_ok(*asked, "--format", "json"))
        self.assertEqual((found["requests"], found["refused"]), (1, 0))
        self.assertEqual((found["with_unknown_placement"], found["first_unknown_placement"]), (1, "app_home"))
        self.assertEqual(found["unreadable"], 1)
        self.assertIn("placment", found["first_unreadable"])
        text = self.run_ok(*asked)
        self.assertIn("1 recorded line could not be read, the newest: ", text)
        self.assertIn("1 further request on placements that are not known, the first: app_home", text)

    def test_a_recording_is_of_one_server(self):
        recording = self.folder / "taken.jsonl"
        server = Server(self.folder, self.model, SHOP / "rules", "--record", str(recording))
        self.addCleanup(server.stop)
        self.assert_refused(["serve", "--model", self.model, "--grpc", "127.0.0.1:0", "--record", recording],
                            "taken.jsonl", "another server records here")

    def test_a_server_compares_on_a_sample(self):
        server = Server(self.folder, self.model, SHOP / "rules")
        self.addCleanup(server.stop)
        asked = ["rules", "diff", self.draft, "--server", server.address]
        self.assertGreater(json.loads(self.run_ok(*asked, "--sample", 500, "--format", "json"))["requests_changed"], 0)
        self.assert_refused([*asked, "--recorded"], "--record")
        broken = self.folder / "broken_there"
        broken.mkdir()
        (broken / "rules.yaml").write_text("rules:\n- id: a b\n  hide: {}\n", encoding="utf-8")
        self.assert_refused(["rules", "diff", broken, "--server", server.address], "rules.yaml:2:")

    def test_what_serves_must_be_named(self):
        done = self.assert_refused(["rules", "diff", self.draft, "--model", self.model], "--server")
        self.assertEqual(done.returncode, 2)
