"""A result of bench-service as Markdown tables."""

import statistics
from collections.abc import Iterable
from typing import Any

import tables
from loads import FIGURES, calls_at_a_time

MIB = 2**20
GOAL_SIZE = "large"
GOAL_OUTSTANDING = (16, 64)
TITLES = {"awase": "awase", "null": "null server", "redis": "Redis, stored JSON"}


def as_markdown(result: dict[str, Any]) -> str:
    parts = [heading(result), figures_table(result), comparison_table(result), loads_table(result["results"]),
             "\n".join(f"- {TITLES[name]} was not measured: {reason}" for name, reason in result["absent"].items())]
    return "\n\n".join(part for part in parts if part) + "\n"


def heading(result: dict[str, Any]) -> str:
    facts, settings = result["machine"], result["settings"]
    changed = f" with {result['changed_files']} changed files" if result["changed_files"] else ""
    return (f"Size `{result['size']}`, {result['date']}, commit {result['commit']}{changed}; {facts['cpu']}, "
            f"{facts['cores']} cores, {facts['memory_bytes'] / 2**30:.0f} GiB, {facts['system']}, "
            f"Linux {facts['kernel']}, {facts['compiler']}. Medians of {settings['repeats']} runs of "
            f"{settings['seconds']:g} s.")


def median_of(result: dict[str, Any], kind: str, server: str, calls: int | None = None) -> dict[str, float] | None:
    """The figures of the first such load; None when there was none."""
    return next((run["median"] for run in result["results"] if run["kind"] == kind and run["server"] == server and
                 (calls is None or calls_at_a_time(run["flags"]) == calls)), None)


# ---- the figures that awase is held to -------------------------------------------------------------------------------

def figures(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Each with "figure", "wanted", "measured" (texts), "reached"."""
    return [*throughput_figures(result), *latency_figures(result), *swap_figures(result), *start_figures(result),
            *memory_figures(result)]


def figure(name: str, wanted: str, measured: str, reached: bool) -> dict[str, Any]:
    return {"figure": name, "wanted": wanted, "measured": measured, "reached": reached}


def throughput_figures(result: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for calls in GOAL_OUTSTANDING:
        awase, null = (median_of(result, "closed", server, calls) for server in ("awase", "null"))
        if awase and null:
            ratio = awase["calls_per_second"] / null["calls_per_second"]
            yield figure(f"calls per second with {calls} outstanding, against the null server", "0.90", f"{ratio:.2f}",
                         ratio >= 0.90)


def latency_figures(result: dict[str, Any]) -> Iterable[dict[str, Any]]:
    awase, null = (median_of(result, "open", server) for server in ("awase", "null"))
    if awase and null:
        for name in ("p50", "p99"):
            ratio = awase[name] / null[name]
            yield figure(f"{name} at half of that load, against the null server's", "1.15×", f"{ratio:.2f}×",
                         ratio <= 1.15)


def swap_figures(result: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Reached only where there was a change of each kind in every second: a change can take longer than that."""
    still, changing = (median_of(result, kind, "awase") for kind in ("open", "changing"))
    if still and changing:
        more = changing["p99"] / still["p99"] - 1
        seconds = result["settings"]["seconds"]
        runs = next(load["runs"] for load in result["results"] if load["kind"] == "changing")
        made = {name: statistics.median(run["changes"][name] for run in runs)
                for name in ("activations", "publications")}
        yield figure("p99 while models and rules swap every second, against without", "within 10 %",
                     f"{more:+.0%}, with {made['activations']:g} activations and {made['publications']:g} publications "
                     f"in {seconds:g} s", more <= 0.10 and min(made.values()) >= int(seconds))


def start_figures(result: dict[str, Any]) -> Iterable[dict[str, Any]]:
    if result["start_seconds"]:
        seconds = statistics.median(result["start_seconds"])
        yield figure("start to ready, checksums verified, page cache warm", "0.5 s", f"{tables.number(seconds)} s",
                     seconds <= 0.5)


def memory_figures(result: dict[str, Any]) -> Iterable[dict[str, Any]]:
    measured = median_of(result, "memory", "awase")
    if measured:
        megabytes = measured["server_own_mib"] * MIB / 1e6
        yield figure("resident memory beyond mapped files, 64 connections", "150 MB", f"{tables.number(megabytes)} MB",
                     megabytes <= 150)


def figures_table(result: dict[str, Any]) -> str:
    """A small run shows the figures without a verdict: the goals are for the large shop."""
    is_goal = result["size"] == GOAL_SIZE
    rows = [[row["figure"], row["wanted"], row["measured"],
             ("yes" if row["reached"] else "no") if is_goal else "– (too small)"] for row in figures(result)]
    header = ["figure", "wanted", "measured", "reached"]
    return "### The figures that awase is held to\n\n" + tables.table(header, rows) if rows else ""


# ---- beside a store of pages -----------------------------------------------------------------------------------------

def comparison_table(result: dict[str, Any]) -> str:
    servers = list(dict.fromkeys(run["server"] for run in result["results"]))
    closed = sorted({calls_at_a_time(run["flags"]) for run in result["results"] if run["kind"] == "closed"})
    rows = [*(row_of(result, servers, f"calls/s, {calls} outstanding", "closed", "calls_per_second", calls)
              for calls in closed),
            row_of(result, servers, f"p50 µs at {result['settings']['rate']:,} calls/s", "open", "p50"),
            row_of(result, servers, "p99 µs there", "open", "p99"),
            row_of(result, servers, "server CPU µs/call there", "open", "server_cpu_us_per_call"),
            ["memory per product page, bytes", *(bytes_of_page(result, server) for server in servers)]]
    return "### Where each wins\n\n" + tables.table(["product pages", *(TITLES[name] for name in servers)], rows)


def row_of(result: dict[str, Any], servers: list[str], title: str, kind: str, name: str,
           calls: int | None = None) -> list[str]:
    found = [median_of(result, kind, server, calls) for server in servers]
    return [title, *(f"{median[name]:,.{1 if 'cpu' in name else 0}f}" if median else "–" for median in found)]


def bytes_of_page(result: dict[str, Any], server: str) -> str:
    """Of Redis what the stored pages took, of awase all of its memory and files, both by page."""
    if server == "redis":
        return f"{result['stored']['memory_bytes'] / result['stored']['pages']:,.0f}"
    measured = median_of(result, "memory", "awase")
    if server != "awase" or not measured or not result["products"]:
        return "–"
    return f"{(result['version_bytes'] + measured['server_own_mib'] * MIB) / result['products']:,.0f}"


# ---- all loads -------------------------------------------------------------------------------------------------------

def loads_table(results: list[dict[str, Any]]) -> str:
    header = ["load", "server", "calls/s", "p50 µs", "p99 µs", "p99.9 µs", "max µs", "server CPU µs/call",
              "client CPU µs/call", "server MiB", "of which own", "not answered"]
    rows = [[run["load"], run["server"],
             *(f"{run['median'][name]:,.{1 if 'cpu' in name else 0}f}" for name in FIGURES)] for run in results]
    return "### All loads\n\n" + tables.table(header, rows)
