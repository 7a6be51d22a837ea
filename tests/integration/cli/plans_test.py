"""Plans through the binary: what training says of usage and subscriptions, and the plan that fits a customer."""

import json

from awase_testing import AwaseTest, offers, write_csv

CUSTOMERS = [f"secret-{number:02}" for number in range(12)]


class Plans(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usage = write_csv(cls.folder / "usage.csv", ("customer_id", "metric", "quantity", "period"),
                              [(customer, metric, quantity, f"2025-0{month}")
                               for place, customer in enumerate(CUSTOMERS) for month in (1, 2)
                               for metric, quantity in (("storage_gb", 16 * (place + 1)), ("seats", 1))])
        # Half of them have moved up since; the first of all has far too much.
        rows = [(customer, "storage-200", "", "", "2024-01-01") for customer in CUSTOMERS]
        rows += [(customer, "storage-500", "", "", "2024-06-01") for customer in CUSTOMERS[6:]]
        rows += [(CUSTOMERS[0], "storage-2000", "", "", "2024-07-01"), ("secret-mug", "teapot", "", "", "")]
        cls.subscriptions = write_csv(cls.folder / "subscriptions.csv",
                                      ("customer_id", "product_id", "seats", "options", "started_at"), rows)
        cls.model = cls.folder / "model"
        cls.train_shop(cls.model, "--usage", cls.usage, "--subscriptions", cls.subscriptions, "--no-tune")
        manifest = next(cls.model.glob("*/manifest.json"))
        cls.report = json.loads(manifest.read_text(encoding="utf-8"))["report"]

    def ask(self, placement, product, customer, *extra):
        path = self.folder / "customer.json"
        path.write_text(json.dumps(customer), encoding="utf-8")
        return json.loads(self.run_ok("recommend", "--placement", placement, "--product", product, "--model", self.model,
                                      "--customer", path, "--format", "json", *extra))

    def test_training_says_who_would_be_better_off(self):
        plans = self.report["plans"]
        self.assertEqual(plans["faults"]["count"], 0)
        self.assertEqual((plans["subscribers"], plans["subscribers_without_plan"], plans["subscribers_with_usage"]),
                         (13, 1, 12))
        # 200 GB are enough for up to 181: of the six with 500 GB five use less, and the one with 2 TB does.
        self.assertEqual((plans["better_off_lower"], plans["better_off_higher"]), (6, 0))
        self.assertEqual(plans["savings_minor"], {"USD": 2 * ((999 - 299) + 5 * (449 - 299))})
        self.assertEqual(plans["switches"], [{"from": "storage-200", "to": "storage-500", "direction": "higher",
                                              "customers": 6}])
        self.assertEqual(self.report["usage"]["rows_kept"], 48)
        self.assertEqual(plans["use"], [])  # of fewer than ten customers each

    def test_no_customer_is_in_the_version(self):
        for path in self.model.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"secret-", path.read_bytes(), path)

    def test_usage_changes_no_section(self):
        alone = self.folder / "alone"
        self.train_shop(alone, "--no-tune")
        self.assertEqual((alone / "ACTIVE").read_text(), (self.model / "ACTIVE").read_text())

    def test_a_near_limit_leads_up(self):
        answer = self.ask("usage_alert", "storage-200", {
            "usage": [{"metric": "storage_gb", "quantity": 171.5, "period": "2026-09"},
                      {"metric": "storage_gb", "quantity": 195, "period": "2026-10"}],
            "subscription": {"product_id": "storage-200", "changed_at": "2025-11-01T00:00:00Z"}})
        offer, = offers(answer, "higher")
        self.assertEqual(offer["product"]["product_id"], "storage-500")
        self.assertEqual(offer["reason"]["source"], "PLAN")
        self.assertEqual(offer["reason"]["text"],
                         "storage gb: 195 of 200 used. For your use of 2 months this costs USD 8.98 instead of "
                         "USD 5.98: USD 3.00 more.")
        change = offer["plan_change"]
        self.assertEqual((change["cost_now"]["minor_units"], change["cost_then"]["minor_units"],
                          change["saving"]["minor_units"]), ("598", "898", "-300"))
        self.assertEqual(change["near_limits"], [{"metric": "storage_gb", "used": 195, "limit": 200, "hard": True}])
        self.assertEqual(offers(answer, "lower"), [])

    def test_too_much_leads_down_in_japanese(self):
        answer = self.ask("renewal", "storage-2000", {"usage": [
            {"metric": "storage_gb", "quantity": 90, "period": "2026-10"},
            {"metric": "seats", "quantity": 1, "period": "2026-10"}]}, "--language", "ja")
        offer, = offers(answer, "lower")
        self.assertEqual(offer["product"]["product_id"], "storage-200")
        self.assertEqual(offer["reason"]["text"],
                         "1か月分のご利用実績では、料金がUSD 9.99からUSD 2.99になり、USD 7.00お得です。")
        gives_up = [d["name"] for d in offer["differences"] if d["direction"] == "GIVEN_UP"]
        self.assertIn("limit.storage_gb", gives_up)

    def test_what_is_not_mentioned_is_not_taken_away(self):
        answer = self.ask("renewal", "storage-2000", {"usage": [
            {"metric": "storage_gb", "quantity": 90, "period": "2026-10"}]})
        self.assertEqual(offers(answer, "lower"), [], "who knows how many of the six seats are used")
        slot = next(slot for slot in answer["slots"] if slot["name"] == "lower")
        self.assertIn("3 below the need", slot["empty_reason"])

    def test_bad_usage_is_refused_by_name(self):
        path = self.folder / "bad.json"
        path.write_text(json.dumps({"usage": [{"metric": "", "quantity": 1, "period": "a"}]}), encoding="utf-8")
        self.assert_refused(("recommend", "--placement", "renewal", "--product", "storage-200", "--model", self.model,
                             "--customer", path), "bad.json: field usage[0].metric")

    def test_a_misspelt_column_is_named(self):
        usage = write_csv(self.folder / "misspelt.csv", ("user_id", "metric", "quantity", "period"), [("a", "b", 1, "c")])
        self.assert_refused(("train", "--orders", self.usage, "--usage", usage, "--out", self.folder / "none"),
                            "no column customer_id", 'usage: {columns: {customer_id: "user_id"}}')
