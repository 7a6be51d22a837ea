"""The servers that are put under load: started, timed, ended."""

import contextlib
import dataclasses
import json
import pathlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

from places import AWASE, PROGRAMS
from shop import Shop

REDIS_READY_SECONDS = 10


@dataclasses.dataclass(frozen=True)
class Server:
    """`load` is the program that puts it under load, `ready` the line that it printed."""
    address: str
    pid: int
    load: pathlib.Path = PROGRAMS / "load"
    ready: str = ""


@contextlib.contextmanager
def process_of(command: list[Any], stderr: int | None = None) -> Iterator[subprocess.Popen[str]]:
    """Ends it."""
    with subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=stderr, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def first_line(process: subprocess.Popen[str]) -> str:
    """RuntimeError when it ended without one."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"{process.args[0]} did not start")  # type: ignore[index]
    return line


def serve_command(shop: Shop, live: pathlib.Path | None) -> list[Any]:
    command: list[Any] = [AWASE, "serve", "--model", shop.model, "--grpc", "127.0.0.1:0", "--format", "json",
                          "--log-level", "error"]
    if shop.rules is not None:
        command += ["--rules", shop.rules]
    if live is not None:
        command += ["--live", live]
    return command


@contextlib.contextmanager
def awase(shop: Shop, live: pathlib.Path | None) -> Iterator[Server]:
    with process_of(serve_command(shop, live)) as process:
        ready = first_line(process)
        yield Server(json.loads(ready)["grpc"], process.pid, ready=ready)


def seconds_to_ready(shop: Shop, live: pathlib.Path | None) -> float:
    """From the start of the process until it says that it is ready."""
    started = time.monotonic()
    with awase(shop, live):
        return time.monotonic() - started


def feed(shop: Shop, live: pathlib.Path) -> None:
    """Live values as a shop's feed sends them; they are in the folder afterwards."""
    with awase(shop, live) as server:
        subprocess.run([PROGRAMS / "feed_shop", "--server", server.address, "--products", str(shop.products),
                        "--updates", str(shop.updates)], stdin=subprocess.DEVNULL, check=True)


@contextlib.contextmanager
def null_server(of: Server, requests: pathlib.Path) -> Iterator[Server]:
    with process_of([PROGRAMS / "null_server", "--from", of.address, "--requests", requests]) as process:
        yield Server(first_line(process), process.pid)


# ---- Redis -----------------------------------------------------------------------------------------------------------

def why_no_redis() -> str | None:
    """None: it is there."""
    if shutil.which("redis-server") is None:
        return "redis-server is not installed (tools/apt-packages-bench.txt)"
    if not (PROGRAMS / "store_pages").exists():
        return "built without hiredis (libhiredis-dev, tools/apt-packages-bench.txt)"
    return None


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + REDIS_READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError("redis-server did not start")


@contextlib.contextmanager
def redis(work: pathlib.Path) -> Iterator[Server]:
    """In memory alone, on a port of its own."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
               "--dir", work, "--loglevel", "warning"]
    with process_of(command, stderr=subprocess.DEVNULL) as process:
        wait_for_port(port, process)
        yield Server(f"127.0.0.1:{port}", process.pid, load=PROGRAMS / "redis_load")


def store_pages(of: Server, to: Server, requests: pathlib.Path) -> dict[str, int]:
    """How many pages, their bytes, and the bytes of memory that they take."""
    done = subprocess.run([PROGRAMS / "store_pages", "--from", of.address, "--redis", to.address, "--requests",
                           requests], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)
