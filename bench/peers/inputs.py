"""The inputs by name: "30M-50k" is 30 million lines over 50,000 products from the generator, "journey" the real one."""

import dataclasses
import re

JOURNEY = "journey"
MULTIPLIERS = {"": 1, "k": 1_000, "M": 1_000_000}
GENERATED = re.compile(r"(?P<lines>[0-9.]+)(?P<lines_unit>[kM]?)-(?P<products>[0-9.]+)(?P<products_unit>[kM]?)")


@dataclasses.dataclass(frozen=True)
class Input:
    name: str
    lines: int  # 0: whatever the real data has
    products: int

    @property
    def is_generated(self) -> bool:
        return self.name != JOURNEY


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a size measures: every system on `inputs`; awase alone on `lines` (how cost grows), on `reading` (from files
    to baskets) and on `training` (from Parquet to a server that answers)."""
    inputs: tuple[str, ...]
    lines: tuple[str, ...]
    reading: tuple[str, ...]
    training: tuple[str, ...]


LINES_50K = ("3M-50k", "10M-50k", "30M-50k", "100M-50k")
PLANS = {
    "small": Plan(("0.3M-5k",), ("0.1M-5k", "0.3M-5k"), ("0.3M-5k",), ("0.3M-5k",)),
    "medium": Plan(("3M-50k", "30M-50k", JOURNEY), LINES_50K, ("30M-50k",), ("30M-50k",)),
    "full": Plan(tuple(f"{lines}-{products}" for lines in ("3M", "30M", "100M") for products in ("5k", "50k", "1M"))
                 + (JOURNEY,), LINES_50K, ("30M-50k",), LINES_50K + ("100M-1M",)),
}


def number(digits: str, unit: str) -> int:
    return round(float(digits) * MULTIPLIERS[unit])


def parse(name: str) -> Input:
    """ValueError with a sentence for a name that is none."""
    if name == JOURNEY:
        return Input(name, 0, 0)
    match = GENERATED.fullmatch(name)
    try:
        if match is None:
            raise ValueError
        found = Input(name, number(match["lines"], match["lines_unit"]),
                      number(match["products"], match["products_unit"]))
    except ValueError:
        raise ValueError(f"'{name}' is no input: want LINES-PRODUCTS, for example 3M-50k, or {JOURNEY}") from None
    if found.lines < 1 or found.products < 1:
        raise ValueError(f"'{name}': want at least one line and one product")
    return found


def parse_all(names: str) -> tuple[str, ...]:
    return tuple(parse(name).name for name in names.split(","))
