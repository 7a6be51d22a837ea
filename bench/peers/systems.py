"""The systems that are measured, and how each is called."""

import dataclasses
import json
import pathlib
import subprocess

TOP = 32
SAMPLES = 64
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@dataclasses.dataclass(frozen=True)
class Paths:
    build: pathlib.Path  # of the release preset
    work: pathlib.Path   # inputs, environment, scratch

    @property
    def awase(self) -> pathlib.Path:
        return self.build / "awase"

    @property
    def programs(self) -> pathlib.Path:
        return self.build / "bench" / "peers"

    @property
    def python(self) -> pathlib.Path:
        return self.work / "venv" / "bin" / "python"


@dataclasses.dataclass(frozen=True)
class System:
    name: str
    title: str
    ranks: bool                # gives the top 32, not only the pair counts
    program: str | None = None  # a C++ program; else worker.py measures it
    max_threads: int | None = None


SYSTEMS = (
    System("awase", "awase", True, "awase_count"),
    System("implicit", "implicit CosineRecommender", True),
    System("sparse_dot_topn", "sparse_dot_topn sp_matmul_topn", True),
    System("scipy", "SciPy BᵀB", False, max_threads=1),
    System("graphblas", "SuiteSparse:GraphBLAS PLUS_PAIR", False, "graphblas_product"),
    System("eigen", "Eigen sparse product", False, "eigen_product", max_threads=1),
    System("duckdb", "DuckDB SQL self-join", True),
)
BY_NAME = {system.name: system for system in SYSTEMS}


def command(system: System, paths: Paths, basket_file: pathlib.Path, threads: int, memory_bytes: int) -> list[str]:
    shared = ["--input", str(basket_file), "--threads", str(threads), "--top", str(TOP), "--samples", str(SAMPLES)]
    if system.program is not None:
        return [str(paths.programs / system.program), *shared]
    # Room for what is not under the control of the system's own limit: the interpreter, the input.
    own_limit = memory_bytes * 8 // 10
    return [str(paths.python), "-B", "-W", "ignore", str(HERE / "worker.py"), system.name, *shared,
            "--memory-limit", str(own_limit), "--scratch", str(paths.work / "scratch")]


def absent_systems(paths: Paths, wanted: list[System], not_installed: dict[str, str]) -> dict[str, str]:
    """System → why it cannot be measured here."""
    installed = python_versions(paths)
    absent = {}
    for system in wanted:
        if system.program is not None:
            if not (paths.programs / system.program).exists():
                absent[system.name] = f"{system.program} was not built: its packages are missing"
        elif system.name not in installed:
            package = system.name.replace("_", "-")
            absent[system.name] = not_installed.get(package, f"the package {system.name} cannot be imported")
    return absent


def python_versions(paths: Paths) -> dict[str, str]:
    """System → version of the installed package; empty when there is no environment that works."""
    try:
        done = subprocess.run([paths.python, "-B", "-W", "ignore", HERE / "worker.py", "versions"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    return json.loads(done.stdout)
