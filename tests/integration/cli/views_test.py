"""Session logs through the binary: what is viewed together and what viewers buy, against slow counts."""

import collections
import datetime
import itertools
import json
import random

from awase_testing import SHOP_ORDERS, AwaseTest, read_csv, write_csv

HEADER = ("session_id", "customer_id", "product_id", "viewed_at")


def sessions_before_orders():
    """Rows of a session log: before many an order its customer looks at one of its products and at two others."""
    chance = random.Random(7)
    orders = collections.defaultdict(list)
    for row in read_csv(SHOP_ORDERS):
        orders[row["order_id"]].append(row)
    products = sorted({row["product_id"] for rows in orders.values() for row in rows})
    rows = []
    for number, order in enumerate(sorted(orders)):
        first = orders[order][0]
        if chance.random() < 0.5:
            continue
        time = datetime.datetime.fromisoformat(first["ordered_at"]) - datetime.timedelta(hours=chance.randrange(1, 40))
        for product in {first["product_id"], *chance.sample(products, 2)}:
            rows.append((f"visit-{number}", first["customer_id"], product, time.isoformat(sep=" ")))
    return rows


class Views(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = sessions_before_orders()
        cls.views = write_csv(cls.folder / "views.csv", HEADER, cls.rows)
        # Without the products file, so that no variant is rolled up.
        cls.run_ok("train", "--orders", SHOP_ORDERS, "--views", cls.views, "--out", cls.folder / "model", "--no-tune")

    def export_all(self, relation):
        return self.export(self.folder / "model", "--relation", relation, "--top", 64)

    def test_viewed_together_counts_equal_a_slow_count_of_sessions(self):
        seen = collections.defaultdict(set)
        for session, _, product, _ in self.rows:
            seen[session].add(product)
        together = collections.Counter()
        for products in seen.values():
            together.update(itertools.permutations(products, 2))
        of = collections.Counter(product for products in seen.values() for product in products)
        rows = self.export_all("viewed_together")
        self.assertGreater(len(rows), 100)
        for row in rows:
            one, other = row["product_id"], row["other_id"]
            self.assertEqual((int(row["orders_together"]), int(row["orders_product"]), int(row["orders_other"])),
                             (together[one, other], of[one], of[other]))
            self.assertEqual(int(row["orders_total"]), len(seen))

    def test_what_was_looked_at_leads_to_what_was_bought_within_a_day(self):
        rows = self.export_all("viewed_bought")
        self.assertGreater(len(rows), 50)
        came = {session for session, customer, _, _ in self.rows if customer}
        for row in rows:
            self.assertNotEqual(row["product_id"], row["other_id"])
            self.assertLess(int(row["orders_total"]), len(came), "some order came more than a day later")
            self.assertLessEqual(int(row["orders_together"]), int(row["orders_product"]))
            self.assertLessEqual(int(row["orders_together"]), int(row["orders_other"]))

    def test_nobody_who_looked_is_in_the_version(self):
        for path in (self.folder / "model").rglob("*"):
            if path.is_file():
                self.assertNotIn(b"visit-", path.read_bytes(), path)

    def test_a_misspelt_column_is_named(self):
        views = write_csv(self.folder / "bad.csv", ("sesion_id", "product_id"), [("1", "a")])
        self.assert_refused(("train", "--orders", SHOP_ORDERS, "--views", views, "--out", self.folder / "none"),
                            "no column session_id", 'views: {columns: {session_id: "sesion_id"}}')

    def test_appending_asks_for_the_views_again(self):
        later = write_csv(self.folder / "later.csv", ("order_id", "product_id"), [("late", "teapot")])
        arguments = ("train", "--append", later, "--out", self.folder / "model", "--no-tune")
        self.assert_refused(arguments, "was trained with views: give them again", "--views")
        report = json.loads(self.run_ok(*arguments, "--relations", "bought_together,also_bought", "--no-activate",
                                       "--format", "json"))
        self.assertEqual(sorted(report["relations"]), ["also_bought", "bought_together"])
