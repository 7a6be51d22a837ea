"""docs/model_format.md is enough to write a reader from: read_model.py must see what the binary exports."""

import struct

import awase_testing
import read_model


def as_float(text):
    """The float that a shortest-text export stands for, after the rounding to 32 bits that the file holds."""
    return struct.unpack("<f", struct.pack("<f", float(text)))[0]


class ModelFormat(awase_testing.AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.train_shop(cls.folder / "model")
        cls.model = read_model.Model(cls.path)
        cls.number = {product["product_id"]: i for i, product in enumerate(cls.model.products)}

    def test_products_are_those_of_the_file(self):
        for row in awase_testing.read_csv(awase_testing.SHOP_PRODUCTS):
            product = self.model.products[self.number[row["product_id"]]]
            self.assertEqual(product["title"], row["title"])
            self.assertEqual(product["brand"], row["brand"])
            if row.get("stock"):
                self.assertEqual(product["stock"], int(row["stock"]))
            if row.get("price"):
                digits = 0 if row["currency"] == "JPY" else 2
                self.assertEqual(product["price"], (round(float(row["price"]) * 10**digits), row["currency"]))
            for column, value in row.items():
                if column.startswith(("spec.", "limit.")) and value:
                    self.assertEqual(product["attributes"][column][0], value)
        ids = [product["product_id"].encode() for product in self.model.products]
        self.assertEqual(ids, sorted(ids))
        for i, product in enumerate(self.model.products):
            self.assertIn(i, self.model.products[product["root"]]["variants"])

    def test_lists_are_those_of_the_export(self):
        for name in ("bought_together", "also_bought", "bought_after"):
            total, _, units, other_units, lists = self.model.relation(name)
            rows = self.export(self.path, "--relation", name, "--top", "1000")
            self.assertEqual(len(rows), sum(map(len, lists)))
            for row in rows:
                anchor = self.number[row["product_id"]]
                other, score, together, buyers, lift, low, high, claim, kind, source = lists[anchor][int(row["rank"]) - 1]
                self.assertEqual(self.model.products[other]["product_id"], row["other_id"])
                self.assertEqual((together, buyers, total, units[anchor], other_units[other]),
                                 tuple(int(row[c]) for c in ("orders_together", "buyers_together", "orders_total",
                                                             "orders_product", "orders_other")))
                self.assertEqual((score, lift, low, high),
                                 tuple(as_float(row[c]) for c in ("score", "lift", "lift_low", "lift_high")))
                self.assertEqual(bool(claim), row["claim"] == "true")
                self.assertEqual(read_model.CLASSES[kind], row["class"])
                self.assertEqual(read_model.SOURCES[source], row["source"])
                expected = units[anchor] * other_units[other] / total
                self.assertAlmostEqual(lift * expected, together, delta=together * 1e-6)

    def test_ladders_are_those_of_the_export(self):
        rungs = self.model.rungs()
        rows = self.export(self.path, "--ladders")
        self.assertEqual(len(rows), sum(map(len, rungs)))
        for row in rows:
            match = [r for r in rungs[self.number[row["product_id"]]]
                     if read_model.DIRECTIONS[r[2]] == row["direction"] and r[3] == int(row["rung"])]
            self.assertEqual(len(match), 1)
            delta, other, _, _, grade, _ = match[0]
            self.assertEqual(delta, int(row["price_delta_minor"]))
            self.assertEqual(self.model.products[other]["product_id"], row["other_id"])
            self.assertEqual(read_model.GRADES[grade], row["grade"])

    def test_evidence_of_rungs_is_that_of_the_export(self):
        rows = {(row["product_id"], row["direction"], int(row["rung"])): row for row in self.export(self.path, "--ladders")}
        gained_or_lost = 0
        for product, (rungs, evidence) in enumerate(zip(self.model.rungs(), self.model.rung_evidence(), strict=True)):
            names = sorted(self.model.products[product]["attributes"])
            for rung, of_rung in zip(rungs, evidence, strict=True):
                gained, lost, ups, downs = of_rung[:4]
                key = self.model.products[product]["product_id"], read_model.DIRECTIONS[rung[2]], rung[3]
                text = rows[key]["evidence"]
                for bit, name in enumerate(names):
                    if (gained | lost) >> bit & 1:
                        self.assertIn(name.split(".", 1)[1] + " ", text)
                        gained_or_lost += 1
                self.assertEqual(f"later upgrade {ups} of {ups + downs} customers" in text, ups + downs > 0)
        self.assertGreater(gained_or_lost, 50)

    def test_cart_weights_are_those_of_roots_in_order(self):
        lists, baselines = self.model.cart_model()
        self.assertEqual(len(lists), len(self.model.products))
        self.assertEqual(len(baselines), len(self.model.products))
        self.assertGreater(sum(map(len, lists)), 0)
        for product, weights in enumerate(lists):
            for other, _ in weights:
                self.assertEqual(self.model.products[product]["root"], product)
                self.assertEqual(self.model.products[other]["root"], other)
                self.assertNotEqual(other, product)
            self.assertEqual(weights, sorted(weights, key=lambda w: (-abs(w[1]), w[0])))

    def test_a_broken_section_is_refused(self):
        version = (self.path / "ACTIVE").read_text().strip()
        section = self.path / version / "rungs.bin"
        good = section.read_bytes()
        section.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        self.addCleanup(section.write_bytes, good)
        with self.assertRaises(ValueError):
            self.model.rungs()
        self.assert_refused(["models", "verify", "--model", self.path], "rungs", "checksum")
