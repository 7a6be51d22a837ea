"""The parts of bench/peers that need no package: figures, tables, and above all the comparison of answers."""

import argparse
import copy
import pathlib
import sys
import unittest

import environment
import bench as benching
import inputs
import process
import summary
import systems
import tables
import training
import verify

LIMITS = process.Limits(seconds=30, memory_bytes=2**32)


def count_run(system, seconds, threads=1, outcome="ok", **more):
    return {"input": "30M-50k", "system": system, "threads": threads, "outcome": outcome, "seconds": seconds,
            "peak_rss_bytes": 2**30, **more}


class Summary(unittest.TestCase):
    def test_the_median_is_over_the_runs_that_ended_well(self):
        runs = [count_run("awase", seconds) for seconds in (3, 1, 2)] + [count_run("awase", 0, outcome="failed")]
        self.assertEqual(summary.medians(runs), {("30M-50k", "awase", 1): 2})
        self.assertEqual(summary.run_counts(runs), {("30M-50k", "awase", 1): 3})

    def test_ratios_are_against_awase_with_the_same_threads(self):
        seconds = summary.medians([count_run("awase", 2), count_run("awase", 1, threads=2), count_run("scipy", 6),
                                   count_run("implicit", 5, threads=2)])
        self.assertEqual(summary.ratios(seconds)["30M-50k", "scipy", 1], 3)
        self.assertEqual(summary.ratios(seconds)["30M-50k", "implicit", 2], 5)

    def test_cost_is_linear_within_fifteen_percent_of_the_median(self):
        self.assertTrue(summary.linearity({10: 1.1, 100: 10, 1000: 90})["linear"])
        self.assertFalse(summary.linearity({10: 1.2, 100: 10, 1000: 100})["linear"])
        self.assertIsNone(summary.linearity({10: 1}))


class Verification(unittest.TestCase):
    RIGHT = {"updates": 12, "lists": {"7": [[1, 0.9, 9], [2, 0.5, 4], [3, 0.4, 2]]}}

    def problems(self, change):
        result = copy.deepcopy(self.RIGHT)
        change(result)
        return verify.compare_results("peer", self.RIGHT, result)

    def test_the_same_answer_agrees(self):
        self.assertEqual(self.problems(lambda result: None), [])

    def test_rounding_and_missing_counts_are_no_difference(self):
        self.assertEqual(self.problems(lambda result: result["lists"].update(
            {"7": [[1, 0.9000001, None], [2, 0.5, None], [3, 0.4, None]]})), [])

    def test_another_neighbour_of_the_same_score_in_the_last_place_is_a_tie(self):
        self.assertEqual(self.problems(lambda result: result["lists"]["7"].__setitem__(2, [8, 0.4, 2])), [])

    def test_a_wrong_answer_is_found(self):
        for what, change in {
            "score": lambda result: result["lists"]["7"].__setitem__(1, [2, 0.51, 4]),
            "units together": lambda result: result["lists"]["7"].__setitem__(1, [2, 0.5, 5]),
            "is missing": lambda result: result["lists"]["7"].__setitem__(0, [5, 0.9, 9]),
            "neighbours": lambda result: result["lists"]["7"].pop(),
            "sampled": lambda result: result["lists"].pop("7"),
            "add up": lambda result: result.update(sum=11),
        }.items():
            with self.subTest(what):
                found = self.problems(change)
                self.assertEqual(len(found), 1)
                self.assertIn(what, found[0])

    def test_a_wrong_answer_fails_the_run(self):
        arguments = argparse.Namespace(time_limit=1, train_flags="--no-tune", out=pathlib.Path("unused.json"))
        bench = benching.Bench(arguments, inputs.PLANS["small"], systems.Paths(pathlib.Path(), pathlib.Path()))
        reference, run = {}, {"outcome": "ok"}
        bench.check("0.3M-5k", "awase", self.RIGHT, reference, run)
        self.assertEqual((run["outcome"], bench.mismatches), ("ok", []))
        bench.check("0.3M-5k", "scipy", {"lists": {"7": []}}, reference, run)
        self.assertEqual(run["outcome"], "wrong")
        self.assertIn("0.3M-5k: scipy", bench.mismatches[0])


class Inputs(unittest.TestCase):
    def test_names_say_lines_and_products(self):
        self.assertEqual(inputs.parse("0.3M-5k"), inputs.Input("0.3M-5k", 300_000, 5_000))
        self.assertEqual(inputs.parse("100M-1M"), inputs.Input("100M-1M", 100_000_000, 1_000_000))
        self.assertFalse(inputs.parse("journey").is_generated)

    def test_other_names_are_refused(self):
        for name in ("", "3M", "3M-", "M-k", "1.2.3M-5k", "0-5k", "../x-1"):
            with self.subTest(name), self.assertRaises(ValueError):
                inputs.parse(name)

    def test_every_plan_names_inputs(self):
        for plan in inputs.PLANS.values():
            for name in plan.inputs + plan.lines + plan.reading + plan.training:
                inputs.parse(name)


class Environment(unittest.TestCase):
    def test_every_requirement_is_pinned_with_hashes(self):
        parts = environment.split_requirements(environment.REQUIREMENTS.read_text(encoding="utf-8"))
        self.assertLessEqual({"implicit", "sparse-dot-topn", "scipy", "numpy", "duckdb", "matplotlib"}, set(parts))
        for name, part in parts.items():
            self.assertIn("--hash=sha256:", part, name)
            self.assertNotIn("://", part, name)


class Processes(unittest.TestCase):
    def run_python(self, code, limits=LIMITS):
        return process.run([sys.executable, "-c", code], 1, limits)

    def test_output_and_peak_memory_are_read(self):
        finished = self.run_python("data = b'x' * 50_000_000; print('{\"seconds\": 1}')")
        self.assertEqual((finished.outcome, finished.output), ("ok", {"seconds": 1}))
        self.assertGreater(finished.peak_rss_bytes, 50_000_000)

    def test_a_failure_is_told_with_its_last_line(self):
        finished = self.run_python("import sys; sys.exit('first\\nno such file\\n')")
        self.assertEqual((finished.outcome, finished.message), ("failed", "no such file"))

    def test_threads_reach_openmp(self):
        code = "import json, os; print(json.dumps(dict(threads=os.environ['OMP_NUM_THREADS'])))"
        self.assertEqual(self.run_python(code).output, {"threads": "1"})

    def test_memory_is_limited(self):
        code = "try: bytearray(10**9)\nexcept MemoryError: raise SystemExit(3)"
        finished = self.run_python(code, process.Limits(seconds=30, memory_bytes=2**29))
        self.assertEqual(finished.outcome, "out_of_memory")

    def test_time_is_limited(self):
        finished = self.run_python("import signal; signal.pause()", process.Limits(seconds=0.2, memory_bytes=2**32))
        self.assertEqual(finished.outcome, "timeout")


class Training(unittest.TestCase):
    def test_reading_is_the_stages_from_bytes_to_baskets(self):
        stages = {"read": {"seconds": 1.5, "rows": 30}, "intern": {"seconds": 0.5, "rows": 30}, "count": {"seconds": 9}}
        self.assertEqual(training.reading_seconds({"stages": stages}), (2.0, 30))

    def test_a_report_without_these_stages_has_no_speed_of_reading(self):
        self.assertIsNone(training.reading_seconds({"stages": {"read": {"seconds": 1, "rows": 2}}}))
        self.assertIsNone(training.reading_seconds({}))


class Tables(unittest.TestCase):
    def result(self):
        return {
            "date": "2025-01-31", "commit": "0123456789ab", "changed_files": 0, "size": "medium",
            "machine": {"cpu": "a CPU", "cores": 2, "memory_bytes": 2**34, "system": "Debian", "kernel": "6.1",
                        "compiler": "g++ 12"},
            "versions": {"scipy": "1.17.1"}, "absent": {"graphblas": "its packages are missing"},
            "settings": {"repeats": 2, "threads": [1, 2]}, "inputs": {"30M-50k": {"updates": 530_000_000}},
            "measurements": [
                count_run("awase", 2.0, updates_per_second_per_core=2.65e8),
                count_run("awase", 1.0, threads=2, updates_per_second_per_core=5.3e8),
                count_run("implicit", 26.0), count_run("implicit", 28.0), count_run("implicit", 8.0, threads=2),
                count_run("scipy", None, outcome="out_of_memory"), count_run("duckdb", None, outcome="timeout")],
            "reading": [], "training": []}

    def test_cells_hold_medians_ratios_and_the_runs_that_are_missing(self):
        text = tables.as_markdown(self.result())
        self.assertIn("| implicit CosineRecommender | top 32 | 27.0 s (13.5×) | 8.00 s (8.00×), 1 of 2 runs | 1.00 GiB",
                      text)
        self.assertIn("### 30 M lines, 50,000 products (530 M updates)", text)

    def test_cells_without_a_figure_say_why(self):
        text = tables.as_markdown(self.result())
        self.assertIn("| SciPy BᵀB | product alone | out of memory | – | – |", text)
        self.assertIn("| DuckDB SQL self-join | top 32 | too slow | – | – |", text)
        self.assertIn("SuiteSparse:GraphBLAS PLUS_PAIR was not measured: its packages are missing", text)

    def test_goals_are_judged(self):
        text = tables.as_markdown(self.result())
        self.assertIn("50,000 products, 1 thread | 12× | 13.5× (implicit) | yes |", text)
        self.assertIn("50,000 products, 2 threads | 9× | 8.00× (implicit) | no |", text)
        self.assertIn("50,000 products, 1 thread | 400 M | 265 M | no |", text)

    def test_tables_take_the_place_between_the_markers(self):
        page = f"before\n{tables.BEGIN}\nold\n{tables.END}\nafter\n"
        self.assertEqual(tables.replace_between_markers(page, "new"),
                         f"before\n{tables.BEGIN}\nnew\n{tables.END}\nafter\n")
        for broken in ("", tables.BEGIN, tables.END + tables.BEGIN, page + page):
            with self.subTest(broken), self.assertRaises(ValueError):
                tables.replace_between_markers(broken, "new")


if __name__ == "__main__":
    unittest.main()
