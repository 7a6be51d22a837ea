"""One measured Python package, in a process of its own: worker.py SYSTEM --input FILE …, JSON on standard output.

Loading the input and looking at the result are not timed. `worker.py versions` says what is installed.
"""

import argparse
import importlib.metadata
import json
import pathlib
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

OUT_OF_MEMORY_EXIT_CODE = 3


class Baskets(NamedTuple):
    products: int
    offsets: np.ndarray
    ids: np.ndarray


class Result(NamedTuple):
    """lists: per sampled product [[other, score, units or None], …], the best first."""
    seconds: float
    lists: dict[str, list[list[Any]]]
    extra: dict[str, Any]


def read_baskets(path: pathlib.Path) -> Baskets:
    """The format of csr_file.h."""
    header = np.fromfile(path, dtype=np.uint64, count=8)
    if header.size < 8 or header[:1].tobytes() != b"AWASECSR" or header[1] != 1:
        raise ValueError(f"{path} is no basket file of version 1")
    products, baskets, lines, offsets_at, ids_at = (int(value) for value in header[2:7])
    offsets = np.fromfile(path, dtype=np.uint64, count=baskets + 1, offset=offsets_at)
    ids = np.fromfile(path, dtype=np.uint32, count=lines, offset=ids_at)
    return Baskets(products, offsets, ids)


def sampled_products(products: int, samples: int) -> list[int]:
    """The same as SampledProducts of runner.h."""
    count = min(products, samples)
    return [i * products // count for i in range(count)]


def to_matrix(baskets: Baskets, dtype: Any) -> Any:
    """Baskets × products, every entry 1, with 32-bit indices where they are enough."""
    from scipy import sparse
    index = np.int32 if baskets.ids.size < 2**31 else np.int64
    return sparse.csr_matrix((np.ones(baskets.ids.size, dtype=dtype), baskets.ids.astype(index),
                              baskets.offsets.astype(index)), shape=(baskets.offsets.size - 1, baskets.products))


def best_others(product: int, others: np.ndarray, scores: np.ndarray, units: np.ndarray | None,
                top: int) -> list[list[Any]]:
    kept = [place for place in np.lexsort((others, -scores)) if others[place] != product and scores[place] > 0][:top]
    return [[int(others[i]), float(scores[i]), None if units is None else int(units[i])] for i in kept]


def row_of(matrix: Any, row: int) -> tuple[np.ndarray, np.ndarray]:
    first, last = matrix.indptr[row], matrix.indptr[row + 1]
    return matrix.indices[first:last], matrix.data[first:last]


def measure_implicit(baskets: Baskets, arguments: argparse.Namespace) -> Result:
    from implicit.nearest_neighbours import CosineRecommender
    matrix = to_matrix(baskets, np.float64)
    model = CosineRecommender(K=arguments.top + 1, num_threads=arguments.threads)  # a product is its own best neighbour
    started = time.monotonic()
    model.fit(matrix, show_progress=False)
    seconds = time.monotonic() - started
    lists = {}
    for product in sampled_products(baskets.products, arguments.samples):
        others, scores = row_of(model.similarity, product)
        lists[str(product)] = best_others(product, others, scores, None, arguments.top)
    return Result(seconds, lists, {})


def measure_sparse_dot_topn(baskets: Baskets, arguments: argparse.Namespace) -> Result:
    from sparse_dot_topn import sp_matmul_topn
    matrix = to_matrix(baskets, np.float64)
    started = time.monotonic()
    units = np.bincount(matrix.indices, minlength=baskets.products)
    matrix.data = (1 / np.sqrt(np.maximum(units, 1)))[matrix.indices]
    by_product = matrix.T.tocsr()
    result = sp_matmul_topn(by_product, matrix, top_n=arguments.top + 1, n_threads=arguments.threads, sort=True)
    seconds = time.monotonic() - started
    lists = {}
    for product in sampled_products(baskets.products, arguments.samples):
        others, scores = row_of(result, product)
        lists[str(product)] = best_others(product, others, scores, None, arguments.top)
    return Result(seconds, lists, {})


def measure_scipy(baskets: Baskets, arguments: argparse.Namespace) -> Result:
    matrix = to_matrix(baskets, np.int32)
    started = time.monotonic()
    counts = matrix.T @ matrix
    seconds = time.monotonic() - started
    units = np.maximum(np.bincount(baskets.ids, minlength=baskets.products), 1)
    lists = {}
    for product in sampled_products(baskets.products, arguments.samples):
        others, together = row_of(counts, product)  # symmetric: columns are rows
        scores = together / np.sqrt(float(units[product]) * units[others])
        lists[str(product)] = best_others(product, others, scores, together, arguments.top)
    total = int(counts.data.sum(dtype=np.int64)) - int(baskets.ids.size)  # without the diagonal
    return Result(seconds, lists, {"sum": total, "entries": int(counts.nnz)})


# Each pair is counted once and then turned round: a third faster than a join in both directions.
DUCKDB_QUERY = """
CREATE TABLE neighbours AS
WITH popularity AS (SELECT product, count(*) AS units FROM lines GROUP BY product),
pairs AS (SELECT a.product AS one, b.product AS other, count(*) AS units
          FROM lines a JOIN lines b ON a.basket = b.basket AND a.product < b.product GROUP BY ALL),
scored AS MATERIALIZED (SELECT one, other, pairs.units, pairs.units / sqrt(p.units * q.units) AS score
                        FROM pairs JOIN popularity p ON p.product = one JOIN popularity q ON q.product = other),
directed AS (SELECT one, other, units, score FROM scored UNION ALL SELECT other, one, units, score FROM scored)
SELECT one, other, units, score FROM directed
QUALIFY row_number() OVER (PARTITION BY one ORDER BY score DESC, other) <= {top}
"""


def measure_duckdb(baskets: Baskets, arguments: argparse.Namespace) -> Result:
    import duckdb
    connection = duckdb.connect(config={"threads": arguments.threads, "temp_directory": str(arguments.scratch),
                                        "memory_limit": f"{arguments.memory_limit // 2**20}MiB",
                                        "preserve_insertion_order": False})
    sizes = np.diff(baskets.offsets.astype(np.int64))
    order_lines = {"basket": np.repeat(np.arange(sizes.size, dtype=np.uint32), sizes), "product": baskets.ids}
    connection.execute("CREATE TABLE lines AS SELECT basket, product FROM order_lines")
    del order_lines
    started = time.monotonic()
    connection.execute(DUCKDB_QUERY.format(top=arguments.top))
    seconds = time.monotonic() - started
    lists = {}
    for product in sampled_products(baskets.products, arguments.samples):
        rows = connection.execute("SELECT other, score, units FROM neighbours WHERE one = ? ORDER BY score DESC, other",
                                  [product]).fetchall()
        lists[str(product)] = [list(row) for row in rows]
    return Result(seconds, lists, {})


SYSTEMS: dict[str, tuple[str, Callable[[Baskets, argparse.Namespace], Result]]] = {
    "implicit": ("implicit", measure_implicit),
    "sparse_dot_topn": ("sparse_dot_topn", measure_sparse_dot_topn),
    "scipy": ("scipy", measure_scipy),
    "duckdb": ("duckdb", measure_duckdb),
}


def installed_versions() -> dict[str, str]:
    versions = {}
    for name, (package, _) in SYSTEMS.items():
        try:
            __import__(package)
            versions[name] = importlib.metadata.version(package)
        except ImportError:
            continue
    return versions


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("system", choices=[*SYSTEMS, "versions"])
    parser.add_argument("--input", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--top", type=int, default=32)
    parser.add_argument("--samples", type=int, default=64)
    parser.add_argument("--memory-limit", type=int, default=2**33, help="bytes, for a system that can spill")
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("/tmp"))
    return parser.parse_args()


def is_memory_error(error: Exception) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException"


def main() -> int:
    arguments = parse_arguments()
    if arguments.system == "versions":
        print(json.dumps(installed_versions()))
        return 0
    try:
        result = SYSTEMS[arguments.system][1](read_baskets(arguments.input), arguments)
    except Exception as error:  # of any package: the last line of stderr is the message that is reported
        print(f"{type(error).__name__}: {error}".replace("\n", " "), file=sys.stderr)
        return OUT_OF_MEMORY_EXIT_CODE if is_memory_error(error) else 1
    print(json.dumps({"seconds": result.seconds, "lists": result.lists, **result.extra}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
