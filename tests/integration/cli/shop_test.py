"""The small shop through the binary: what was planted is found, and the numbers are those of a slow count."""

import random

from awase_testing import (SHOP_ORDERS, SHOP_PRODUCTS, SHOP_VIEWS, AwaseTest, offers, planted, read_csv, removed,
                           shop_count_of_customers, shop_count_of_later_orders, shop_count_of_orders)


def counted(rows):
    return [row for row in rows if row["source"] == "counted"]


class Lists(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")
        cls.together = cls.export(cls.model, "--relation", "bought_together", "--top", 64)
        cls.also = cls.export(cls.model, "--relation", "also_bought", "--top", 64)
        cls.claimed = {(row["product_id"], row["other_id"]) for row in cls.together if row["claim"] in ("1", "true")}
        cls.roots = {row["product_id"] for row in read_csv(SHOP_PRODUCTS) if not row["parent_id"]}

    def check_counts(self, rows, reference):
        checked = 0
        listed = {}
        for row in rows:
            one, other = row["product_id"], row["other_id"]
            if one not in self.roots:
                continue
            if row["source"] != "counted":
                self.assertEqual((row["orders_together"], row["claim"]), ("0", "false"), "backed off: no counts, no claim")
                continue
            listed.setdefault(one, set()).add(other)
            self.assertEqual(int(row["orders_together"]), reference.together[one, other], (one, other))
            self.assertEqual(int(row["buyers_together"]), reference.buyers((one, other)), (one, other))
            self.assertEqual(int(row["orders_product"]), reference.of[one], one)
            self.assertEqual(int(row["orders_other"]), reference.of[other], other)
            self.assertEqual(int(row["orders_total"]), reference.total)
            checked += 1
        self.assertGreater(checked, 1000)
        for product, others in listed.items():
            want = reference.neighbours(product)
            if len(want) <= 64:
                self.assertEqual(others, want, product)
            else:
                self.assertEqual(len(others), 64, product)

    def test_bought_together_counts_equal_a_slow_count_of_orders(self):
        self.check_counts(self.together, shop_count_of_orders())

    def test_also_bought_counts_equal_a_slow_count_of_customers(self):
        self.check_counts(self.also, shop_count_of_customers())

    def test_bought_after_counts_equal_a_slow_count_of_later_orders(self):
        rows = self.export(self.model, "--relation", "bought_after", "--top", 64)
        came_back, before, after, pairs = shop_count_of_later_orders(days=90)
        self.assertGreater(len(rows), 100)
        for row in rows:
            one, other = row["product_id"], row["other_id"]
            self.assertEqual(int(row["orders_together"]), len(pairs[one, other]), (one, other))
            self.assertEqual(int(row["buyers_together"]), len(pairs[one, other]), (one, other))
            self.assertEqual(int(row["orders_product"]), len(before[one]), one)
            self.assertEqual(int(row["orders_other"]), len(after[other]), other)
            self.assertEqual(int(row["orders_total"]), len(came_back))

    def test_with_types_known_no_product_is_without_a_list(self):
        for rows in (self.together, self.also):
            self.assertEqual(self.roots - {row["product_id"] for row in rows}, set())

    def test_ranks_count_from_one_and_scores_never_rise(self):
        previous = None
        for row in self.together:
            if previous and previous["product_id"] == row["product_id"]:
                self.assertEqual(int(row["rank"]), int(previous["rank"]) + 1)
                self.assertLessEqual(float(row["score"]), float(previous["score"]))
            else:
                self.assertEqual(row["rank"], "1")
            previous = row

    def test_lift_is_what_the_counts_say_and_lies_in_its_interval(self):
        for row in counted(self.together):
            want = (int(row["orders_together"]) * int(row["orders_total"])
                    / (int(row["orders_product"]) * int(row["orders_other"])))
            self.assertAlmostEqual(float(row["lift"]) / want, 1, places=4)
            self.assertLessEqual(float(row["lift_low"]), float(row["lift"]))
            self.assertGreaterEqual(float(row["lift_high"]), float(row["lift"]))

    def test_planted_pairs_are_claimed_both_ways(self):
        for one, other in planted()["expect"]["claims"]:
            self.assertIn((one, other), self.claimed)
            self.assertIn((other, one), self.claimed)

    def test_independent_products_and_one_fan_are_not_claimed(self):
        for one, other in planted()["expect"]["no_claims"]:
            self.assertNotIn((one, other), self.claimed)
            self.assertNotIn((other, one), self.claimed)

    def test_cancelled_and_returned_pairs_are_not_even_listed(self):
        listed = {(row["product_id"], row["other_id"]) for row in counted(self.together)}
        for one, other in planted()["expect"]["not_listed"]:
            self.assertNotIn((one, other), listed)

    def test_inspect_shows_a_product_with_its_lists(self):
        text = self.run_ok("inspect", "--model", self.model, "cam-c200")
        self.assertIn("Hikari C200 compact camera", text)
        self.assertIn("cam-case", text)

    def test_export_writes_parquet_too(self):
        out = self.folder / "lists.parquet"
        self.run_ok("export", "--model", self.model, "--relation", "bought_together", "--out", out)
        self.assertEqual(out.read_bytes()[:4], b"PAR1")


class Ladders(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")
        cls.rungs = cls.export(cls.model, "--ladders")
        cls.products = {row["product_id"]: row for row in read_csv(SHOP_PRODUCTS)}

    def steps(self, product, direction):
        rows = [row for row in self.rungs if row["product_id"] == product and row["direction"] == direction]
        return [row["other_id"] for row in sorted(rows, key=lambda row: int(row["rung"]))]

    def test_planted_ladders_are_found(self):
        for product, want in planted()["expect"]["ladders"].items():
            self.assertEqual(self.steps(product, "lower"), want["lower"], product)
            self.assertEqual(self.steps(product, "higher"), want["higher"], product)

    def test_price_differences_are_those_of_the_catalogue(self):
        def minor(product):
            digits = 0 if self.products[product]["currency"] == "JPY" else 2
            return round(float(self.products[product]["price"]) * 10**digits)

        self.assertTrue(self.rungs)
        for row in self.rungs:
            delta = int(row["price_delta_minor"])
            self.assertEqual(delta, minor(row["other_id"]) - minor(row["product_id"]))
            self.assertEqual(delta > 0, row["direction"] == "higher")
            self.assertEqual(row["currency"], self.products[row["other_id"]]["currency"])

    def test_hidden_products_and_variants_are_no_step(self):
        for row in self.rungs:
            self.assertNotEqual(self.products[row["other_id"]]["visible"], "false", row)
            self.assertEqual(self.products[row["other_id"]]["parent_id"], "", row)

    def test_no_step_leads_to_another_product_type(self):
        for row in self.rungs:
            one, other = self.products[row["product_id"]], self.products[row["other_id"]]
            self.assertEqual(one["product_type"], other["product_type"], row)


# Steps to packs, subscriptions and own brands rest on arithmetic: what is planted are steps between models.
ARITHMETIC = ("pack", "subscription", "brand")


class PlantedLadders(AwaseTest):
    """The steps that are served are those that were planted, and what is certified is true."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models", "--views", SHOP_VIEWS)
        cls.rungs = cls.export(cls.model, "--ladders")
        cls.families = planted()["ladders"]["families"]
        cls.root = {row["product_id"]: row["parent_id"] or row["product_id"] for row in read_csv(SHOP_PRODUCTS)}

    def steps(self, grades, distance=1):
        """(cheap, dear) of all families of one of the grades, that many steps apart."""
        return {step for family in self.families if family["grade"] in grades
                for step in zip(family["products"], family["products"][distance:])}

    def found(self, grades, rung="1"):
        found = set()
        for row in self.rungs:
            if row["grade"] not in grades or row["rung"] != rung or row["evidence"].startswith(ARITHMETIC):
                continue
            ends = self.root[row["product_id"]], self.root[row["other_id"]]
            found.add(ends if row["direction"] == "higher" else ends[::-1])
        return found

    def test_precision_and_recall_of_served_steps_are_95_percent(self):
        served = ("CERTIFIED", "STATISTICAL", "ASSERTED")
        want, found = self.steps(served), self.found(served)
        self.assertGreater(len(want), 60)
        self.assertGreaterEqual(len(want & found) / len(found), 0.95, sorted(found - want))
        self.assertGreaterEqual(len(want & found) / len(want), 0.95, sorted(want - found))

    def test_every_planted_step_is_served_both_ways(self):
        rows = {(row["product_id"], row["other_id"]) for row in self.rungs
                if row["grade"] != "WEAK" and row["rung"] == "1"}
        for cheap, dear in self.steps(("CERTIFIED", "STATISTICAL")):
            self.assertIn((cheap, dear), rows)
            self.assertIn((dear, cheap), rows)

    def test_certified_steps_are_true_and_found(self):
        want, found = self.steps(("CERTIFIED",)), self.found(("CERTIFIED",))
        self.assertGreaterEqual(len(want & found) / len(found), 0.99, sorted(found - want))
        self.assertGreaterEqual(len(want & found) / len(want), 0.95, sorted(want - found))

    def test_second_rungs_are_two_steps_up_or_down(self):
        served = ("CERTIFIED", "STATISTICAL", "ASSERTED")
        found = self.found(served, rung="2")
        self.assertTrue(found)
        self.assertEqual(found - self.steps(served, distance=2), set())

    def test_decoys_are_weak_and_never_served(self):
        false, certain = set(), self.found(("CERTIFIED", "STATISTICAL"))
        for family in self.families:
            if family["grade"] != "WEAK":
                continue
            for row in self.rungs:
                if row["product_id"] not in family["products"] or row["grade"] == "WEAK":
                    continue
                # Of customers who go both ways alike, one family in many may look as if they went up.
                self.assertEqual((family["moves"], row["grade"]), ("both ways", "STATISTICAL"), row)
                false.add(frozenset((row["product_id"], row["other_id"])))
            if family["moves"] != "both ways":
                page = self.recommend(family["products"][0], "--model", self.model)
                self.assertEqual(offers(page, "higher"), [])
                self.assertGreater(removed(page, "higher")["NO_EVIDENCE"], 0)
        self.assertLessEqual(len(false), 0.05 * len(certain))

    def test_the_page_says_what_a_step_gains_and_that_customers_move_up(self):
        offer = offers(self.recommend("tablet-2", "--model", self.model), "higher")[0]
        self.assertEqual(offer["product"]["product_id"], "tablet-3")
        text = offer["reason"]["text"]
        self.assertIn("USD 80.00 more; gains storage_gb 64 → 128, weight 640 g → 600 g.", text)
        self.assertRegex(text, r"\d+ of \d+ customers who moved between the two moved up")
        self.assertEqual({d["direction"] for d in offer["differences"]}, {"GAINED"})

    def test_evidence_says_everything(self):
        row = next(row for row in self.rungs if row["product_id"] == "tablet-2" and row["other_id"] == "tablet-3")
        self.assertRegex(row["evidence"], r"^dominates: storage_gb 64→128, weight 640 g→600 g; later upgrade \d+ of \d+ "
                         r"customers \(\d+ %, at least \d+ %\); .*same brand; product_type tablet$")


class Reproducible(AwaseTest):
    def test_shuffled_rows_and_other_thread_counts_give_the_same_version_and_bytes(self):
        lines = SHOP_ORDERS.read_text(encoding="utf-8").splitlines(keepends=True)
        rows = lines[1:]
        random.Random(7).shuffle(rows)
        shuffled = self.folder / "other_name.csv"
        shuffled.write_text(lines[0] + "".join(rows), encoding="utf-8")

        exports, versions = [], []
        for number, (orders, threads) in enumerate([(SHOP_ORDERS, 1), (SHOP_ORDERS, 2), (shuffled, 2)]):
            model = self.train_shop(self.folder / f"models{number}", "--threads", threads, orders=orders)
            versions.append((model / "ACTIVE").read_text(encoding="utf-8"))
            out = [self.folder / f"{name}{number}.csv" for name in ("together", "also", "ladders")]
            self.run_ok("export", "--model", model, "--relation", "bought_together", "--out", out[0])
            self.run_ok("export", "--model", model, "--relation", "also_bought", "--out", out[1])
            self.run_ok("export", "--model", model, "--ladders", "--out", out[2])
            exports.append([path.read_bytes() for path in out])
        self.assertEqual(versions[0], versions[1])
        self.assertEqual(versions[0], versions[2])
        self.assertEqual(exports[0], exports[1])
        self.assertEqual(exports[0], exports[2])

    def test_training_again_keeps_the_version_and_other_settings_make_a_new_one(self):
        model = self.train_shop(self.folder / "again")
        first = (model / "ACTIVE").read_text(encoding="utf-8").strip()
        self.train_shop(model)
        self.assertEqual((model / "ACTIVE").read_text(encoding="utf-8").strip(), first)
        self.train_shop(model, "--top", 20)
        second = (model / "ACTIVE").read_text(encoding="utf-8").strip()
        self.assertNotEqual(first, second)
        listed = self.run_ok("models", "list", "--model", model)
        self.assertIn(first, listed)
        self.assertIn(second, listed)
        self.run_ok("models", "activate", "--model", model, first)
        self.assertEqual((model / "ACTIVE").read_text(encoding="utf-8").strip(), first)

    def test_no_activate_leaves_active_alone(self):
        model = self.train_shop(self.folder / "quiet")
        active = (model / "ACTIVE").read_bytes()
        self.train_shop(model, "--top", 7, "--no-activate")
        self.assertEqual((model / "ACTIVE").read_bytes(), active)
        self.assertEqual(len([path for path in model.iterdir() if path.is_dir()]), 2)
