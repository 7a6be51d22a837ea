#!/usr/bin/env python3
"""Makes the small shop's orders: the same bytes for the same seed, on any machine, from the standard library alone.

    examples/shop/generate_orders.py build/shop/orders.csv [--views build/shop/views.csv] [--seed 1]

What is in the orders, and what a training run must find in them, stands in planted.json beside this file.
"""

import argparse
import csv
import datetime
import json
import pathlib
import random

HERE = pathlib.Path(__file__).resolve().parent
VIEW_COLUMNS = ["session_id", "customer_id", "product_id", "viewed_at"]
COLUMNS = ["order_id", "customer_id", "product_id", "quantity", "unit_price", "currency", "ordered_at", "status"]


class Dice:
    """Only random.Random.random(), the one generator whose sequence Python promises to keep between versions."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def happens(self, share):
        return self._random() < share

    def below(self, count):
        return int(self._random() * count)

    def pick(self, weights):
        point = self._random() * sum(weights.values())
        for name, weight in weights.items():
            point -= weight
            if point < 0:
                return name
        return name


class OrderWriter:
    """Numbers orders and prices their lines."""

    def __init__(self, plan, prices, dice):
        self._plan, self._prices, self._dice = plan, prices, dice
        self._first_day = datetime.datetime.fromisoformat(plan["first_day"])
        self.orders = []
        self.views = []

    def moment(self, first, last):
        """In opening hours of a day from `first` up to, not including, `last`."""
        return self._first_day + datetime.timedelta(
            days=first + self._dice.below(last - first), seconds=8 * 3600 + self._dice.below(12 * 3600))

    def view(self, moment, customer, products):
        self.views.append((moment, customer, products))

    def add(self, customer, products, days=None, status="completed", quantity=None):
        first, last = days or (0, self._plan["days"])
        moment = self.moment(first, last)
        lines = []
        for product in dict.fromkeys(products):
            pieces = quantity or (2 if self._dice.happens(0.05) else 1)
            lines.append([product, pieces, status])
            if status != "completed":
                continue
            if self._dice.happens(self._plan["share_duplicate_lines"]):
                lines.append([product, 1, status])
            elif self._dice.happens(self._plan["share_returned_lines"]):
                lines.append([product, pieces, "returned"])
        self.orders.append((moment, customer, lines))
        return lines

    def add_single(self, moment, customer, product, returned=False):
        lines = [[product, 1, "completed"]]
        if returned:
            lines.append([product, 1, "returned"])
        self.orders.append((moment, customer, lines))

    def write_views(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(VIEW_COLUMNS)
            for number, (moment, customer, products) in enumerate(sorted(self.views), 1):
                for product in products:
                    writer.writerow([f"s{number:06d}", customer, product, moment.isoformat(sep=" ")])

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        count = 0
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for number, (moment, customer, lines) in enumerate(sorted(self.orders, key=lambda order: order[0]), 1):
                for product, pieces, status in lines:
                    price, currency = self._prices[product]
                    writer.writerow([f"o{number:06d}", customer, product, pieces, price, currency,
                                     moment.isoformat(sep=" "), status])
                    count += 1
        return len(self.orders), count


def mission_products(mission, dice):
    products = [dice.pick(mission["one_of"])]
    for companion in mission["with"]:
        if dice.happens(companion["share"]):
            products.append(dice.pick(companion["one_of"]))
    return products


def background_products(background, dice):
    return [dice.pick(background["products"]) for share in background["shares"] if dice.happens(share)]


def add_missions(plan, writer, dice):
    missions = {index: mission["weight"] for index, mission in enumerate(plan["missions"])}
    for _ in range(plan["orders"]):
        mission = plan["missions"][dice.pick(missions)]
        products = mission_products(mission, dice) + background_products(plan["background"], dice)
        unknown = dice.happens(plan["share_without_customer"])
        customer = "" if unknown else f"c{dice.below(plan['customers']):05d}"
        cancelled = dice.happens(plan["share_cancelled"])
        writer.add(customer, products, mission.get("days"), "cancelled" if cancelled else "completed")


def add_traps(traps, prices, writer, dice):
    for _ in range(traps["fan"]["orders"]):
        writer.add("c-fan", traps["fan"]["pair"])
    for number in range(traps["cancelled"]["orders"]):
        writer.add(f"c-cancelled-{number}", traps["cancelled"]["pair"], status="cancelled")
    for number in range(traps["returned"]["orders"]):
        kept, returned = traps["returned"]["pair"]
        lines = writer.add(f"c-returned-{number}", [kept, returned], quantity=1)
        ordered = sum(1 for product, _, status in lines if product == returned and status == "completed")
        sent_back = sum(1 for product, _, status in lines if product == returned and status == "returned")
        if ordered > sent_back:
            lines.append([returned, ordered - sent_back, "returned"])
    for _ in range(traps["wholesale"]["orders"]):
        writer.add("c-reseller", [product for product in prices if dice.happens(0.95)],
                   quantity=traps["wholesale"]["quantity"])


def add_ladders(plan, days, writer, dice):
    """Customers who move along the steps of the planted families, and some who move back."""
    shares = {"later": plan["share_of_most"], "views": plan["share_of_most"], "both ways": 0.5,
              "down": 1 - plan["share_of_most"]}
    for family in plan["families"]:
        if family["moves"] == "none":
            continue
        returned = dict(zip(family["products"], family.get("returned_shares", [0] * len(family["products"]))))
        for cheap, dear in zip(family["products"], family["products"][1:]):
            for number in range(plan["customers"]):
                customer = f"c-{cheap}-{number}"
                first, last = (cheap, dear) if dice.happens(shares[family["moves"]]) else (dear, cheap)
                if family["moves"] == "views":
                    moment = writer.moment(0, days)
                    writer.view(moment, customer, [first, last])
                    writer.add_single(moment + datetime.timedelta(hours=1), customer, last)
                    continue
                writer.add_single(writer.moment(0, days // 2), customer, first)
                writer.add_single(writer.moment(days // 2, days), customer, last)
                # Sent back after all and bought again: so it stays a purchase of this customer.
                if dice.happens(returned[last]):
                    writer.add_single(writer.moment(days // 2, days), customer, last, returned=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path, help="the CSV file to write")
    parser.add_argument("--views", type=pathlib.Path, help="a session log to write as well")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    plan = json.loads((HERE / "planted.json").read_text(encoding="utf-8"))
    with (HERE / "products.csv").open(newline="", encoding="utf-8") as file:
        prices = {row["product_id"]: (row["price"], row["currency"]) for row in csv.DictReader(file)}
    dice = Dice(arguments.seed)
    writer = OrderWriter(plan, prices, dice)
    add_missions(plan, writer, dice)
    add_traps(plan["traps"], prices, writer, dice)
    add_ladders(plan["ladders"], plan["days"], writer, dice)
    if arguments.views:
        writer.write_views(arguments.views)
    orders, lines = writer.write(arguments.out)
    print(f"{arguments.out}: {lines} lines, {orders} orders")


if __name__ == "__main__":
    main()
