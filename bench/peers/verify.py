"""Whether two systems gave the same answer. A list is [[other, score, units or None], …], best first."""

import math
from collections.abc import Iterator
from typing import Any

Lists = dict[str, list[list[Any]]]

RELATIVE_TOLERANCE = 1e-5  # scores: some systems add up single-precision numbers


def close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-9)


def compare_results(name: str, reference: dict[str, Any], result: dict[str, Any]) -> list[str]:
    """The ways in which `result` of system `name` contradicts awase's; none when it agrees."""
    problems = list(compare_lists(reference["lists"], result["lists"]))
    if "sum" in result and result["sum"] != reference["updates"]:
        problems.append(f"all pair counts add up to {result['sum']}, want {reference['updates']}")
    return [f"{name}: {problem}" for problem in problems]


def compare_lists(reference: Lists, lists: Lists) -> Iterator[str]:
    if reference.keys() != lists.keys():
        yield f"other products were sampled: {sorted(reference.keys() ^ lists.keys())[:5]}"
        return
    for product, expected in reference.items():
        problem = compare_list(expected, lists[product])
        if problem:
            yield f"product {product}: {problem}"


def compare_list(expected: list[list[Any]], actual: list[list[Any]]) -> str | None:
    """Scores must agree place by place; who stands there only where no tie leaves a choice."""
    if len(expected) != len(actual):
        return f"{len(actual)} neighbours, want {len(expected)}"
    for place, (want, got) in enumerate(zip(expected, actual)):
        if not close(want[1], got[1]):
            return f"score {got[1]} at place {place}, want {want[1]}"
    by_id = {entry[0]: entry for entry in actual}
    for other, score, units in expected:
        if other not in by_id:
            if not close(score, expected[-1][1]):
                return f"neighbour {other} (score {score}) is missing"
            continue
        _, other_score, other_units = by_id[other]
        if not close(score, other_score):
            return f"score {other_score} of neighbour {other}, want {score}"
        if None not in (units, other_units) and units != other_units:
            return f"{other_units} units together with {other}, want {units}"
    return None
