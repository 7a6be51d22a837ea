"""Puts `awase serve` under load and, in turn with it, a server that answers with the same bytes without thinking, and a
Redis server that has the same pages stored: tools/dev bench-service --help. What is measured and how:
docs/benchmarks.md."""

import argparse
import contextlib
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
from typing import Any

from places import PROGRAMS, ROOT, say

sys.path.append(str(ROOT / "bench" / "peers"))

import loads  # noqa: E402: what stands in the folder that was just added
import machine  # noqa: E402
import servers  # noqa: E402
import service_tables  # noqa: E402
from shop import SHOPS, Shop  # noqa: E402

WORK = ROOT / "build" / "bench-service"


def positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 on")
    return int(text)


def number_list(text: str) -> list[int]:
    return [positive(number) for number in text.split(",") if number]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/dev bench-service", description="awase serve under load")
    parser.add_argument("--size", choices=SHOPS, default="large",
                        help="large: a made-up shop of a million products, 1,000 rules, live prices and stock; small: "
                             "examples/shop, to see that everything works (default: large)")
    parser.add_argument("--model", type=pathlib.Path, help="a model directory of yours in place of --size")
    parser.add_argument("--rules", type=pathlib.Path, help="folder of rules for --model (default: none)")
    parser.add_argument("--requests", type=pathlib.Path,
                        help="requests as JSON lines (default: made from the version's products)")
    parser.add_argument("--placement", default="product_page",
                        help="of the requests that are made; '' is a mix of all (default: product_page)")
    parser.add_argument("--outstanding", type=number_list, default=[16, 64], metavar="N,N",
                        help="closed loops: calls at a time over all connections (default: 16,64)")
    parser.add_argument("--rates", type=number_list, default=[], metavar="N,N",
                        help="further open loops: calls per second, beside half of what awase does with the most "
                             "outstanding (default: none)")
    parser.add_argument("--seconds", type=float, default=10, help="of one run (default: 10)")
    parser.add_argument("--warm-up-seconds", type=float, default=2, help="before each (default: 2)")
    parser.add_argument("--repeats", type=positive, default=5, help="of every run; figures are medians (default: 5)")
    parser.add_argument("--work", type=pathlib.Path, default=WORK,
                        help="folder of the shops, which are made once (default: build/bench-service)")
    parser.add_argument("--out", type=pathlib.Path,
                        help="result file (default: bench/results/DATE-COMMIT-service.json)")
    return parser.parse_args()


def write_requests(shop: Shop, placement: str, path: pathlib.Path) -> None:
    with path.open("wb") as out:
        subprocess.run([PROGRAMS / "write_requests", "--model", shop.model, "--placement", placement],
                       stdin=subprocess.DEVNULL, stdout=out, check=True)


class Bench:
    """One run: what is asked for, and the result as it grows."""

    def __init__(self, arguments: argparse.Namespace, shop: Shop, scratch: pathlib.Path) -> None:
        self.arguments = arguments
        self.shop = shop
        self.scratch = scratch
        self.live = scratch / "live" if shop.updates else None
        self.requests = arguments.requests or scratch / "requests.jsonl"
        self.result: dict[str, Any] = {
            "date": datetime.date.today().isoformat(), **machine.describe_commit(), "size": shop.size,
            "machine": machine.describe_machine(), "products": shop.products, "live_updates": shop.updates,
            "absent": {}, "stored": {}, "start_seconds": [], "results": []}

    def prepare(self) -> None:
        if self.arguments.requests is None:
            write_requests(self.shop, self.arguments.placement, self.requests)
        if self.live is not None:
            servers.feed(self.shop, self.live)
        # The next start is the first one that is timed: files are in memory then.
        servers.seconds_to_ready(self.shop, self.live)

    def measure_starts(self) -> None:
        for repeat in range(self.arguments.repeats):
            seconds = servers.seconds_to_ready(self.shop, self.live)
            self.result["start_seconds"].append(seconds)
            say(f"{repeat + 1} of {self.arguments.repeats}: ready after {seconds:.3f} s")

    def measure_loads(self) -> None:
        with contextlib.ExitStack() as running:
            awase = running.enter_context(servers.awase(self.shop, self.live))
            ready = json.loads(awase.ready)
            self.result.update(version=ready["version"], rules=ready["rules"], version_bytes=self.version_bytes(ready))
            measured = {"awase": awase, "null": running.enter_context(servers.null_server(awase, self.requests))}
            redis = self.stored_in_redis(running, awase)
            if redis is not None:
                measured["redis"] = redis
            self.run_loads(measured)

    def version_bytes(self, ready: dict[str, Any]) -> int:
        folder = self.shop.model / ready["version"]
        return sum(path.stat().st_size for path in (folder if folder.exists() else self.shop.model).glob("*.bin"))

    def stored_in_redis(self, running: contextlib.ExitStack, awase: servers.Server) -> servers.Server | None:
        reason = servers.why_no_redis()
        if reason is None:
            redis = running.enter_context(servers.redis(self.scratch))
            try:
                self.result["stored"] = servers.store_pages(awase, redis, self.requests)
                return redis
            except subprocess.CalledProcessError:
                reason = "these requests cannot be stored"
        self.result["absent"]["redis"] = reason
        return None

    def run_loads(self, measured: dict[str, servers.Server]) -> None:
        arguments = self.arguments
        flags = ["--requests", str(self.requests), "--seconds", str(arguments.seconds),
                 "--warm-up-seconds", str(arguments.warm_up_seconds)]
        closed = [(load, name) for load in map(loads.closed_loop, arguments.outstanding) for name in measured]
        results = loads.measure([*closed, (loads.memory_load(), "awase")], measured, flags, arguments.repeats)
        rates = [loads.half_throughput(results, "awase"), *arguments.rates]
        self.result["settings"] = {"repeats": arguments.repeats, "seconds": arguments.seconds,
                                   "warm_up_seconds": arguments.warm_up_seconds, "rate": rates[0],
                                   "placement": arguments.placement}
        opened = [(load, name) for load in map(loads.open_loop, rates) for name in measured]
        if self.shop.can_swap:
            opened.append((loads.changing_loop(rates[0], (self.shop.version, self.shop.other_version),
                                               (self.shop.rules, self.shop.other_rules)), "awase"))
        results += loads.measure(opened, measured, flags, arguments.repeats)
        self.result["results"] = results


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    shop = Shop("own", arguments.model, arguments.rules) if arguments.model else SHOPS[arguments.size](arguments.work)
    with tempfile.TemporaryDirectory(prefix="bench-service-") as scratch:
        bench = Bench(arguments, shop, pathlib.Path(scratch))
        bench.prepare()
        bench.measure_starts()
        bench.measure_loads()
        return bench.result


def main() -> int:
    arguments = parse_arguments()
    try:
        result = measure(arguments)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        say(f"bench-service: {error}")
        return 1
    result["figures"] = service_tables.figures(result)
    out = arguments.out or ROOT / "bench" / "results" / f"{result['date']}-{result['commit']}-service.json"
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    out.write_text(text.replace(f"{ROOT}/", ""), encoding="utf-8")  # where the clone lies concerns nobody
    print(service_tables.as_markdown(result))
    say(f"result: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
