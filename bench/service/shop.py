"""The shops that the server under load is measured with: trained once, kept under build/bench-service."""

import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
from typing import Any

from places import AWASE, BUILD, PROGRAMS, ROOT, say

EXAMPLE = ROOT / "examples" / "shop"
OTHER_SETTINGS = ["--half-life-days", "120", "--no-activate"]  # of the second version, that is swapped with the first
LARGE_PRODUCTS = 1_000_000
LARGE_RULES = 1000
LARGE_UPDATES = 100_000
# Three in ten products of a basket are drawn because they go with the one before.
LARGE_ORDERS = ["--lines", "15000000", "--products", str(LARGE_PRODUCTS), "--mean", "6", "--group-share", "0.4"]


@dataclasses.dataclass(frozen=True)
class Shop:
    """other_rules and other_version are what rules and version are swapped with; None: nothing is swapped."""
    size: str
    model: pathlib.Path
    rules: pathlib.Path | None = None
    other_rules: pathlib.Path | None = None
    version: str | None = None
    other_version: str | None = None
    products: int | None = None  # of the catalogue; None: not known
    updates: int = 0             # live prices and stock that are sent before

    @property
    def can_swap(self) -> bool:
        return None not in (self.rules, self.other_rules, self.version, self.other_version)


def run(*command: Any) -> None:
    subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


def train(folder: pathlib.Path, *flags: Any) -> None:
    """Two versions in folder/models; the first is active."""
    command = [AWASE, "train", "--out", folder / "models", "--no-tune", "--no-report", "--no-store", *flags]
    run(*command)
    run(*command, *OTHER_SETTINGS)


def versions_of(models: pathlib.Path) -> tuple[str, str]:
    """The active one and another one."""
    active = (models / "ACTIVE").read_text(encoding="ascii").strip()
    others = sorted(path.parent.name for path in models.glob("*/manifest.json") if path.parent.name != active)
    return active, others[0]


def is_made(folder: pathlib.Path, settings: Any) -> bool:
    made = folder / "MADE.json"
    return made.exists() and json.loads(made.read_text(encoding="utf-8")) == settings


def make(folder: pathlib.Path, settings: Any) -> None:
    (folder / "MADE.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")


def small_shop(work: pathlib.Path) -> Shop:
    """examples/shop with its rules; the other set lacks the last file."""
    folder = work / "small"
    rule_files = sorted((EXAMPLE / "rules").glob("*.yaml"))
    settings = [OTHER_SETTINGS, [path.name for path in rule_files]]
    if not is_made(folder, settings):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "other_rules").mkdir(parents=True)
        for path in rule_files[:-1]:
            shutil.copy(path, folder / "other_rules")
        run(sys.executable, "-B", EXAMPLE / "generate_orders.py", folder / "orders.csv")
        train(folder, "--orders", folder / "orders.csv", "--products", EXAMPLE / "products.csv")
        make(folder, settings)
    version, other_version = versions_of(folder / "models")
    rows = (EXAMPLE / "products.csv").read_text(encoding="utf-8").splitlines()
    return Shop("small", folder / "models", EXAMPLE / "rules", folder / "other_rules", version, other_version,
                products=len(rows) - 1)


def large_shop(work: pathlib.Path) -> Shop:
    """A million made-up products (large_shop.h) and orders for them (bench/peers/generator.h)."""
    folder = work / "large"
    settings = [OTHER_SETTINGS, LARGE_ORDERS, LARGE_RULES]
    if not is_made(folder, settings):
        say("making the large shop: four minutes, 4 GB in build/bench-service, once")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        orders, products = folder / "orders.csv", folder / "products.csv"
        run(PROGRAMS / "write_shop", "--products", LARGE_PRODUCTS, "--rules", LARGE_RULES, "--out", folder)
        run(BUILD / "bench" / "peers" / "generate", *LARGE_ORDERS, "--csv", orders)
        train(folder, "--orders", orders, "--products", products, "--currency", "USD")
        orders.unlink()
        products.unlink()
        make(folder, settings)
    version, other_version = versions_of(folder / "models")
    return Shop("large", folder / "models", folder / "rules", folder / "other_rules", version, other_version,
                LARGE_PRODUCTS, LARGE_UPDATES)


SHOPS = {"small": small_shop, "large": large_shop}
