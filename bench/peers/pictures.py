"""A result file as pictures: cost against lines, products and threads. Colours and greys are chosen to be readable on a
white page and on a black one; the background is transparent."""

import math
import pathlib
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

import summary
from inputs import JOURNEY, parse
from systems import SYSTEMS, System

COLOURS = {"awase": "#e5484d", "implicit": "#3b82f6", "sparse_dot_topn": "#16a34a", "scipy": "#c2820a",
           "graphblas": "#a855f7", "eigen": "#0e9aa7", "duckdb": "#8b7355"}
MARKERS = {"awase": "o", "implicit": "s", "sparse_dot_topn": "^", "scipy": "D", "graphblas": "v", "eigen": "P",
           "duckdb": "X"}
GREY = "#7d8590"
Y_LABEL = "seconds (median, log scale)"

Series = dict[str, dict[int, float]]  # system → what the axis shows → median seconds


def draw_all(result: dict[str, Any], folder: pathlib.Path) -> list[pathlib.Path]:
    """Writes what the result has enough points for."""
    plt.rcParams.update({"svg.hashsalt": "awase", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 11,
                         "text.color": GREY, "axes.labelcolor": GREY, "axes.edgecolor": GREY, "xtick.color": GREY,
                         "ytick.color": GREY, "legend.frameon": False})
    seconds = {key: value for key, value in summary.medians(result["measurements"]).items() if key[0] != JOURNEY}
    threads = result["settings"]["threads"]
    drawings = {
        "peers-lines": ("order lines", {count: against(seconds, count, "lines") for count in threads}),
        "peers-products": ("products", {count: against(seconds, count, "products") for count in threads}),
    }
    written = []
    for name, (label, panels) in drawings.items():
        panels = {count: (fixed, series) for count, (fixed, series) in panels.items() if points(series) > 1}
        if panels:
            written.append(draw_curves(folder / f"{name}.svg", label, panels))
    if len(threads) > 1 and (drawn := draw_threads(folder / "peers-threads.svg", seconds, threads)):
        written.append(drawn)
    return written


def points(series: Series) -> int:
    return max((len(curve) for curve in series.values()), default=0)


def against(seconds: dict[summary.Key, float], threads: int, axis: str) -> tuple[str, Series]:
    """The curves along `axis` ("lines" or "products"), at the value of the other one that has the most points."""
    other = "products" if axis == "lines" else "lines"
    cells = [(parse(key[0]), key[1], value) for key, value in seconds.items() if key[2] == threads]
    counts = [getattr(made, other) for made, _, _ in cells]
    if not counts:
        return "", {}
    fixed = max(sorted(set(counts), reverse=True), key=lambda value: len(
        {made.name for made, _, _ in cells if getattr(made, other) == value}))
    series: Series = {}
    for made, system, value in cells:
        if getattr(made, other) == fixed:
            series.setdefault(system, {})[getattr(made, axis)] = value
    return f"{short(fixed)} {'products' if other == 'products' else 'lines'}", series


def short(value: float, _: object = None) -> str:
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:g} {unit}"
    return f"{value:g}"


def style(axes: Axes, label: str) -> None:
    axes.set_yscale("log")
    axes.set_xlabel(label)
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(True, which="major", color=GREY, alpha=0.3, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def draw_curves(path: pathlib.Path, label: str, panels: dict[int, tuple[str, Series]]) -> pathlib.Path:
    figure, all_axes = plt.subplots(1, len(panels), figsize=(5 * len(panels) + 2, 4.2), sharey=True, squeeze=False)
    for axes, (threads, (fixed, series)) in zip(all_axes[0], panels.items()):
        for system in SYSTEMS:
            if curve := series.get(system.name):
                xs = sorted(curve)
                axes.plot(xs, [curve[x] for x in xs], color=COLOURS[system.name], marker=MARKERS[system.name],
                          linestyle="-" if system.ranks else "--", linewidth=2.4 if system.name == "awase" else 1.6,
                          label=system.title + ("" if system.ranks else " (no ranking)"))
        axes.set_xscale("log")
        style(axes, f"{label} (log scale), {fixed}")
        axes.set_xticks(sorted({x for curve in series.values() for x in curve}))
        axes.xaxis.set_major_formatter(FuncFormatter(short))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_title(f"{threads} thread{'s' * (threads > 1)}", color=GREY)
    all_axes[0][0].set_ylabel(Y_LABEL)
    return save(figure, all_axes[0], path)


def draw_threads(path: pathlib.Path, seconds: dict[summary.Key, float], threads: list[int]) -> pathlib.Path | None:
    """Bars of the largest input that most systems could do; of several, the one of 50,000 products."""
    names = {key[0] for key in seconds if key[1] != "awase"}
    if not names:
        return None
    name = max(names, key=lambda one: (len({key[1] for key in seconds if key[0] == one}), parse(one).lines,
                                       parse(one).products == 50_000, parse(one).products))
    shown = [system for system in SYSTEMS if any(key[:2] == (name, system.name) for key in seconds)]
    figure, axes = plt.subplots(figsize=(8, 4.2))
    width = 0.8 / len(threads)
    for place, count in enumerate(threads):
        bars = [(x, seconds[name, system.name, count], COLOURS[system.name]) for x, system in enumerate(shown)
                if (name, system.name, count) in seconds]
        drawn = axes.bar([x + (place - (len(threads) - 1) / 2) * width for x, _, _ in bars], [y for _, y, _ in bars],
                         width * 0.9, color=[colour for _, _, colour in bars], alpha=1 - 0.45 * place / len(threads))
        axes.bar_label(drawn, [f"{y:.3g}" for _, y, _ in bars], color=GREY, fontsize=9)
    style(axes, f"{short(parse(name).lines)} lines, {short(parse(name).products)} products; "
                f"bars of a system, from the left: {', '.join(map(str, threads))} threads")
    axes.set_ylabel(Y_LABEL)
    axes.set_ylim(bottom=10 ** math.floor(math.log10(min(seconds[key] for key in seconds if key[0] == name))))
    axes.grid(False, axis="x")
    axes.set_xticks(range(len(shown)), [bar_label(system) for system in shown], fontsize=9)
    axes.tick_params(axis="x", length=0)
    return save(figure, [], path)


def bar_label(system: System) -> str:
    name = system.title.split()[0].replace(":", ":\n")
    return name if system.ranks else f"{name}\n(no ranking)"


def save(figure: Any, legend_of: Any, path: pathlib.Path) -> pathlib.Path:
    entries = {label: handle for axes in legend_of for handle, label in zip(*axes.get_legend_handles_labels())}
    figure.tight_layout()
    if entries:
        figure.legend(entries.values(), entries.keys(), loc="center left", bbox_to_anchor=(1, 0.5), labelcolor=GREY)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, transparent=True, bbox_inches="tight", metadata={"Date": None})  # the same bytes each time
    plt.close(figure)
    return path
