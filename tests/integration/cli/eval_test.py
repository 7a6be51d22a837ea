"""awase eval: versions judged by orders that they have not seen."""

import collections
import itertools
import json
import math
import os

from awase_testing import SHOP_ORDERS, SHOP_PRODUCTS, AwaseTest, read_csv, write_csv

CLASSICAL = ["popularity", "count", "cosine", "llr", "bm25", "bm25_implicit", "ease"]


def write_orders(path, rows):
    return write_csv(path, rows[0].keys(), [row.values() for row in rows])


class Eval(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = sorted(read_csv(SHOP_ORDERS), key=lambda row: (row["ordered_at"], row["order_id"]))
        orders = list(dict.fromkeys(row["order_id"] for row in rows))
        cls.new_ids = set(orders[-len(orders) // 10:])
        cls.old = write_orders(cls.folder / "old.csv", [row for row in rows if row["order_id"] not in cls.new_ids])
        cls.new = write_orders(cls.folder / "new.csv", [row for row in rows if row["order_id"] in cls.new_ids])
        cls.model = cls.folder / "model"
        cls.run_ok("train", "--orders", cls.old, "--products", SHOP_PRODUCTS, "--out", cls.model, "--no-tune")

    @classmethod
    def evaluate(cls, *flags):
        return json.loads(cls.run_ok("eval", *flags, "--format", "json"))

    def test_splits_the_orders_and_compares_with_the_classical_scores(self):
        found = self.evaluate("--orders", SHOP_ORDERS, "--products", SHOP_PRODUCTS)
        self.assertEqual(found["held_out"]["how"], "last_orders")
        self.assertEqual([row["kind"] for row in found["lists"]], ["version"] + ["classical"] * len(CLASSICAL))
        self.assertEqual([row["ranker"] for row in found["lists"][1:]], CLASSICAL)
        for row in found["lists"]:
            estimate = row["ndcg_at_10"]
            self.assertLessEqual(estimate["low"], estimate["value"])
            self.assertLessEqual(estimate["value"], estimate["high"])
            self.assertGreaterEqual(row["hr_at_10"]["value"], row["hr_at_4"]["value"])
        scores = {row["ranker"]: row["ndcg_at_10"]["value"] for row in found["lists"]}
        self.assertGreater(scores["count"], scores["popularity"], "the shop has planted pairs")
        self.assertEqual(found["versions"][0]["version"], found["lists"][0]["ranker"])

    def test_does_not_depend_on_threads(self):
        flags = ["--orders", SHOP_ORDERS, "--products", SHOP_PRODUCTS, "--threads"]
        self.assertEqual(self.evaluate(*flags, "1"), self.evaluate(*flags, "3"))

    def test_a_version_is_asked_about_orders_that_are_new_to_it(self):
        found = self.evaluate("--model", self.model, "--orders", self.old, self.new)
        self.assertEqual(found["held_out"]["how"], "unseen_orders")
        self.assertLessEqual(found["held_out"]["orders"], len(self.new_ids))
        self.assertGreater(found["held_out"]["orders"], 0.9 * len(self.new_ids), "but for those that were cancelled")
        self.assertTrue(any("were learned from already" in note for note in found["notes"]))
        self.assertEqual(found["lists"], self.evaluate("--model", self.model, "--orders", self.new)["lists"])

    def test_settings_are_trained_anew_when_no_order_is_new(self):
        found = self.evaluate("--model", self.model, "--orders", self.old)
        self.assertEqual(found["retrained"], (self.model / "ACTIVE").read_text().strip())
        self.assertEqual(found["held_out"]["how"], "last_orders")

    def test_versions_stand_side_by_side(self):
        other = self.folder / "other"
        self.run_ok("train", "--orders", self.old, "--products", SHOP_PRODUCTS, "--out", other, "--no-tune",
                    "--basket-size-exponent", "2")
        found = self.evaluate("--model", self.model, "--model", other, "--orders", self.new)
        self.assertEqual([row["kind"] for row in found["lists"][:3]], ["version", "version", "classical"])
        self.assertEqual(len(found["versions"]), 2)

    def test_a_version_without_its_orders_is_refused(self):
        bare = self.folder / "bare"
        self.run_ok("train", "--orders", self.old, "--out", bare, "--no-tune", "--no-store")
        self.assert_refused(["eval", "--model", bare, "--orders", self.new], "keeps no orders", "leave --model out")

    def test_others_can_be_asked_the_same_questions(self):
        folder = self.folder / "questions"
        found = self.evaluate("--orders", SHOP_ORDERS, "--products", SHOP_PRODUCTS, "--no-tune", "--questions", folder)
        baskets = collections.defaultdict(list)
        for row in read_csv(folder / "learned_from.csv"):
            baskets[row["order"]].append(int(row["product"]))
        together = collections.Counter(pair for basket in baskets.values() for pair in itertools.permutations(basket, 2))
        questions = read_csv(folder / "lists.csv")
        self.assertEqual(len(questions), found["held_out"]["list_cases"])
        self.assertEqual(len(read_csv(folder / "carts.csv")), found["held_out"]["cart_cases"])
        gains = [1 / math.log2(place + 2) for place in range(10)]
        total = 0
        for question in questions:
            anchor, targets = int(question["anchor"]), set(map(int, question["targets"].split()))
            ranked = sorted((-count, other) for (product, other), count in together.items() if product == anchor)[:10]
            total += sum(gain for gain, (_, other) in zip(gains, ranked) if other in targets) / sum(gains[:len(targets)])
        of_count = next(row for row in found["lists"] if row["ranker"] == "count")
        self.assertAlmostEqual(of_count["ndcg_at_10"]["value"], total / len(questions), places=6)

    def test_a_folder_that_cannot_be_made_is_told_before_the_training(self):
        # Orders that are none would end the training: who is told of the folder has not come that far.
        no_orders = self.folder / "no_orders.csv"
        no_orders.write_text("nothing\n", encoding="utf-8")
        self.assert_refused(["eval", "--orders", no_orders, "--questions", no_orders / "questions"], "--questions")

    def test_leaves_nothing_behind(self):
        temporary = self.folder / "temporary"
        temporary.mkdir()
        done = self.start("eval", "--orders", self.old, "--no-tune", env=dict(os.environ, TMPDIR=str(temporary)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list(temporary.iterdir()), [])
