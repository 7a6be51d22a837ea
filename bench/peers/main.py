"""Measures awase and its peers on the same input: tools/dev bench-peers --help. What is measured and how:
docs/benchmarks.md."""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
from typing import Any

import environment
import machine
import process
import tables
import training
import verify
from inputs import PLANS, Input, Plan, parse, parse_all
from systems import BY_NAME, ROOT, SYSTEMS, TOP, Paths, System, absent_systems, command, python_versions

STAGES = ("count", "read", "train")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Bench:
    """One run: what is asked for, and the result as it grows."""

    def __init__(self, arguments: argparse.Namespace, plan: Plan, paths: Paths) -> None:
        self.arguments = arguments
        self.plan = plan
        self.paths = paths
        self.started = {"date": datetime.date.today().isoformat(), **machine.describe_commit()}
        self.out = arguments.out or ROOT / "bench" / "results" / f"{self.started['date']}-{self.started['commit']}.json"
        self.limits = process.Limits(arguments.time_limit, process.available_memory() * 9 // 10)
        self.inputs: dict[str, dict[str, Any]] = {}
        self.absent: dict[str, str] = {}
        self.versions: dict[str, str] = {}
        self.measurements: list[dict[str, Any]] = []
        self.reading: list[dict[str, Any]] = []
        self.training: list[dict[str, Any]] = []
        self.mismatches: list[str] = []

    # ---- inputs ------------------------------------------------------------------------------------------------------

    def file(self, name: str, suffix: str) -> pathlib.Path:
        return self.paths.work / "inputs" / f"{name}{suffix}"

    def generate(self, wanted: Input, *flags: str) -> None:
        subprocess.run([self.paths.programs / "generate", "--lines", str(wanted.lines), "--products", str(wanted.products),
                        *flags], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)

    def prepare(self, *arguments: str) -> None:
        """RuntimeError with a sentence when the input cannot be made."""
        done = subprocess.run([self.paths.python, "-B", pathlib.Path(__file__).with_name("prepare.py"), *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(process.last_line(done.stderr))

    def basket_file(self, name: str) -> pathlib.Path:
        """Made anew in each run: it takes seconds, and an old one could be another generator's."""
        wanted, path = parse(name), self.file(name, ".csr")
        say(f"input {name}")
        if wanted.is_generated:
            self.generate(wanted, "--csr", str(path))
        else:
            self.prepare("journey", str(path))
        return path

    def order_file(self, name: str, suffix: str) -> pathlib.Path:
        wanted = self.file(name, suffix)
        if wanted.exists():
            return wanted
        say(f"input {name}{suffix}")
        if suffix == ".csv":
            self.generate(parse(name), "--csv", str(wanted))
            return wanted
        csv = self.file(name, ".csv")
        is_kept = csv.exists()  # the reading wants both
        self.prepare("parquet", str(self.order_file(name, ".csv")), str(wanted))
        if not is_kept:
            csv.unlink()
        return wanted

    def remove_inputs(self, name: str) -> None:
        for suffix in (".csr", ".csv", ".parquet"):
            self.file(name, suffix).unlink(missing_ok=True)

    # ---- counting ----------------------------------------------------------------------------------------------------

    def systems(self, name: str) -> list[System]:
        """awase first: its answer is what the others' are compared with."""
        alone = name not in self.plan.inputs
        return [system for system in SYSTEMS if system.name == "awase" or
                (not alone and system.name in self.arguments.peers and system.name not in self.absent)]

    def count_input(self, name: str) -> None:
        try:
            path = self.basket_file(name)
        except RuntimeError as error:
            say(f"  skipped: {error}")
            self.absent[name] = str(error)
            return
        reference: dict[str, Any] = {}
        for repeat in range(1, self.arguments.repeats + 1):
            for system in self.systems(name):
                for threads in self.arguments.threads:
                    if system.max_threads is None or threads <= system.max_threads:
                        self.count_once(name, path, system, threads, repeat, reference)

    def is_settled(self, runs: list[dict[str, Any]], name: str, system: str, threads: int) -> bool:
        """Whether a cell needs no further run: it failed, or it takes so long that one run says enough."""
        return any(run["outcome"] != "ok" or run["seconds"] > self.arguments.once_above for run in runs
                   if (run["input"], run["system"], run["threads"]) == (name, system, threads))

    def count_once(self, name: str, path: pathlib.Path, system: System, threads: int, repeat: int,
                   reference: dict[str, Any]) -> None:
        if self.is_settled(self.measurements, name, system.name, threads):
            return
        finished = process.run(command(system, self.paths, path, threads, self.limits.memory_bytes), threads, self.limits)
        result = finished.output
        run = {"input": name, "system": system.name, "threads": threads, "repeat": repeat, "outcome": finished.outcome,
               "message": finished.message, "peak_rss_bytes": finished.peak_rss_bytes,
               **{key: value for key, value in result.items() if key not in ("lists", "peak_rss_bytes", "version")}}
        if finished.outcome == "ok":
            self.check(name, system.name, result, reference, run)
        self.measurements.append(run)
        say(f"  {system.name}, {threads} thread{'s' * (threads > 1)}, run {repeat}: {describe(run)}")

    def check(self, name: str, system: str, result: dict[str, Any], reference: dict[str, Any], run: dict[str, Any]) -> None:
        """Compares with awase's first answer; what differs makes the run "wrong" and in the end fails all of it."""
        if "version" in result:
            self.versions[system] = result["version"]
        if not reference and system == "awase":
            reference.update(result)
            self.inputs[name] = {"updates": result["updates"]}
        problems = verify.compare_results(system, reference, result) if reference else [f"{system}: nothing to compare with"]
        if problems:
            run.update(outcome="wrong", message=problems[0])
            self.mismatches.extend(f"{name}: {problem}" for problem in problems[:5])

    def count(self) -> None:
        for name in dict.fromkeys(self.plan.inputs + self.plan.lines):
            self.count_input(name)
            self.remove_inputs(name)
            self.save()

    # ---- reading and training ----------------------------------------------------------------------------------------

    def read(self) -> None:
        for name in self.plan.reading:
            for repeat in range(1, self.arguments.repeats + 1):
                for suffix in (".csv", ".parquet"):
                    for threads in self.arguments.threads:
                        self.read_once(name, suffix, threads, repeat)
            self.remove_inputs(name)
            self.save()

    def read_once(self, name: str, suffix: str, threads: int, repeat: int) -> None:
        if self.is_settled(self.reading, name, suffix[1:], threads):
            return
        orders = self.order_file(name, suffix)
        run = training.measure_reading(self.paths, orders, threads, self.limits)
        self.reading.append({"input": name, "system": suffix[1:], "threads": threads, "repeat": repeat, **run})
        say(f"  read {name}{suffix}, {threads} thread{'s' * (threads > 1)}, run {repeat}: {describe(run)}")

    def train(self) -> None:
        threads = max(self.arguments.threads)
        for name in self.plan.training:
            orders = self.order_file(name, ".parquet")
            for repeat in range(1, self.arguments.repeats + 1):
                if self.is_settled(self.training, name, "awase", threads):
                    break
                run = training.measure_training(self.paths, orders, threads, self.limits)
                self.training.append({"input": name, "system": "awase", "threads": threads, "repeat": repeat, **run})
                say(f"  {name}.parquet to a ready server, {threads} threads, run {repeat}: {describe(run)}")
            self.remove_inputs(name)
            self.save()

    # ---- the result --------------------------------------------------------------------------------------------------

    def result(self) -> dict[str, Any]:
        arguments = self.arguments
        return {
            **self.started, "size": arguments.size,
            "machine": machine.describe_machine(), "versions": self.versions, "absent": self.absent,
            "settings": {"repeats": arguments.repeats, "threads": arguments.threads, "top": TOP,
                         "time_limit_seconds": self.limits.seconds, "memory_limit_bytes": self.limits.memory_bytes,
                         "once_above_seconds": arguments.once_above},
            "inputs": self.inputs, "measurements": self.measurements, "reading": self.reading, "training": self.training,
            "mismatches": self.mismatches,
        }

    def save(self) -> None:
        """After each input, so that a run of hours is not lost to what comes last."""
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.out.write_text(json.dumps(self.result(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def describe(run: dict[str, Any]) -> str:
    if run["outcome"] != "ok":
        return f"{run['outcome']} ({run['message']})"
    speed = f", {run['lines_per_second'] / 1e6:.2f} M lines/s" if "lines_per_second" in run else ""
    return f"{run['seconds']:.3f} s{speed}, {run['peak_rss_bytes'] / 2**20:.0f} MiB"


def parse_arguments() -> argparse.Namespace:
    names = [system.name for system in SYSTEMS if system.name != "awase"]

    def peers(text: str) -> list[str]:
        unknown = [name for name in text.split(",") if name and name not in BY_NAME]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(names)}")
        return [name for name in text.split(",") if name]

    def inputs(text: str) -> tuple[str, ...]:
        try:
            return parse_all(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    def threads(text: str) -> list[int]:
        counts = [int(count) for count in text.split(",")]
        if min(counts) < 1:
            raise ValueError
        return counts

    def positive(text: str) -> int:
        if int(text) < 1:
            raise ValueError
        return int(text)

    parser = argparse.ArgumentParser(prog="tools/dev bench-peers", description="awase and its peers on the same input")
    parser.add_argument("--size", choices=sorted(PLANS), default="medium", help="which inputs (default: medium)")
    parser.add_argument("--inputs", type=inputs, help="for counting, instead of the size's: 3M-50k,30M-1M,journey")
    parser.add_argument("--peers", type=peers, default=names, help=f"of {','.join(names)} (default: all; '' = none)")
    parser.add_argument("--threads", type=threads, default=[1, 2], help="default: 1,2")
    parser.add_argument("--repeats", type=positive, default=5, help="runs of each measurement (default: 5)")
    parser.add_argument("--stages", default=",".join(STAGES), help=f"of {','.join(STAGES)} (default: all)")
    parser.add_argument("--time-limit", type=float, default=900, metavar="SECONDS", help="of one process (default: 900)")
    parser.add_argument("--once-above", type=float, default=100, metavar="SECONDS",
                        help="what takes longer is measured once (default: 100)")
    parser.add_argument("--out", type=pathlib.Path, help="result file (default: bench/results/DATE-COMMIT.json)")
    parser.add_argument("--report", action="store_true", help="then write docs/benchmarks.md and its pictures from it")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    unknown = set(arguments.stages.split(",")) - set(STAGES)
    if unknown:
        parser.error(f"argument --stages: unknown: {', '.join(sorted(unknown))}; there are {', '.join(STAGES)}")
    return arguments


def make_bench(arguments: argparse.Namespace) -> Bench:
    plan = PLANS[arguments.size]
    if arguments.inputs is not None:
        plan = Plan(arguments.inputs, (), plan.reading, plan.training)
    paths = Paths(build=arguments.build.resolve(), work=ROOT / "build" / "peers")
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
    return subprocess.run([bench.paths.python, "-B", script, bench.out], stdin=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    arguments = parse_arguments()
    bench = make_bench(arguments)
    chores = {"count": bench.count, "read": bench.read, "train": bench.train}
    try:
        for stage in STAGES:
            if stage in arguments.stages.split(","):
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
