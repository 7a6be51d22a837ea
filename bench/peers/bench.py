"""One run of the comparison: inputs, rounds, the comparison of answers, the result file."""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
from typing import Any

import machine
import process
import training
import verify
from inputs import Input, Plan, parse
from systems import ROOT, SYSTEMS, TOP, Paths, System, command


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
        self.train_flags: list[str] = arguments.train_flags.split()
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
        subprocess.run([self.paths.programs / "generate", "--lines", str(wanted.lines),
                        "--products", str(wanted.products), *flags],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)

    def prepare(self, *arguments: str) -> None:
        """RuntimeError with a sentence when the input cannot be made."""
        script = pathlib.Path(__file__).with_name("prepare.py")
        try:
            done = subprocess.run([self.paths.python, "-B", script, *arguments], stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, check=False)
        except OSError as error:
            raise RuntimeError(f"there is no Python environment to make this input with: {error}") from None
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
        to_run = command(system, self.paths, path, threads, self.limits.memory_bytes)
        finished = process.run(to_run, threads, self.limits)
        result = finished.output
        run = {"input": name, "system": system.name, "threads": threads, "repeat": repeat, "outcome": finished.outcome,
               "message": finished.message, "peak_rss_bytes": finished.peak_rss_bytes,
               **{key: value for key, value in result.items() if key not in ("lists", "peak_rss_bytes", "version")}}
        if finished.outcome == "ok":
            self.check(name, system.name, result, reference, run)
        self.measurements.append(run)
        say(f"  {system.name}, {threads} thread{'s' * (threads > 1)}, run {repeat}: {describe(run)}")

    def check(self, name: str, system: str, result: dict[str, Any], reference: dict[str, Any],
              run: dict[str, Any]) -> None:
        """Compares with awase's first answer; what differs makes the run "wrong" and in the end fails all of it."""
        if "version" in result:
            self.versions[system] = result["version"]
        if not reference and system == "awase":
            reference.update(result)
            self.inputs[name] = {"updates": result["updates"]}
        problems = [f"{system}: nothing to compare with"]
        if reference:
            problems = verify.compare_results(system, reference, result)
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
        try:
            orders = self.order_file(name, suffix)
            run = training.measure_reading(self.paths, orders, threads, self.limits, self.train_flags)
        except RuntimeError as error:
            run = without_input(error)
        self.reading.append({"input": name, "system": suffix[1:], "threads": threads, "repeat": repeat, **run})
        say(f"  read {name}{suffix}, {threads} thread{'s' * (threads > 1)}, run {repeat}: {describe(run)}")

    def train(self) -> None:
        threads = max(self.arguments.threads)
        for name in self.plan.training:
            for repeat in range(1, self.arguments.repeats + 1):
                self.train_once(name, threads, repeat)
            self.remove_inputs(name)
            self.save()

    def train_once(self, name: str, threads: int, repeat: int) -> None:
        if self.is_settled(self.training, name, "awase", threads):
            return
        try:
            orders = self.order_file(name, ".parquet")
            run = training.measure_training(self.paths, orders, threads, self.limits, self.train_flags)
        except RuntimeError as error:
            run = without_input(error)
        self.training.append({"input": name, "system": "awase", "threads": threads, "repeat": repeat, **run})
        say(f"  {name}.parquet to a ready server, {threads} threads, run {repeat}: {describe(run)}")

    # ---- the result --------------------------------------------------------------------------------------------------

    def result(self) -> dict[str, Any]:
        arguments = self.arguments
        return {
            **self.started, "size": arguments.size,
            "machine": machine.describe_machine(), "versions": self.versions, "absent": self.absent,
            "settings": {"repeats": arguments.repeats, "threads": arguments.threads, "top": TOP,
                         "time_limit_seconds": self.limits.seconds, "memory_limit_bytes": self.limits.memory_bytes,
                         "once_above_seconds": arguments.once_above, "train_flags": arguments.train_flags},
            "inputs": self.inputs, "measurements": self.measurements, "reading": self.reading,
            "training": self.training, "mismatches": self.mismatches,
        }

    def save(self) -> None:
        """After each input, so that a run of hours is not lost to what comes last."""
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.out.write_text(json.dumps(self.result(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def without_input(error: RuntimeError) -> dict[str, Any]:
    return {"outcome": "failed", "message": str(error), "peak_rss_bytes": 0}


def describe(run: dict[str, Any]) -> str:
    if run["outcome"] != "ok":
        return f"{run['outcome']} ({run['message']})"
    speed = f", {run['lines_per_second'] / 1e6:.2f} M lines/s" if "lines_per_second" in run else ""
    return f"{run['seconds']:.3f} s{speed}, {run['peak_rss_bytes'] / 2**20:.0f} MiB"
