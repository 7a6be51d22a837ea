"""awase's whole way: order dumps → baskets (the reading) and Parquet → a server that is ready (the training)."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import time
from typing import Any

import process
from systems import Paths

READING_STAGES = ("read", "intern")  # from bytes to dense baskets
SERVER_STOP_SECONDS = 30


def train(paths: Paths, orders: pathlib.Path, threads: int, limits: process.Limits, flags: list[str],
          model: pathlib.Path) -> process.Finished:
    """`model` is made anew. The report of `awase train` is the output."""
    shutil.rmtree(model, ignore_errors=True)
    command = [str(paths.awase), "train", *flags, "--orders", str(orders), "--currency", "USD", "--out", str(model),
               "--threads", str(threads), "--format", "json"]
    return process.run(command, threads, limits)


def reading_seconds(report: dict[str, Any]) -> tuple[float, int] | None:
    """Seconds and rows of the stages of reading; None for a report that does not tell them apart."""
    stages = report.get("stages", {})
    if any(stage not in stages for stage in READING_STAGES):
        return None
    return sum(stages[stage]["seconds"] for stage in READING_STAGES), stages["read"]["rows"]


def measure_reading(paths: Paths, orders: pathlib.Path, threads: int, limits: process.Limits,
                    flags: list[str]) -> dict[str, Any]:
    finished = train(paths, orders, threads, limits, flags, paths.work / "model")
    run = base_run(finished)
    if finished.outcome != "ok":
        return run
    found = reading_seconds(finished.output)
    if found is None:
        return run | {"outcome": "failed", "message": f"awase train reports no stages {' and '.join(READING_STAGES)}"}
    seconds, rows = found
    return run | {"seconds": seconds, "rows": rows, "lines_per_second": rows / seconds,
                  "stages": finished.output["stages"]}


def measure_training(paths: Paths, orders: pathlib.Path, threads: int, limits: process.Limits,
                     flags: list[str]) -> dict[str, Any]:
    """seconds: from the start of `awase train` until the server says that it is ready."""
    model = paths.work / "model"
    finished = train(paths, orders, threads, limits, flags, model)
    run = base_run(finished)
    if finished.outcome != "ok":
        return run
    try:
        serve_seconds = serve_until_ready(paths, model)
    except RuntimeError as error:
        return run | {"outcome": "failed", "message": str(error)}
    return run | {"seconds": finished.wall_seconds + serve_seconds, "train_seconds": finished.wall_seconds,
                  "serve_seconds": serve_seconds, "stages": finished.output.get("stages", {})}


def base_run(finished: process.Finished) -> dict[str, Any]:
    return {"outcome": finished.outcome, "message": finished.message, "peak_rss_bytes": finished.peak_rss_bytes}


def serve_until_ready(paths: Paths, model: pathlib.Path) -> float:
    """Seconds from the start of `awase serve` until its ready line, after which it is stopped."""
    with tempfile.TemporaryFile() as log:
        started = time.monotonic()
        server = subprocess.Popen([str(paths.awase), "serve", "--model", str(model), "--grpc", "127.0.0.1:0",
                                   "--format", "json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        try:
            line = server.stdout.readline() if server.stdout else b""
            seconds = time.monotonic() - started
        finally:
            stop(server)
        if not line:
            raise RuntimeError(f"awase serve ended: {process.last_line(process.read_all(log))}")
    json.loads(line)  # the ready line and nothing else
    return seconds


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.communicate(timeout=SERVER_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.communicate()
