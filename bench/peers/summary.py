"""From single measurements to figures: medians, ratios, linearity."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

LINEAR_WITHIN = 0.15

Key = tuple[str, str, int]  # input, system, threads


def medians(measurements: Iterable[dict[str, Any]], value: str = "seconds") -> dict[Key, float]:
    """Median of the runs that ended well; cells without such a run are left out."""
    runs: dict[Key, list[float]] = defaultdict(list)
    for run in measurements:
        if run["outcome"] == "ok":
            runs[run["input"], run["system"], run["threads"]].append(run[value])
    return {key: statistics.median(values) for key, values in runs.items()}


def run_counts(measurements: Iterable[dict[str, Any]]) -> dict[Key, int]:
    counts: dict[Key, int] = defaultdict(int)
    for run in measurements:
        counts[run["input"], run["system"], run["threads"]] += run["outcome"] == "ok"
    return dict(counts)


def failures(measurements: Iterable[dict[str, Any]]) -> dict[Key, str]:
    """Why a cell has no figure: the outcome of its last run that ended badly."""
    return {(run["input"], run["system"], run["threads"]): run["outcome"] for run in measurements
            if run["outcome"] != "ok"}


def ratios(seconds: dict[Key, float]) -> dict[Key, float]:
    """How many times longer than awase, on the same input with the same threads."""
    return {key: value / seconds[key[0], "awase", key[2]] for key, value in seconds.items()
            if (key[0], "awase", key[2]) in seconds}


def linearity(seconds_by_lines: dict[int, float]) -> dict[str, Any] | None:
    """Seconds per line at each size against their median over the sizes. None with fewer than two sizes."""
    if len(seconds_by_lines) < 2:
        return None
    per_line = {lines: seconds / lines for lines, seconds in sorted(seconds_by_lines.items())}
    middle = statistics.median(per_line.values())
    worst = max(abs(value / middle - 1) for value in per_line.values())
    return {"seconds_per_line": per_line, "median": middle, "largest_deviation": worst,
            "linear": worst <= LINEAR_WITHIN}
