"""One measured process: run under limits, its peak memory as the kernel says it."""

import dataclasses
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import time
from typing import Any

OUT_OF_MEMORY_EXIT_CODE = 3  # what runner.cc and worker.py end with
POLL_SECONDS = 0.02


@dataclasses.dataclass(frozen=True)
class Limits:
    seconds: float
    memory_bytes: int


@dataclasses.dataclass(frozen=True)
class Finished:
    """outcome: ok, out_of_memory, timeout or failed; output: the JSON that an ok process printed."""
    outcome: str
    wall_seconds: float
    peak_rss_bytes: int
    output: dict[str, Any]
    message: str


def available_memory() -> int:
    """Bytes that can be had without swapping."""
    for line in pathlib.Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("/proc/meminfo has no MemAvailable")


def run(command: list[str], threads: int, limits: Limits) -> Finished:
    """Runs `command` alone, and reads the JSON on its standard output."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        started = time.monotonic()
        child = start(command, threads, limits, stdout, stderr)
        status, usage, timed_out = wait(child.pid, started + limits.seconds)
        wall_seconds = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        outcome = outcome_of(child.returncode, timed_out)
        message = "" if outcome == "ok" else last_line(read_all(stderr))
        if timed_out:
            message = f"stopped after {limits.seconds:g} s"
        output = json.loads(read_all(stdout)) if outcome == "ok" else {}
        return Finished(outcome, wall_seconds, usage.ru_maxrss * 1024, output, message)


def start(command: list[str], threads: int, limits: Limits, stdout: Any, stderr: Any) -> subprocess.Popen[bytes]:
    def limit_memory() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))

    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads))
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment,
                            preexec_fn=limit_memory)


def wait(pid: int, deadline: float) -> tuple[int, resource.struct_rusage, bool]:
    """Exit status, resources, and whether the process had to be killed at `deadline` (of time.monotonic)."""
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return status, usage, False
        if time.monotonic() >= deadline:
            os.kill(pid, 9)
            _, status, usage = os.wait4(pid, 0)
            return status, usage, True
        time.sleep(POLL_SECONDS)


def outcome_of(exit_code: int, timed_out: bool) -> str:
    if timed_out:
        return "timeout"
    if exit_code == OUT_OF_MEMORY_EXIT_CODE:
        return "out_of_memory"
    return "ok" if exit_code == 0 else "failed"


def read_all(file: Any) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
