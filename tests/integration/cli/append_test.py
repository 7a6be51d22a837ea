"""Orders that come day by day: appending them gives the bytes of training on all of them at once."""

import csv
import json
import random

from awase_testing import SHOP_ORDERS, SHOP_PRODUCTS, AwaseTest, read_csv

DAYS = 4


def days_of_orders():
    """The shop's orders dealt out over files: late lines, further lines, cancellations and returns of earlier orders."""
    chance = random.Random(11)
    rows = sorted(read_csv(SHOP_ORDERS), key=lambda row: row["ordered_at"])
    days = [[] for _ in range(DAYS)]
    for i, row in enumerate(rows):
        day = i * DAYS // len(rows)
        later = chance.randrange(day, DAYS)
        what = chance.random()
        days[later if what < 0.05 else day].append(row)  # some come late
        if 0.05 <= what < 0.08:
            days[later].append(dict(row, status="cancelled"))
        elif 0.08 <= what < 0.12:
            days[later].append(dict(row, quantity="-" + row["quantity"]))
        elif 0.12 <= what < 0.14:
            days[later].append(dict(row, customer_id="c-corrected"))  # again, and by another customer
        elif 0.14 <= what < 0.15:
            days[later].append(dict(row, quantity="many"))
    return days


class Append(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = []
        for number, rows in enumerate(days_of_orders()):
            path = cls.folder / f"day{number}.csv"
            with open(path, "w", newline="", encoding="utf-8") as out:
                writer = csv.DictWriter(out, fieldnames=rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)
            cls.files.append(path)
        cls.full = cls.folder / "full"
        cls.train(cls.full, "--orders", *cls.files)
        cls.daily = cls.folder / "daily"
        cls.train(cls.daily, "--orders", cls.files[0])
        for path in cls.files[1:]:
            cls.train(cls.daily, "--append", path, "--threads", "1")

    @classmethod
    def train(cls, model, *flags):
        return json.loads(cls.run_ok("train", *flags, "--products", SHOP_PRODUCTS, "--out", model, "--format", "json"))

    @staticmethod
    def version_of(model):
        return (model / "ACTIVE").read_text().strip()

    def test_version_and_bytes_are_those_of_training_on_all_files(self):
        version = self.version_of(self.full)
        self.assertEqual(self.version_of(self.daily), version)
        names = sorted(path.name for path in (self.full / version).iterdir())
        self.assertEqual(names, sorted(path.name for path in (self.daily / version).iterdir()))
        self.assertIn("orders.store", names)
        for name in names:
            if name.startswith("manifest.") or name == "report.html":  # hold the time of the run
                continue
            if name == "promotion.json":  # one was the first version, the other had one before it
                continue
            same = (self.full / version / name).read_bytes() == (self.daily / version / name).read_bytes()
            self.assertTrue(same, name)

    def test_the_report_counts_all_files(self):
        full, daily = (json.loads((model / self.version_of(model) / "manifest.json").read_text())["report"]
                       for model in (self.full, self.daily))
        for key in ("orders", "cleaning", "relations", "catalogue"):
            self.assertEqual(daily[key], full[key], key)
        self.assertGreater(full["cleaning"]["lines_cancelled"], 0)
        self.assertGreater(full["cleaning"]["returns_matched"], 0)
        self.assertGreater(full["orders"]["rows_dropped"][0]["rows"], 0)

    def test_no_temporary_file_is_left(self):
        self.assertEqual([path.name for path in self.daily.iterdir() if path.name.startswith(".")], [".lock"])

    def test_the_same_file_is_not_taken_twice(self):
        self.assert_refused(["train", "--append", self.files[2], "--products", SHOP_PRODUCTS, "--out", self.daily],
                            "is already in the store")

    def test_products_have_to_be_given_again(self):
        self.assert_refused(["train", "--append", self.files[2], "--out", self.daily], "give them again (--products")

    def test_without_an_active_version_it_says_what_to_do(self):
        model = self.folder / "nothing"
        self.assert_refused(["train", "--append", self.files[1], "--out", model], "no active version")
        self.assertFalse(model.exists())

    def test_a_version_without_store_says_what_to_do(self):
        model = self.folder / "storeless"
        self.train(model, "--orders", self.files[0], "--no-store")
        self.assert_refused(["train", "--append", self.files[1], "--products", SHOP_PRODUCTS, "--out", model],
                            "train on all files once")

    def test_a_broken_store_is_refused_and_the_version_stays(self):
        model = self.folder / "broken"
        version = self.train(model, "--orders", self.files[0])["version"]
        store = model / version / "orders.store"
        broken = bytearray(store.read_bytes())
        broken[len(broken) // 2] ^= 1
        store.write_bytes(broken)
        self.assert_refused(["train", "--append", self.files[1], "--products", SHOP_PRODUCTS, "--out", model],
                            "orders.store", "broken")
        self.assertEqual(self.version_of(model), version)
        self.run_ok("models", "verify", "--model", model)

    def test_append_and_orders_exclude_each_other(self):
        done = self.assert_refused(["train", "--append", self.files[1], "--orders", self.files[0], "--out", self.daily],
                                   "--append")
        self.assertEqual(done.returncode, 2)
