"""Puts `awase serve` under load and, in turn with it, a server that answers with the same bytes without thinking:
tools/dev bench-service --help. What is measured and how: docs/benchmarks.md."""

import argparse
import contextlib
import datetime
import json
import pathlib
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(HERE.parent / "peers"))

import machine  # noqa: E402: in the folder that was just added

BUILD = ROOT / "build" / "release"
PROGRAMS = BUILD / "bench" / "service"
FIGURES = ("calls_per_second", "p50", "p99", "p99_9", "max", "server_cpu_us_per_call", "client_cpu_us_per_call",
           "server_rss_mib", "not_answered")


def positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 on")
    return int(text)


def number_list(text: str) -> list[int]:
    return [positive(number) for number in text.split(",") if number]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/dev bench-service", description="awase serve under load")
    parser.add_argument("--model", type=pathlib.Path, help="model directory (default: examples/shop, trained now)")
    parser.add_argument("--rules", type=pathlib.Path, help="folder of rules (default: none)")
    parser.add_argument("--requests", type=pathlib.Path,
                        help="requests as JSON lines (default: made from the version's products)")
    parser.add_argument("--outstanding", type=number_list, default=[1, 16, 64], metavar="N,N",
                        help="closed loops: calls at a time over all connections (default: 1,16,64)")
    parser.add_argument("--rates", type=number_list, default=[1000, 10_000], metavar="N,N",
                        help="open loops: calls per second (default: 1000,10000)")
    parser.add_argument("--seconds", type=float, default=10, help="of one run (default: 10)")
    parser.add_argument("--repeats", type=positive, default=5, help="of every run; figures are medians (default: 5)")
    parser.add_argument("--out", type=pathlib.Path, help="result file (default: bench/results/DATE-COMMIT-service.json)")
    return parser.parse_args()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def train_shop(folder: pathlib.Path) -> pathlib.Path:
    """A version of examples/shop, made once."""
    model = folder / "shop"
    if not (model / "ACTIVE").exists():
        folder.mkdir(parents=True, exist_ok=True)
        shop = ROOT / "examples" / "shop"
        orders = folder / "orders.csv"
        subprocess.run([sys.executable, "-B", shop / "generate_orders.py", orders], check=True)
        subprocess.run([BUILD / "awase", "train", "--orders", orders, "--products", shop / "products.csv", "--out", model],
                       stdout=subprocess.DEVNULL, check=True)
    return model


@contextlib.contextmanager
def server(command: list[Any]) -> Iterator[tuple[str, int]]:
    """The first line that a server prints, and its process number. Ends the server."""
    with subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            if not line:
                raise RuntimeError(f"{command[0]} did not start")
            yield line, process.pid
        finally:
            process.terminate()


def loads(arguments: argparse.Namespace) -> list[tuple[str, list[str]]]:
    """What is run against each server: a title, and flags of `load`."""
    closed = []
    for calls in arguments.outstanding:
        connections = next(count for count in (4, 3, 2, 1) if calls % count == 0)
        closed.append((f"{calls} at a time",
                       ["--connections", str(connections), "--outstanding", str(calls // connections)]))
    opened = [(f"{rate} per second", ["--connections", "4", "--outstanding", "64", "--rate", str(rate)])
              for rate in arguments.rates]
    return closed + opened


def run_load(address: str, pid: int, flags: list[str]) -> dict[str, Any]:
    done = subprocess.run([PROGRAMS / "load", "--server", address, "--server-pid", str(pid), *flags],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout)


def figures_of(run: dict[str, Any]) -> dict[str, float]:
    return {"calls_per_second": run["calls_per_second"],
            **{name: run["latency_us"][name] for name in ("p50", "p99", "p99_9", "max")},
            "server_cpu_us_per_call": run["server_cpu_us_per_call"],
            "client_cpu_us_per_call": run["client_cpu_us_per_call"],
            "server_rss_mib": run["server_rss_bytes"] / 2**20,
            "not_answered": run["due"] - run["answered"]}


def measure(arguments: argparse.Namespace, request_flags: list[str],
            servers: dict[str, tuple[str, int]]) -> list[dict[str, Any]]:
    """One round runs every load against every server, then the next begins: a slow minute meets all of them."""
    results = [{"load": title, "server": name, "flags": flags, "runs": []}
               for title, flags in loads(arguments) for name in servers]
    for repeat in range(arguments.repeats):
        for result in results:
            say(f"{repeat + 1} of {arguments.repeats}: {result['server']}, {result['load']}")
            result["runs"].append(run_load(*servers[result["server"]],
                                           [*result["flags"], *request_flags, "--seconds", str(arguments.seconds)]))
    for result in results:
        all_figures = [figures_of(run) for run in result["runs"]]
        result["median"] = {name: statistics.median(figures[name] for figures in all_figures) for name in FIGURES}
    return results


def as_markdown(results: list[dict[str, Any]]) -> str:
    lines = ["| load | server | calls/s | p50 µs | p99 µs | p99.9 µs | max µs | server CPU µs/call | client CPU µs/call "
             "| server MiB | not answered |", "|" + "---|" * 11]
    for result in results:
        median = result["median"]
        lines.append(f"| {result['load']} | {result['server']} | "
                     + " | ".join(f"{median[name]:,.{1 if 'cpu' in name else 0}f}" for name in FIGURES) + " |")
    return "\n".join(lines)


def main() -> int:
    arguments = parse_arguments()
    started = {"date": datetime.date.today().isoformat(), **machine.describe_commit()}
    out = arguments.out or ROOT / "bench" / "results" / f"{started['date']}-{started['commit']}-service.json"
    try:
        model = arguments.model or train_shop(ROOT / "build" / "bench-service")
        request_flags = ["--requests", str(arguments.requests)] if arguments.requests else ["--model", str(model)]
        rules = ["--rules", arguments.rules] if arguments.rules else []
        serve = [BUILD / "awase", "serve", "--model", model, "--grpc", "127.0.0.1:0", "--format", "json", *rules]
        with server(serve) as (ready, awase_pid):
            awase = json.loads(ready)["grpc"]
            with server([PROGRAMS / "null_server", "--from", awase, *request_flags]) as (null, null_pid):
                results = measure(arguments, request_flags, {"awase": (awase, awase_pid), "null": (null, null_pid)})
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        say(f"bench-service: {error}")
        return 1
    out.write_text(json.dumps({**started, "machine": machine.describe_machine(), "version": json.loads(ready)["version"],
                               "rules": json.loads(ready)["rules"], "results": results}, indent=1) + "\n",
                   encoding="utf-8")
    print(as_markdown(results))
    say(f"result: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
