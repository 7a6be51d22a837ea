"""Where everything is. AWASE_BUILD names another build than that of tools/dev."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("AWASE_BUILD", ROOT / "build" / "release"))
AWASE = BUILD / "awase"
PROGRAMS = BUILD / "bench" / "service"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
