"""What a result was measured on."""

import os
import pathlib
import platform
import subprocess
from typing import Any

from systems import ROOT


def output_of(*command: str) -> str:
    """Standard output of a command, or nothing when it fails."""
    try:
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def field_of(path: str, name: str) -> str:
    """The value behind "name:" in a file of /proc."""
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown"


def describe_machine() -> dict[str, Any]:
    return {
        "cpu": field_of("/proc/cpuinfo", "model name"),
        "architecture": platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_bytes": int(field_of("/proc/meminfo", "MemTotal").split()[0]) * 1024,
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", "unknown"),
        "compiler": (output_of("c++", "--version").splitlines() or ["unknown"])[0],
        "python": platform.python_version(),
    }


def describe_commit() -> dict[str, Any]:
    return {"commit": output_of("git", "rev-parse", "--short=12", "HEAD") or "unknown",
            "changed_files": len(output_of("git", "status", "--porcelain", "--untracked-files=no").splitlines())}
