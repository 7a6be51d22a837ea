"""The shop of the soak: two versions, two rule sets, a server of them, and what it is asked."""

import dataclasses
import http.client
import json
import pathlib
import random
import subprocess
import sys
from typing import Any, Self

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOP = ROOT / "examples" / "shop"

# Of the feed: on the page of the first the second is offered, while it is in stock.
FEED_PAGE, FEED_PRODUCT, FEED_CURRENCY = "cam-c200", "cam-case", "USD"

PAGES = ["product_page", "plan_page", "renewal", "trial_end", "usage_alert"]
CARTS = ["cart", "checkout", "post_purchase", "mail"]

OTHER_RULES = """\
rules:
  - id: soak-hide
    hide:
      products: [phone-film, fries-m, sd-64]
  - id: soak-pin
    placements: [product_page]
    pin: {product: misc-pen, slot: also_bought, position: 1}
"""

# Short times, so that clients that are slow or gone are met often; and no call is refused on a machine that others use.
CONFIG = """\
limits:
  request_bytes: 65536
  recommend_wait: 10s
  header_time: 8s
  http_body_time: 8s
  http_idle_time: 15s
  http_write_time: 8s
  grpc_idle_time: 15s
  grpc_ping_time: 10s
"""


@dataclasses.dataclass
class Shop:
    """What is on disk."""

    folder: pathlib.Path
    versions: list[str]
    rule_sets: list[dict[str, str]]  # file name → text

    @property
    def models(self) -> pathlib.Path:
        return self.folder / "models"


def make_shop(binary: pathlib.Path, folder: pathlib.Path) -> Shop:
    """Two versions, of all orders and of two thirds of them, and two rule sets."""
    all_orders, orders = folder / "orders.csv", folder / "two_thirds.csv"
    subprocess.run([sys.executable, "-B", SHOP / "generate_orders.py", all_orders], check=True)
    lines = all_orders.read_text(encoding="utf-8").splitlines(keepends=True)
    orders.write_text("".join(lines[:1 + len(lines) * 2 // 3]), encoding="utf-8")
    versions = []
    for file in (all_orders, orders):
        subprocess.run([binary, "train", "--orders", file, "--products", SHOP / "products.csv",
                        "--out", folder / "models", "--force", "a version of the soak"],
                       stdout=subprocess.DEVNULL, check=True)
        versions.append((folder / "models" / "ACTIVE").read_text(encoding="utf-8").strip())
    rules = {file.name: file.read_text(encoding="utf-8") for file in sorted((SHOP / "rules").glob("*.yaml"))}
    return Shop(folder, versions, [rules, {**rules, "soak.yaml": OTHER_RULES}])


def make_requests(count: int, seed: int) -> list[dict[str, Any]]:
    """Requests of every placement, about products of the shop."""
    products = [line.split(",", 1)[0] for line in
                (SHOP / "products.csv").read_text(encoding="utf-8").splitlines()[1:]]
    chance = random.Random(seed)
    requests = []
    for number in range(count):
        placement = (PAGES + CARTS)[number % len(PAGES + CARTS)]
        request: dict[str, Any] = {"placement": placement}
        if placement in PAGES:
            request["product_ids"] = [chance.choice(products)]
        if placement in CARTS or chance.random() < 0.3:
            request["cart"] = [{"product_id": product, "quantity": chance.randint(1, 3)}
                               for product in chance.sample(products, chance.randint(1, 4))]
        if chance.random() < 0.2:
            request["explanation"] = chance.choice(["NONE", "TRACE"])
        if chance.random() < 0.2:
            request["language_code"] = "ja"
        requests.append(request)
    return requests


class Server:
    """`awase serve` of a shop, with all that it keeps on disk."""

    def __init__(self, binary: pathlib.Path, shop: Shop) -> None:
        config = shop.folder / "server.yaml"
        config.write_text(CONFIG, encoding="utf-8")
        self.log = shop.folder / "server.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [binary, "serve", "--model", shop.models, "--rule-store", shop.folder / "rules", "--live",
                 shop.folder / "live", "--exposures", shop.folder / "exposures", "--record", shop.folder / "recorded",
                 "--record-limit", "1000", "--config", config, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0",
                 "--format", "json"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        ready = self.process.stdout.readline()
        if not ready:
            raise RuntimeError(f"the server did not start: {self.log.read_text(encoding='utf-8')}")
        addresses = json.loads(ready)
        self.grpc, self.http = addresses["grpc"], addresses["http"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def call(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """A call that must succeed."""
        return self.call_all(method, [body])[0]

    def call_all(self, method: str, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Calls that must succeed, on a connection of their own."""
        host, port = self.http.rsplit(":", 1)
        connection, answers = http.client.HTTPConnection(host, int(port), timeout=120), []
        try:
            for body in bodies:
                connection.request("POST", f"/awase.v1.{method}", json.dumps(body),
                                   {"Content-Type": "application/json"})
                answer = connection.getresponse()
                text = answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{method} {body}: {answer.status} {text.decode(errors='replace')}")
                answers.append(json.loads(text))
        finally:
            connection.close()
        return answers

    def activate(self, version: str) -> None:
        self.call("ModelService/Activate", {"version": version})

    def publish(self, rules: dict[str, str]) -> None:
        self.call("RuleService/Publish",
                  {"files": [{"name": name, "content": text} for name, text in rules.items()], "author": "soak"})

    def feed(self, product: str, stock: int) -> None:
        self.call("CatalogService/UpdateProducts",
                  {"updates": [{"product_id": product, "stock": stock, "reset": True}]})
