"""A worse version does not go live by accident."""

import json
import unittest

from awase_testing import SHOP_ORDERS, SHOP_PRODUCTS, AwaseTest, read_csv, write_csv


class Promotion(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = read_csv(SHOP_ORDERS)
        cls.header = list(rows[0])
        cls.rows = [list(row.values()) for row in rows]
        # Every product under another id: what a changed export does.
        column = cls.header.index("product_id")
        renamed = [[f"new-{value}" if i == column else value for i, value in enumerate(row)] for row in cls.rows]
        cls.renamed = write_csv(cls.folder / "renamed.csv", cls.header, renamed)

    def setUp(self):
        self.model = self.folder / self._testMethodName
        self.run_ok("train", "--orders", SHOP_ORDERS, "--out", self.model, "--no-tune", "--no-report")
        self.good = self.active()

    def active(self):
        return (self.model / "ACTIVE").read_text().strip()

    def train(self, *arguments, orders=None):
        return self.start("train", "--orders", orders or self.renamed, "--out", self.model, "--no-tune", "--no-report",
                          "--format", "json", *arguments)

    def versions(self):
        listed = json.loads(self.run_ok("models", "list", "--model", self.model, "--format", "json"))
        return {entry["version"]: entry for entry in listed}

    def test_a_first_version_and_the_same_one_go_live(self):
        done = self.train(orders=SHOP_ORDERS)
        report = json.loads(done.stdout)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(report["version"], self.good)
        self.assertTrue(report["activated"])
        self.assertEqual(report["promotion"]["reasons"], [])
        self.assertEqual(self.versions()[self.good]["promotion"]["compared_with"], "")

    def test_a_version_within_the_bounds_goes_live(self):
        done = self.train("--top", 40, orders=SHOP_ORDERS)
        report = json.loads(done.stdout)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(report["promotion"]["compared_with"], self.good)
        self.assertEqual(report["promotion"]["churn"], 0)
        self.assertEqual(self.active(), report["version"])

    def test_a_worse_version_stays_inactive_with_its_reasons(self):
        done = self.train()
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(self.active(), self.good)
        report = json.loads(done.stdout)
        self.assertFalse(report["activated"])
        self.assertEqual(report["promotion"]["compared_with"], self.good)
        self.assertFalse(report["promotion"]["passes"])
        reasons = report["promotion"]["reasons"]
        self.assertTrue(any(reason.startswith("churn: 100 %") for reason in reasons), reasons)
        for word in (report["version"], "stays inactive", "--force", *reasons):
            self.assertIn(word, done.stderr)
        # It is whole, and kept with its reasons.
        self.assertEqual(self.versions()[report["version"]]["promotion"]["reasons"], reasons)
        self.run_ok("models", "verify", "--model", self.model, report["version"])
        listed = self.run_ok("models", "list", "--model", self.model)
        self.assertIn("kept inactive", listed)
        self.assertIn(reasons[0], listed)
        self.assertIn(reasons[0], self.run_ok("inspect", "--model", self.model / report["version"]))
        # Somebody may still decide.
        self.run_ok("models", "activate", "--model", self.model, report["version"])
        self.assertEqual(self.active(), report["version"])

    def test_force_activates_and_keeps_what_was_said(self):
        text = "new ids since Monday, agreed with Ms Sato"
        done = self.train("--force", text)
        report = json.loads(done.stdout)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("in spite of", done.stderr)
        self.assertEqual(self.active(), report["version"])
        # The same once more, without the text: it is the active one by now, and what was said stays.
        again = self.train()
        self.assertEqual((again.returncode, again.stderr), (0, ""))
        kept = self.versions()[report["version"]]["promotion"]
        self.assertEqual(kept["forced"], text)
        self.assertTrue(kept["reasons"])
        self.assertIn(text, self.run_ok("models", "list", "--model", self.model))

    def test_a_version_that_was_refused_can_be_forced_later(self):
        refused = json.loads(self.train().stdout)["version"]
        done = self.train("--force", "looked at it")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.active(), refused)
        self.assertEqual(self.versions()[refused]["promotion"]["forced"], "looked at it")

    def test_force_without_need_leaves_no_trace(self):
        report = json.loads(self.train("--top", 40, "--force", "in a hurry", orders=SHOP_ORDERS).stdout)
        self.assertTrue(report["activated"])
        self.assertEqual(report["promotion"]["forced"], "")

    def test_force_wants_a_text(self):
        for text in ("", "  "):
            done = self.train("--force", text)
            self.assertEqual(done.returncode, 2)
            self.assertIn("say why", done.stdout + done.stderr)

    def test_the_bounds_decide(self):
        self.assertEqual(self.train("--max-churn", 1, "--max-claim-loss", 1, "--max-coverage-loss", 1,
                                    "--max-empty-rise", 1, "--max-quality-loss", 1).returncode, 0)
        self.assertEqual(self.train("--max-churn", 1.5).returncode, 2)

    def test_no_activate_judges_and_does_not_fail(self):
        done = self.train("--no-activate")
        report = json.loads(done.stdout)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.active(), self.good)
        self.assertTrue(report["promotion"]["reasons"])
        self.assertIn("is worse than the active one", done.stderr)

    def test_the_text_output_says_so_too(self):
        done = self.start("train", "--orders", self.renamed, "--out", self.model, "--no-tune", "--no-report")
        self.assertEqual(done.returncode, 3)
        self.assertIn("held against the active version", done.stdout)
        self.assertIn("(not active", done.stdout)

    def test_an_active_version_that_cannot_be_read_is_not_replaced(self):
        (self.model / self.good / "manifest.json").write_text("{")
        done = self.train("--top", 40, orders=SHOP_ORDERS)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("cannot be read", done.stderr)
        self.assertEqual(self.active(), self.good)
        done = self.train("--top", 40, "--force", "the disk was broken", orders=SHOP_ORDERS)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(self.active(), self.good)

    def test_an_active_file_that_names_nothing_is_not_replaced_either(self):
        for text in ("", "0123456789abcdef\n", "no id\n"):
            (self.model / "ACTIVE").write_text(text)
            done = self.train("--top", 40, orders=SHOP_ORDERS)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertEqual((self.model / "ACTIVE").read_text(), text)

    def test_a_decision_that_cannot_be_read_is_named(self):
        (self.model / self.good / "promotion.json").write_text("{")
        self.assertIn("promotion.json", self.run_ok("models", "list", "--model", self.model))
        self.assertIn("promotion.json", self.versions()[self.good]["problem"])

    def test_appended_orders_are_judged_by_what_the_active_version_has_not_seen(self):
        column = self.header.index("ordered_at")
        rows = sorted(self.rows, key=lambda row: row[column])
        cut = rows[len(rows) * 19 // 20][column]
        old = write_csv(self.folder / "old.csv", self.header, [row for row in rows if row[column] < cut])
        new = write_csv(self.folder / "new.csv", self.header, [row for row in rows if row[column] >= cut])
        model = self.folder / "appended"
        self.run_ok("train", "--orders", old, "--products", SHOP_PRODUCTS, "--out", model, "--no-report")
        done = self.start("train", "--append", new, "--products", SHOP_PRODUCTS, "--out", model, "--no-report",
                          "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        quality = json.loads(done.stdout)["promotion"]["quality"]
        self.assertEqual(quality["basis"], "same_orders")
        self.assertGreaterEqual(quality["questions"], 200)
        self.assertGreater(quality["active_ndcg_at_10"], 0)


if __name__ == "__main__":
    unittest.main()
