"""A result file as Markdown tables, and their place in a page."""

from collections.abc import Iterable
from typing import Any

import summary
from inputs import JOURNEY, parse
from systems import BY_NAME, SYSTEMS

REASONS = {"out_of_memory": "out of memory", "timeout": "too slow", "failed": "failed", "wrong": "wrong result"}
GIB = 2**30
BEGIN = "<!-- made by bench/peers/report.py: begin -->"
END = "<!-- made by bench/peers/report.py: end -->"
GOAL_INPUT = "30M-50k"
SMALLEST_GOAL_LINES = 3_000_000  # of the figures that name no size


def as_markdown(result: dict[str, Any]) -> str:
    parts = [heading(result), figures_table(result), counting_tables(result), reading_table(result),
             training_table(result), linearity_table(result), absent_list(result)]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(header: list[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in [header, *rows]]
    return "\n".join([lines[0], "|" + "---|" * len(header), *lines[1:]])


def number(value: float) -> str:
    """Three significant digits, never as a power of ten."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def title_of(name: str) -> str:
    if name == JOURNEY:
        return "The Complete Journey"
    wanted = parse(name)
    return f"{wanted.lines / 1e6:g} M lines, {wanted.products:,} products"


def heading(result: dict[str, Any]) -> str:
    facts = result["machine"]
    changed = f" with {result['changed_files']} changed files" if result["changed_files"] else ""
    versions = ", ".join(f"{BY_NAME[name].title.split()[0]} {version}"
                         for name, version in sorted(result["versions"].items()))
    return (f"Size `{result['size']}`, {result['date']}, commit {result['commit']}{changed}; {facts['cpu']}, "
            f"{facts['cores']} cores, {facts['memory_bytes'] / GIB:.0f} GiB, {facts['system']}, "
            f"Linux {facts['kernel']}, {facts['compiler']}. {versions}.")


# ---- the figures that awase is held to -------------------------------------------------------------------------------

def figures_table(result: dict[str, Any]) -> str:
    rows = [*ratio_figures(result), *speed_figures(result), *reading_figures(result), *training_figures(result),
            *linearity_figures(result)]
    header = ["figure", "wanted", "measured", "reached"]
    return "### The figures that awase is held to\n\n" + table(header, rows) if rows else ""


def figure(name: str, wanted: str, measured: str, reached: bool, is_goal_size: bool) -> list[str]:
    """A small run shows the figure without a verdict: the goals are for large inputs."""
    return [name, wanted, measured, ("yes" if reached else "no") if is_goal_size else "– (too small)"]


def ratio_figures(result: dict[str, Any]) -> Iterable[list[str]]:
    """On the input that the goals name, or the largest that was measured over 50,000 products."""
    ratios = summary.ratios(summary.medians(result["measurements"]))
    name = reference_input({key[0] for key in ratios if key[1] != "awase"})
    if name is None:
        return
    for peers, goals in ((("implicit", "sparse_dot_topn"), {1: 12, 2: 9}), (("graphblas", "scipy"), {1: 18, 2: 18})):
        for threads, goal in goals.items():
            # A system of one thread only is compared at one thread.
            found = {peer: ratios[name, peer, threads] for peer in peers if (name, peer, threads) in ratios}
            if found:
                peer = min(found, key=lambda candidate: found[candidate])
                yield figure(f"against the faster of {' and '.join(BY_NAME[p].title.split()[0] for p in peers)}, "
                             f"{title_of(name)}, {threads} thread{'s' * (threads > 1)}", f"{goal}×",
                             f"{number(found[peer])}× ({peer})", found[peer] >= goal, name == GOAL_INPUT)
    yield from duckdb_figures(ratios)


def reference_input(names: set[str]) -> str | None:
    candidates = [name for name in names if name != JOURNEY and parse(name).products == 50_000] or \
        [name for name in names if name != JOURNEY]
    if GOAL_INPUT in candidates:
        return GOAL_INPUT
    return max(candidates, key=lambda name: parse(name).lines, default=None)


def duckdb_figures(ratios: dict[summary.Key, float]) -> Iterable[list[str]]:
    cells = [key for key in ratios if key[1] == "duckdb" and key[0] != JOURNEY]
    if cells:
        largest = max(parse(key[0]).lines for key in cells)
        key = min((key for key in cells if parse(key[0]).lines == largest), key=lambda cell: ratios[cell])
        yield figure(f"against DuckDB's SQL on the largest input that both can do, {title_of(key[0])}, {key[2]} "
                     f"thread{'s' * (key[2] > 1)}", "10×", f"{number(ratios[key])}×", ratios[key] >= 10,
                     largest >= SMALLEST_GOAL_LINES)


def speed_figures(result: dict[str, Any]) -> Iterable[list[str]]:
    speeds = summary.medians([run for run in result["measurements"] if run["system"] == "awase"],
                             "updates_per_second_per_core")
    name = reference_input({key[0] for key in speeds})
    for key, speed in sorted(speeds.items()):
        if key[0] == name:
            yield figure(f"updates per second and core, {title_of(name)}, {key[2]} thread{'s' * (key[2] > 1)}", "400 M",
                         f"{number(speed / 1e6)} M", speed >= 400e6, name == GOAL_INPUT)


def reading_figures(result: dict[str, Any]) -> Iterable[list[str]]:
    for key, speed in sorted(summary.medians(result["reading"], "lines_per_second").items()):
        if key[2] == 2:
            goal = 8 if key[1] == "csv" else 15
            yield figure(f"{key[1]} to dense baskets, {title_of(key[0])}, 2 threads", f"{goal} M lines/s",
                         f"{number(speed / 1e6)} M lines/s", speed >= goal * 1e6,
                         parse(key[0]).lines >= SMALLEST_GOAL_LINES)


def training_figures(result: dict[str, Any]) -> Iterable[list[str]]:
    seconds = summary.medians(result["training"])
    memory = summary.medians(result["training"], "peak_rss_bytes")
    for key in seconds:
        if key[0] == "100M-1M":
            yield figure(f"{title_of(key[0])} of Parquet to a served version", "60 s, 6 GiB",
                         f"{number(seconds[key])} s, {number(memory[key] / GIB)} GiB",
                         seconds[key] < 60 and memory[key] < 6 * GIB, True)


def linear_series(result: dict[str, Any]) -> Iterable[tuple[str, int, dict[str, Any]]]:
    """(what, threads, linearity) of counting and of training over the sizes with the most common number of products."""
    for what, runs in (("counting", result["measurements"]), ("training", result["training"])):
        seconds = {key: value for key, value in summary.medians(runs).items()
                   if key[1] == "awase" and key[0] != JOURNEY}
        products = [parse(key[0]).products for key in seconds]
        if not products:
            continue
        common = max(sorted(set(products)), key=products.count)
        for threads in sorted({key[2] for key in seconds}):
            by_lines = {parse(key[0]).lines: value for key, value in seconds.items()
                        if key[2] == threads and parse(key[0]).products == common}
            if found := summary.linearity(by_lines):
                yield f"{what}, {common:,} products", threads, found


def linearity_figures(result: dict[str, Any]) -> Iterable[list[str]]:
    for what, threads, found in linear_series(result):
        yield figure(f"cost against lines, {what}, {threads} thread{'s' * (threads > 1)}", "linear within 15 %",
                     f"{found['largest_deviation']:.0%}", found["linear"],
                     min(found["seconds_per_line"]) >= SMALLEST_GOAL_LINES)


# ---- all measurements ------------------------------------------------------------------------------------------------

def counting_tables(result: dict[str, Any]) -> str:
    names = list(dict.fromkeys(run["input"] for run in result["measurements"] if run["system"] != "awase"))
    return "\n\n".join(counting_table(result, name) for name in names)


def counting_table(result: dict[str, Any], name: str) -> str:
    seconds = summary.medians(result["measurements"])
    cells = {"seconds": seconds, "ratio": summary.ratios(seconds),
             "memory": summary.medians(result["measurements"], "peak_rss_bytes"),
             "runs": summary.run_counts(result["measurements"]), "failures": summary.failures(result["measurements"])}
    threads = result["settings"]["threads"]
    header = ["system", "answers", *(f"{count} thread{'s' * (count > 1)}" for count in threads), "peak memory"]
    rows = [[system.title, "top 32" if system.ranks else "product alone",
             *(counting_cell(cells, (name, system.name, count), result["settings"]["repeats"]) for count in threads),
             memory_cell(cells["memory"], name, system.name)]
            for system in SYSTEMS if any(run["input"] == name and run["system"] == system.name
                                         for run in result["measurements"])]
    updates = result["inputs"].get(name, {}).get("updates", 0)
    return f"### {title_of(name)} ({updates / 1e6:,.0f} M updates)\n\n" + table(header, rows)


def counting_cell(cells: dict[str, dict[summary.Key, Any]], key: summary.Key, repeats: int) -> str:
    if key not in cells["seconds"]:
        return REASONS.get(cells["failures"].get(key, ""), "–")
    ratio = f" ({number(cells['ratio'][key])}×)" if key in cells["ratio"] and key[1] != "awase" else ""
    runs = f", {cells['runs'][key]} of {repeats} runs" if cells["runs"][key] < repeats else ""
    return f"{number(cells['seconds'][key])} s{ratio}{runs}"


def memory_cell(memory: dict[summary.Key, float], name: str, system: str) -> str:
    values = [value for key, value in memory.items() if key[:2] == (name, system)]
    return f"{number(max(values) / GIB)} GiB" if values else "–"


def reading_table(result: dict[str, Any]) -> str:
    speeds = summary.medians(result["reading"], "lines_per_second")
    memory = summary.medians(result["reading"], "peak_rss_bytes")
    rows = [[title_of(key[0]), key[1], str(key[2]), f"{number(speed / 1e6)} M", f"{number(memory[key] / GIB)} GiB"]
            for key, speed in sorted(speeds.items())]
    header = ["input", "format", "threads", "lines per second", "peak memory of the training"]
    return "### From files to dense baskets\n\n" + table(header, rows) if rows else ""


def training_table(result: dict[str, Any]) -> str:
    seconds, train = summary.medians(result["training"]), summary.medians(result["training"], "train_seconds")
    serve = summary.medians(result["training"], "serve_seconds")
    memory = summary.medians(result["training"], "peak_rss_bytes")
    rows = [[title_of(key[0]), str(key[2]), *(f"{number(part[key])} s" for part in (seconds, train, serve)),
             f"{number(memory[key] / GIB)} GiB"] for key in seconds]
    header = ["input", "threads", "all", "train", "until the server is ready", "peak memory of the training"]
    return "### From Parquet to a served version\n\n" + table(header, rows) if rows else ""


def linearity_table(result: dict[str, Any]) -> str:
    rows = [[what, str(threads), f"{lines / 1e6:g} M", f"{value * 1e9:,.1f} ns", f"{value / found['median'] - 1:+.0%}"]
            for what, threads, found in linear_series(result) for lines, value in found["seconds_per_line"].items()]
    header = ["what", "threads", "lines", "per line", "off the median"]
    return "### Cost against lines\n\n" + table(header, rows) if rows else ""


def absent_list(result: dict[str, Any]) -> str:
    titles = {name: BY_NAME[name].title if name in BY_NAME else title_of(name) for name in result["absent"]}
    return "\n".join(f"- {titles[name]} was not measured: {reason}" for name, reason in result["absent"].items())


def replace_between_markers(page: str, text: str) -> str:
    """ValueError when the page has not exactly one pair of markers."""
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise ValueError(f"the page needs one '{BEGIN}' and one '{END}' behind it")
    return page[:page.index(BEGIN) + len(BEGIN)] + "\n" + text + "\n" + page[page.index(END):]
