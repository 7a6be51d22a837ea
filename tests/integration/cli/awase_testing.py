"""What the tests of the binary share: running it, the small shop, and a slow count to compare with."""

import collections
import csv
import datetime
import itertools
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

BINARY = os.environ["AWASE_BINARY"]
SOURCE_DIR = pathlib.Path(os.environ["AWASE_SOURCE_DIR"])
SHOP = SOURCE_DIR / "examples" / "shop"
SHOP_ORDERS = pathlib.Path(os.environ["AWASE_SHOP_ORDERS"])
SHOP_VIEWS = pathlib.Path(os.environ["AWASE_SHOP_VIEWS"])
SHOP_PRODUCTS = SHOP / "products.csv"


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def planted():
    return json.loads((SHOP / "planted.json").read_text(encoding="utf-8"))


class AwaseTest(unittest.TestCase):
    """A test class with a folder of its own (self.folder), shared by its tests and removed after them."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="awase_cli_")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)

    @classmethod
    def start(cls, *arguments, **options):
        return subprocess.run([BINARY, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=240, check=False, **options)

    @classmethod
    def run_ok(cls, *arguments):
        """Standard output of a command that must succeed."""
        done = cls.start(*arguments)
        if done.returncode != 0:
            raise AssertionError(f"awase {' '.join(map(str, arguments))}: exit code {done.returncode}\n"
                                 f"{done.stdout}{done.stderr}")
        return done.stdout

    def assert_refused(self, arguments, *words, **options):
        """The command fails by itself (not by a signal), and its error message has all the words."""
        done = self.start(*arguments, **options)
        self.assertGreater(done.returncode, 0, f"want a failure of awase {arguments}\n{done.stdout}{done.stderr}")
        for word in words:
            self.assertIn(word, done.stderr)
        return done

    @classmethod
    def train_shop(cls, model, *extra, orders=SHOP_ORDERS):
        cls.run_ok("train", "--orders", orders, "--products", SHOP_PRODUCTS, "--out", model, *extra)
        return model

    @classmethod
    def export(cls, model, *what):
        out = cls.folder / ("-".join(str(word).strip("-") for word in what) + ".csv")
        cls.run_ok("export", "--model", model, *what, "--out", out)
        return read_csv(out)

    @classmethod
    def recommend(cls, product, *extra):
        return json.loads(cls.run_ok("recommend", "--placement", "product_page", "--product", product,
                                     "--format", "json", *extra))


def offers(answer, slot):
    return next(s for s in answer["slots"] if s["name"] == slot).get("offers", [])


def offered_ids(answer):
    """Every product that the answer offers, lines of bundles included."""
    found = set()
    for slot in answer["slots"]:
        for offer in slot.get("offers", []):
            found.add(offer["product"]["product_id"])
            found.update(line["product"]["product_id"] for line in offer.get("bundle", {}).get("lines", []))
    return found


def removed(answer, slot):
    """cause → count."""
    entries = next(s for s in answer["slots"] if s["name"] == slot).get("removed", [])
    return {entry["cause"]: entry["count"] for entry in entries}


class ReferenceCount:
    """Pair counts the slow and obvious way: units with both, and the distinct buyers among them."""

    def __init__(self, baskets):
        """baskets: list of (buyer, set of products)."""
        self.total = len(baskets)
        self.of = collections.Counter(product for _, basket in baskets for product in basket)
        self.together = collections.Counter()
        self._buyers = collections.defaultdict(set)
        for buyer, basket in baskets:
            for pair in itertools.permutations(basket, 2):
                self.together[pair] += 1
                self._buyers[pair].add(buyer)

    def buyers(self, pair):
        return len(self._buyers[pair])

    def neighbours(self, product, min_buyers=2):
        return {other for (one, other), buyers in self._buyers.items() if one == product and len(buyers) >= min_buyers}


def shop_baskets():
    """The small shop's orders after cleaning: cancelled out, returns subtracted, variants rolled up."""
    root = {row["product_id"]: row["parent_id"] or row["product_id"] for row in read_csv(SHOP_PRODUCTS)}
    left, buyer = collections.Counter(), {}
    for row in read_csv(SHOP_ORDERS):
        if row["status"] == "cancelled":
            continue
        sign = -1 if row["status"] == "returned" else 1
        left[row["order_id"], root[row["product_id"]]] += sign * int(row["quantity"])
        buyer[row["order_id"]] = row["customer_id"]
    baskets = collections.defaultdict(set)
    for (order, product), quantity in left.items():
        if quantity > 0:
            baskets[order].add(product)
    return [(buyer[order], order, basket) for order, basket in baskets.items()]


def shop_count_of_orders():
    return ReferenceCount([(customer or order, basket) for customer, order, basket in shop_baskets()])


def shop_count_of_customers():
    merged = collections.defaultdict(set)
    for customer, _, basket in shop_baskets():
        if customer:
            merged[customer] |= basket
    return ReferenceCount(list(merged.items()))


def shop_count_of_later_orders(days):
    """Customers by what they have: who ordered again within `days`, the product in an earlier order of such two, the
    product in the later one, and both in that order."""
    times = {}
    for row in read_csv(SHOP_ORDERS):
        time = datetime.datetime.fromisoformat(row["ordered_at"])
        times[row["order_id"]] = min(time, times.get(row["order_id"], time))
    histories = collections.defaultdict(list)
    for customer, order, basket in shop_baskets():
        if customer:
            histories[customer].append((times[order], basket))
    came_back, before, after, pairs = set(), *(collections.defaultdict(set) for _ in range(3))
    for customer, orders in histories.items():
        for (first, left), (second, right) in itertools.permutations(orders, 2):
            if not datetime.timedelta(0) < second - first <= datetime.timedelta(days):
                continue
            came_back.add(customer)
            for product in left:
                before[product].add(customer)
            for product in right:
                after[product].add(customer)
            for pair in itertools.product(left, right):
                pairs[pair].add(customer)
    return came_back, before, after, pairs


def wait_for(condition, what, seconds=30):
    """Polls a state of another process; the bound only ends a test that has failed already."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")
