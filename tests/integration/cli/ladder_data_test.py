"""Ladders of real catalogues. The data is no part of the project: where it is absent its tests are skipped."""

import collections
import csv
import io
import itertools
import re

from awase_testing import write_csv
from real_data_test import RealDataTest, zstd_text

CLASSES = "LMH"


def ranks(values):
    """With those of equal numbers averaged."""
    order = sorted(values)
    return [(order.index(v) + len(order) - 1 - order[::-1].index(v)) / 2 for v in values]


def rank_correlation(pairs):
    xs, ys = ranks([x for x, _ in pairs]), ranks([y for _, y in pairs])
    middle = (len(pairs) - 1) / 2
    xy = sum((x - middle) * (y - middle) for x, y in zip(xs, ys))
    xx, yy = sum((x - middle) ** 2 for x in xs), sum((y - middle) ** 2 for y in ys)
    return xy / (xx * yy) ** 0.5 if xx and yy else 0


class LadderTest(RealDataTest):
    def train(self, products, orders=None):
        """Trains on rows of products (dicts); without orders each product is in one order of its own."""
        header = list(products[0])
        folder = self.folder / self.id()
        folder.mkdir()
        write_csv(folder / "products.csv", header, [[row[column] for column in header] for row in products])
        orders = orders or [(f"o{n}", f"c{n}", row["product_id"], "2024-01-01") for n, row in enumerate(products)]
        write_csv(folder / "orders.csv", ["order_id", "customer_id", "product_id", "ordered_at"], orders)
        self.run_ok("train", "--orders", folder / "orders.csv", "--products", folder / "products.csv", "--out",
                    folder / "models", "--no-tune", "--currency", "USD")
        return self.export(folder / "models", "--ladders")

    def assert_no_cycles(self, rows, root):
        for direction in ("lower", "higher"):
            following = collections.defaultdict(set)
            for row in rows:
                if row["direction"] == direction:
                    following[root(row["product_id"])].add(root(row["other_id"]))
            state = {}
            for start in list(following):
                stack = [(start, iter(following[start]))] if start not in state else []
                state.setdefault(start, "open")
                while stack:
                    node, others = stack[-1]
                    other = next(others, None)
                    if other is None:
                        state[node] = "done"
                        stack.pop()
                        continue
                    self.assertNotEqual(state.get(other), "open", f"a cycle through {other}")
                    if other not in state:
                        state[other] = "open"
                        stack.append((other, iter(following[other])))

    def assert_every_family_of_three_has_rungs(self, rows, families):
        """families: name → {product_id: price}."""
        with_rung = {row["product_id"] for row in rows}
        for name, prices in families.items():
            if len(prices) >= 3 and len(set(prices.values())) > 1:
                self.assertEqual(set(prices) - with_rung, set(), name)


class AdventureWorksLadders(LadderTest):
    """The ladder knows subcategories, lines and prices; of the classes it is told nothing."""

    def setUp(self):
        text = self.data("adventureworks/product.csv").read_text(encoding="utf-8-sig")
        self.rows = list(csv.DictReader(io.StringIO(text)))
        self.models = sorted({row["Model"] for row in self.rows})
        self.model_of = {row["ProductKey"]: row["Model"] for row in self.rows}
        self.class_of = {row["Model"]: row["Class"] for row in self.rows}

    @staticmethod
    def line_of(row):
        name = re.sub(r"^(HL|ML|LL)\s+", "", row["Model"])
        return f"{row['Subcategory']} {re.sub(r'(-[0-9]+(-W)?| [0-9]+)$', '', name)}"

    def products(self, line_column):
        return [{"product_id": row["ProductKey"], "title": re.sub(r"^(HL|ML|LL)\s+", "", row["Product"]),
                 "product_type": row["Subcategory"], line_column: self.line_of(row), "price": row["List Price"],
                 "parent_id": f"model-{self.models.index(row['Model'])}"}
                for row in self.rows if row["List Price"] and row["Subcategory"]]

    def orders(self):
        lines = csv.DictReader(io.StringIO(zstd_text(self.data("adventureworks/sales.csv.zst"))))
        for line in lines:
            customer = f"i{line['CustomerKey']}" if int(line["CustomerKey"]) > 0 else f"r{line['ResellerKey']}"
            day = line["OrderDateKey"]
            yield line["SalesOrderID"], customer, line["ProductKey"], f"{day[:4]}-{day[4:6]}-{day[6:]}"

    def check(self, rows):
        steps = collections.Counter()
        lines_with_steps = set()
        for row in rows:
            one, other = self.model_of[row["product_id"]], self.model_of[row["other_id"]]
            self.assertNotEqual(one, other, "sizes and colours are no steps")
            below, above = (one, other) if row["direction"] == "higher" else (other, one)
            low, high = self.class_of[below], self.class_of[above]
            if not low or not high:
                continue
            self.assertLessEqual(CLASSES.index(low), CLASSES.index(high), row)
            steps[row["rung"], low + high] += 1
            lines_with_steps.add(re.sub(r"^(HL|ML|LL)\s+", "", one))
        print(dict(steps))
        for step in ("LM", "MH"):
            self.assertGreater(steps["1", step], 20)
        self.assertGreater(len(lines_with_steps), 15)

    def classes_of_line(self):
        classes = collections.defaultdict(set)
        for row in self.rows:
            classes[self.line_of(row)].add(row["Class"])
        return classes

    def test_lines_as_families_never_lead_down_a_class_nor_past_one(self):
        rows = self.train(self.products("family"), list(self.orders()))
        self.check(rows)
        line = {row["ProductKey"]: self.line_of(row) for row in self.rows}
        classes = self.classes_of_line()
        for row in rows:
            ends = {self.class_of[self.model_of[row["product_id"]]], self.class_of[self.model_of[row["other_id"]]]}
            if row["rung"] == "1" and ends == {"L", "H"}:
                self.assertNotIn("M", classes[line[row["product_id"]]], row)

    def test_lines_as_series_never_lead_down_a_class(self):
        self.check(self.train(self.products("series"), list(self.orders())))


class LaptopLadders(LadderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = cls.data("laptop_prices/laptop_price.csv").read_text(encoding="latin-1")
        cls.rows = {row["laptop_ID"]: row for row in csv.DictReader(io.StringIO(text))}

    def test_every_step_up_dominates_or_is_weak(self):
        rows = self.train([{"product_id": row["laptop_ID"], "title": row["Product"], "product_type": row["TypeName"],
                            "brand": row["Company"], "price": row["Price_euros"], "spec.inches": row["Inches"],
                            "spec.ram": row["Ram"], "spec.memory": row["Memory"], "spec.weight": row["Weight"],
                            "spec.screen": row["ScreenResolution"], "spec.cpu": row["Cpu"], "spec.os": row["OpSys"]}
                           for row in self.rows.values()])
        self.assert_no_cycles(rows, lambda product: product)
        families = collections.defaultdict(dict)
        for row in self.rows.values():
            families[row["TypeName"]][row["laptop_ID"]] = float(row["Price_euros"])
        self.assert_every_family_of_three_has_rungs(rows, families)
        self.check_dominance(rows, families)
        print(collections.Counter(row["grade"] for row in rows))

    def spec(self, product, name):
        return float(re.match(r"[0-9.]+", self.rows[product][name]).group())

    def check_dominance(self, rows, families):
        signs = {}
        for (family, prices), name in itertools.product(families.items(), ("Ram", "Inches", "Weight")):
            r = rank_correlation([(self.spec(p, name), price) for p, price in prices.items()])
            if abs(r) > 0.3:  # far from where other families would turn it
                signs[family, name] = 1 if r > 0 else -1
        self.assertGreater(len(signs), 5)
        backed = [row for row in rows if row["grade"] != "WEAK"]
        self.assertGreater(len(backed), 1000)
        for row in backed:
            up = row["direction"] == "higher"
            cheap, dear = (row["product_id"], row["other_id"])[:: 1 if up else -1]
            self.assertIn("dominates: " if up else "is dominated: ", row["evidence"])
            for name in ("Ram", "Inches", "Weight"):
                sign = signs.get((self.rows[dear]["TypeName"], name), 0)
                self.assertGreaterEqual(sign * self.spec(dear, name), sign * self.spec(cheap, name), (name, row))


class BestBuyLadders(LadderTest):
    def test_without_specs_and_behaviour_everything_is_weak_and_nothing_is_left_out(self):
        rows = list(csv.DictReader(io.StringIO(zstd_text(self.data("bestbuy_subset/products.csv.zst")))))
        products = [{"product_id": f"p{n}", "title": row["name"], "category": row["categories"], "brand": row["brand"],
                     "price": row["price"]} for n, row in enumerate(rows)]
        ladders = self.train(products)
        self.assertEqual({row["grade"] for row in ladders}, {"WEAK"})
        self.assert_no_cycles(ladders, lambda product: product)
        families = collections.defaultdict(dict)
        for product in products:
            families[product["category"].split(">")[-1].strip()][product["product_id"]] = float(product["price"])
        self.assert_every_family_of_three_has_rungs(ladders, families)
