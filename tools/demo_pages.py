#!/usr/bin/env python3
"""What the demo needs to read from lists and answers: tools/demo.sh says where."""

import argparse
import collections
import csv
import json
import subprocess
import sys
import time


def run_json(arguments, *command):
    done = subprocess.run([arguments.awase, *command, "--format", "json"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


def ask(arguments, product):
    """The product page's answer."""
    return run_json(arguments, "recommend", "--server", arguments.server, "--placement", "product_page",
                    "--product", product)


def offers(answer, slot):
    for candidate in answer["slots"]:
        if candidate["name"] == slot:
            return candidate["offers"]
    return []


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def best_sellers(lists, ladders):
    """Products with a claim: those with a served rung both ways first, then one way, then none; most sold first."""
    served = [row for row in ladders if row["grade"] != "WEAK"]
    ways = collections.Counter(product for product, _ in {(row["product_id"], row["direction"]) for row in served})
    sold = {row["product_id"]: int(row["orders_product"]) for row in lists if row["claim"] == "true"}
    return sorted(sold, key=lambda product: (-ways[product], -sold[product], product))


def shows_all(answer):
    """Whether the page has a bundle, and rungs whose titles tell them from the product itself."""
    bundles = offers(answer, "bundle")
    if not bundles:
        return False
    title = bundles[0]["bundle"]["lines"][0]["product"]["title"]  # the first line is the page's own product
    return all(rung["product"]["title"] != title for slot in ("lower", "higher") for rung in offers(answer, slot)[:1])


def pick(arguments):
    """Prints best-sellers, one per department (the first step of the category), whose page has everything."""
    departments = set()
    for product in best_sellers(read_csv(arguments.lists), read_csv(arguments.ladders)):
        if not shows_all(ask(arguments, product)):
            continue
        known = run_json(arguments, "inspect", "--model", arguments.model, "--top", "1", product)
        department = known["category"].split(" > ")[0]
        if department not in departments:
            departments.add(department)
            print(product)
        if len(departments) == arguments.count:
            return


def revision(arguments):
    print(ask(arguments, arguments.product)["rule_revision"])


def set_rule(arguments):
    """Prints a rule file that sells the page's bundle as a set for nine tenths of its list price."""
    bundle = offers(ask(arguments, arguments.product), "bundle")[0]["bundle"]
    products = [line["product"]["product_id"] for line in bundle["lines"]]
    minor = int(bundle["list_price"]["minor_units"]) * 9 // 10
    price = f"{minor // 100}.{minor % 100:02d} {bundle['list_price']['currency_code']}"
    print("rules:")
    print("  - id: demo-set")
    print("    description: The set for a tenth less than its parts")
    print("    bundle:")
    print(f"      products: {json.dumps(products)}")
    print(f"      anchor: {json.dumps(arguments.product)}")
    print(f"      price: {json.dumps(price)}")


def wait(arguments):
    """Returns once answers carry another rule revision than --revision."""
    until = time.monotonic() + arguments.seconds
    while ask(arguments, arguments.product)["rule_revision"] == arguments.revision:
        if time.monotonic() > until:
            sys.exit(f"after {arguments.seconds} s the server still serves rule revision {arguments.revision}")
        time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--awase", required=True)
    parser.add_argument("--server", required=True)
    commands = parser.add_subparsers(required=True)
    picking = commands.add_parser("pick")
    picking.add_argument("--model", required=True)
    picking.add_argument("--lists", required=True)
    picking.add_argument("--ladders", required=True)
    picking.add_argument("--count", type=int, required=True)
    picking.set_defaults(run=pick)
    for name, function in (("revision", revision), ("set-rule", set_rule), ("wait", wait)):
        command = commands.add_parser(name)
        command.add_argument("--product", required=True)
        if name == "wait":
            command.add_argument("--revision", required=True)
            command.add_argument("--seconds", type=float, required=True)
        command.set_defaults(run=function)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
