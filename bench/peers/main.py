"""Measures awase and its peers on the same input: tools/dev bench-peers --help. What is measured and how:
docs/benchmarks.md."""

import argparse
import dataclasses
import pathlib
import subprocess
import sys

import environment
import tables
from bench import Bench, say
from inputs import PLANS, parse_all
from systems import BY_NAME, ROOT, SYSTEMS, Paths, absent_systems, python_versions

STAGES = ("count", "read", "train")
PEERS = tuple(system.name for system in SYSTEMS if system.name != "awase")


def peer_list(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    if unknown := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(PEERS)}")
    return names


def stage_list(text: str) -> list[str]:
    stages = text.split(",")
    if unknown := [stage for stage in stages if stage not in STAGES]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(STAGES)}")
    return stages


def input_list(text: str) -> tuple[str, ...]:
    try:
        return parse_all(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 on")
    return int(text)


def thread_list(text: str) -> list[int]:
    return [positive(count) for count in text.split(",")]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/dev bench-peers", description="awase and its peers on the same input")
    parser.add_argument("--size", choices=sorted(PLANS), default="medium", help="which inputs (default: medium)")
    parser.add_argument("--inputs", type=input_list, help="for counting, instead of the size's: 3M-50k,30M-1M,journey")
    parser.add_argument("--training", type=input_list, help="from files to a ready server, instead of the size's")
    parser.add_argument("--train-flags", default="--no-tune", metavar="FLAGS",
                        help="of awase train when it reads and trains (default: --no-tune)")
    parser.add_argument("--peers", type=peer_list, default=list(PEERS),
                        help=f"of {','.join(PEERS)} (default: all; '' = none)")
    parser.add_argument("--threads", type=thread_list, default=[1, 2], help="default: 1,2")
    parser.add_argument("--repeats", type=positive, default=5, help="runs of each measurement (default: 5)")
    parser.add_argument("--stages", type=stage_list, default=list(STAGES),
                        help=f"of {','.join(STAGES)} (default: all)")
    parser.add_argument("--time-limit", type=float, default=900, metavar="SECONDS",
                        help="of one process (default: 900)")
    parser.add_argument("--once-above", type=float, default=100, metavar="SECONDS",
                        help="what takes longer is measured once (default: 100)")
    parser.add_argument("--out", type=pathlib.Path, help="result file (default: bench/results/DATE-COMMIT.json)")
    parser.add_argument("--report", action="store_true", help="then write docs/benchmarks.md and its pictures from it")
    return parser.parse_args()


def make_bench(arguments: argparse.Namespace) -> Bench:
    plan = PLANS[arguments.size]
    if arguments.inputs is not None:
        plan = dataclasses.replace(plan, inputs=arguments.inputs, lines=())
    if arguments.training is not None:
        plan = dataclasses.replace(plan, training=arguments.training)
    paths = Paths(build=ROOT / "build" / "release", work=ROOT / "build" / "peers")
    for folder in ("inputs", "scratch"):
        (paths.work / folder).mkdir(parents=True, exist_ok=True)
    for left_over in (paths.work / "inputs").iterdir():
        left_over.unlink()
    bench = Bench(arguments, plan, paths)
    not_installed = environment.ensure(paths.work / "venv")
    bench.absent = absent_systems(paths, [BY_NAME[name] for name in arguments.peers], not_installed)
    bench.versions = python_versions(paths)
    for name, reason in bench.absent.items():
        say(f"absent: {name}: {reason}")
    return bench


def write_report(bench: Bench) -> int:
    """In the peers' environment, which has what draws the pictures."""
    script = pathlib.Path(__file__).with_name("report.py")
    done = subprocess.run([bench.paths.python, "-B", script, bench.out], stdin=subprocess.DEVNULL, check=False)
    return done.returncode


def main() -> int:
    arguments = parse_arguments()
    bench = make_bench(arguments)
    chores = {"count": bench.count, "read": bench.read, "train": bench.train}
    try:
        for stage in STAGES:
            if stage in arguments.stages:
                chores[stage]()
    except (RuntimeError, subprocess.CalledProcessError) as error:
        say(f"bench-peers: {error}")
        return 1
    print(tables.as_markdown(bench.result()))
    say(f"result: {bench.out}")
    for mismatch in bench.mismatches:
        say(f"bench-peers: results differ: {mismatch}")
    if bench.mismatches:
        return 1
    return write_report(bench) if arguments.report else 0


if __name__ == "__main__":
    sys.exit(main())
