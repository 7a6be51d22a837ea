#!/usr/bin/env python3
"""A server under all that comes at once, for as long as one likes: `tools/dev soak --help`; docs/benchmarks.md.

Mixed calls over gRPC and HTTP, changes of model and rules, a feed, bad requests, slow clients and such that vanish.
Every answer is held against what its version and its rules answered in peace; memory, descriptors and threads must not
grow.
"""

import argparse
import contextlib
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import soak_clients
import soak_shop
import soak_watch


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/dev soak", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=1000, help="calls per second over gRPC")
    parser.add_argument("--swap-seconds", type=float, default=3, help="between two changes of model or rules")
    parser.add_argument("--requests", type=int, default=360, help="different ones, of all placements")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=pathlib.Path, default=soak_shop.ROOT / "build" / "release")
    parser.add_argument("--out", type=pathlib.Path, help="file for the verdict, beside stdout")
    return parser.parse_args()


class Calls:
    """The program that speaks gRPC."""

    def __init__(self, arguments: argparse.Namespace, server: soak_shop.Server, requests: pathlib.Path) -> None:
        self._process = subprocess.Popen(
            [arguments.build / "bench" / "service" / "soak_calls", "--server", server.grpc,
             "--rate", str(arguments.rate), "--requests", requests, "--feed-product", soak_shop.FEED_PRODUCT,
             "--feed-page", soak_shop.FEED_PAGE, "--feed-currency", soak_shop.FEED_CURRENCY],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("soak_calls has ended")
        return json.loads(line)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def running(arguments: argparse.Namespace, folder: pathlib.Path) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Shop, server, calls and book, which have learned all states."""
    shop = soak_shop.make_shop(arguments.build / "awase", folder)
    requests = soak_shop.make_requests(arguments.requests, arguments.seed)
    file = folder / "requests.jsonl"
    file.write_text("".join(json.dumps(request) + "\n" for request in requests), encoding="utf-8")
    with soak_shop.Server(arguments.build / "awase", shop) as server:
        calls = Calls(arguments, server, file)
        try:
            book = soak_clients.HttpBook(server, requests)
            for version in shop.versions:
                for rules in shop.rule_sets:
                    server.activate(version)
                    server.publish(rules)
                    server.feed(soak_shop.FEED_PRODUCT, stock=0)
                    book.learn()
                    calls.say("learn")
                    learned = calls.hear()
                    book.learn()
            say(f"learned four states: {learned}")
            yield shop, server, calls, book
        finally:
            calls.end()


def say(text: str) -> None:
    print(f"soak: {text}", file=sys.stderr, flush=True)


def swapper(shop: soak_shop.Shop, server: soak_shop.Server) -> Any:
    def swap(chance: random.Random) -> str:
        if chance.random() < 0.5:
            server.activate(chance.choice(shop.versions))
            return "model"
        server.publish(chance.choice(shop.rule_sets))
        return "rules"
    return swap


def start_clients(arguments: argparse.Namespace, shop: Any, server: Any, book: Any) -> soak_clients.Clients:
    clients = soak_clients.Clients(server.grpc, server.http, arguments.seed)
    for _ in range(3):
        clients.start("http", clients.asker(book), 0.005)
    clients.start("recording", clients.recorder(), 0.05)
    clients.start("bad_request", clients.ask_badly, 0.05)
    clients.start("garbage", clients.send_garbage, 0.05)
    clients.start("vanishing", clients.vanish, 0.02)
    for _ in range(20):
        clients.start("slow", clients.be_slow, 0.1)
    clients.start("swap", swapper(shop, server), arguments.swap_seconds)
    return clients


def soak(arguments: argparse.Namespace, folder: pathlib.Path) -> dict[str, Any]:
    with running(arguments, folder) as (shop, server, calls, book):
        seconds = arguments.minutes * 60
        watch = soak_watch.Watch(server.process.pid, min(1.0, seconds / 50))
        clients = start_clients(arguments, shop, server, book)
        watch.start()
        calls.say(f"run {seconds}")
        is_alive = soak_watch.wait_until(time.monotonic() + seconds, lambda: server.process.poll() is None)
        said = calls.hear()
        watch.stop()
        clients.stop()
        growth = soak_watch.growth_of(watch.seen)
        faults = ([] if is_alive else ["the server ended"]) + soak_watch.faults_of_calls(said)
        faults += soak_watch.faults_of_clients(clients.outcomes, soak_clients.EXPECTED)
        faults += soak_watch.faults_of_growth(growth)
        log = server.log.read_text(encoding="utf-8").splitlines()
        faults += [f"logged: {line}" for line in log if "[error]" in line][:10]
        return {"is_clean": not faults, "faults": faults, "first_problem_of_clients": clients.first_problem,
                "seconds": seconds, "server": growth, "grpc": said, "clients": clients.outcomes,
                "log_lines": len(log)}


def main() -> int:
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="awase-soak-") as folder:
        try:
            verdict = soak(arguments, pathlib.Path(folder))
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            say(str(error))
            return 1
    text = json.dumps(verdict, indent=1)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")
    for fault in verdict["faults"]:
        say(fault)
    return 0 if verdict["is_clean"] else 1


if __name__ == "__main__":
    sys.exit(main())
