"""What is run against the servers, in which order, and the figures of a run."""

import dataclasses
import json
import pathlib
import statistics
import subprocess
from typing import Any

from places import say
from servers import Server

FIGURES = ("calls_per_second", "p50", "p99", "p99_9", "max", "server_cpu_us_per_call", "client_cpu_us_per_call",
           "server_rss_mib", "server_own_mib", "not_answered")
MEMORY_CONNECTIONS = 64
OPEN_LOOP_CONNECTIONS = 4
OPEN_LOOP_OUTSTANDING = 64  # at most, of a connection


@dataclasses.dataclass(frozen=True)
class Load:
    """One way of asking a server: flags of `load`. `kind`: closed, memory, open or changing (models and rules are
    swapped meanwhile)."""
    title: str
    kind: str
    flags: tuple[str, ...]


def closed_loop(calls: int) -> Load:
    connections = next(count for count in (4, 3, 2, 1) if calls % count == 0)
    return Load(f"{calls} at a time", "closed",
                ("--connections", str(connections), "--outstanding", str(calls // connections)))


def memory_load() -> Load:
    return Load(f"{MEMORY_CONNECTIONS} connections", "memory",
                ("--connections", str(MEMORY_CONNECTIONS), "--outstanding", "1"))


def open_loop(rate: int) -> Load:
    return Load(f"{rate} per second", "open",
                ("--connections", str(OPEN_LOOP_CONNECTIONS), "--outstanding", str(OPEN_LOOP_OUTSTANDING),
                 "--rate", str(rate)))


def changing_loop(rate: int, versions: tuple[str, str], rule_folders: tuple[pathlib.Path, pathlib.Path]) -> Load:
    return Load(f"{rate} per second, models and rules swapped every second", "changing",
                (*open_loop(rate).flags, "--activate", ",".join(versions), "--publish",
                 ",".join(map(str, rule_folders)), "--change-seconds", "1"))


def run_load(server: Server, flags: list[str]) -> dict[str, Any]:
    """RuntimeError with what the program said when it failed."""
    done = subprocess.run([server.load, "--server", server.address, "--server-pid", str(server.pid), *flags],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout)


def figures_of(run: dict[str, Any]) -> dict[str, float]:
    return {"calls_per_second": run["calls_per_second"],
            **{name: run["latency_us"][name] for name in ("p50", "p99", "p99_9", "max")},
            "server_cpu_us_per_call": run["server_cpu_us_per_call"],
            "client_cpu_us_per_call": run["client_cpu_us_per_call"],
            "server_rss_mib": run["server_rss_bytes"] / 2**20,
            "server_own_mib": run["server_own_bytes"] / 2**20,
            "not_answered": run["due"] - run["answered"]}


def measure(plan: list[tuple[Load, str]], servers: dict[str, Server], common_flags: list[str],
            repeats: int) -> list[dict[str, Any]]:
    """One round runs every load of the plan against its server, then the next begins: a slow minute meets all of them.
    A result has all runs, and the median of each figure."""
    results = [{"load": load.title, "kind": load.kind, "server": name, "flags": list(load.flags), "runs": []}
               for load, name in plan]
    for repeat in range(repeats):
        for result in results:
            say(f"{repeat + 1} of {repeats}: {result['server']}, {result['load']}")
            result["runs"].append(run_load(servers[result["server"]], [*result["flags"], *common_flags]))
    for result in results:
        all_figures = [figures_of(run) for run in result["runs"]]
        result["median"] = {name: statistics.median(figures[name] for figures in all_figures) for name in FIGURES}
    return results


def half_throughput(results: list[dict[str, Any]], server: str) -> int:
    """Half of what the server did with the most calls at a time, per second; at least 1."""
    closed = [result for result in results if result["kind"] == "closed" and result["server"] == server]
    most = max(closed, key=lambda result: calls_at_a_time(result["flags"]))
    return max(1, round(most["median"]["calls_per_second"] / 2))


def calls_at_a_time(flags: list[str]) -> int:
    return int(flags[flags.index("--connections") + 1]) * int(flags[flags.index("--outstanding") + 1])
