"""What bench/service/main.py reckons."""

import argparse
import json
import pathlib
import tempfile
import unittest

import main
import loads
import service_tables
import shop


def run_of(calls_per_second=1000.0, p50=1.0, p99=3.0, own_mib=1):
    return {"calls_per_second": calls_per_second, "due": 10, "answered": 8, "server_rss_bytes": 3 << 20,
            "server_own_bytes": own_mib << 20, "server_cpu_us_per_call": 12.34, "client_cpu_us_per_call": 20,
            "latency_us": {"p50": p50, "p90": 2, "p99": p99, "p99_9": 4, "max": 5000}}


def result_of(load, server, **figures):
    return {"load": load.title, "kind": load.kind, "server": server, "flags": list(load.flags),
            "median": loads.figures_of(run_of(**figures))}


def large_result():
    """awase does 900 calls where the null server does 1,000, and so on: see the figures below."""
    opened = loads.open_loop(450)
    results = [result_of(loads.closed_loop(calls), server, calls_per_second=done) for calls in (16, 64)
               for server, done in (("awase", 900.0), ("null", 1000.0), ("redis", 5000.0))]
    swaps = loads.changing_loop(450, ("a", "b"), (pathlib.Path("c"), pathlib.Path("d")))
    changing = result_of(swaps, "awase", p99=127.6)
    changing["runs"] = [{"changes": {"activations": 1, "publications": count}} for count in (1, 2, 3)]
    results += [result_of(loads.memory_load(), "awase", own_mib=100),
                result_of(opened, "awase", p50=115, p99=116), result_of(opened, "null", p50=100, p99=100),
                result_of(opened, "redis", p50=30, p99=40), changing]
    return {"size": "large", "date": "2026-01-01", "commit": "0123", "changed_files": 0, "products": 1_000_000,
            "version_bytes": 1_400_000_000, "stored": {"pages": 100, "bytes": 400_000, "memory_bytes": 500_000},
            "absent": {}, "start_seconds": [0.4, 0.6, 0.45],
            "settings": {"repeats": 3, "seconds": 1.0, "rate": 450}, "results": results,
            "machine": {"cpu": "c", "cores": 2, "memory_bytes": 2 << 30, "system": "s", "kernel": "k", "compiler": "g"}}


class LoadsTest(unittest.TestCase):
    def test_a_closed_loop_has_as_many_calls_at_a_time_as_its_title_says(self):
        for calls in (1, 2, 6, 7, 9, 16, 64):
            load = loads.closed_loop(calls)
            self.assertEqual(load.title, f"{calls} at a time")
            self.assertEqual(loads.calls_at_a_time(list(load.flags)), calls)

    def test_an_open_loop_has_its_rate(self):
        load = loads.open_loop(1000)
        self.assertEqual(load.title, "1000 per second")
        self.assertEqual(load.flags[-2:], ("--rate", "1000"))

    def test_swaps_are_measured_at_the_same_rate(self):
        load = loads.changing_loop(1000, ("v1", "v2"), (pathlib.Path("rules"), pathlib.Path("other")))
        self.assertEqual(load.flags[:6], loads.open_loop(1000).flags)
        self.assertEqual(load.flags[6:10], ("--activate", "v1,v2", "--publish", "rules,other"))

    def test_memory_is_measured_at_64_connections(self):
        self.assertEqual(loads.memory_load().flags, ("--connections", "64", "--outstanding", "1"))

    def test_the_open_loop_is_at_half_of_what_was_done_with_the_most_calls_at_a_time(self):
        results = [result_of(loads.closed_loop(calls), server, calls_per_second=done)
                   for calls, server, done in ((64, "awase", 801.0), (16, "awase", 999.0), (64, "null", 5000.0))]
        self.assertEqual(loads.half_throughput(results, "awase"), 400)

    def test_a_run_gives_every_figure_of_the_table(self):
        figures = loads.figures_of(run_of())
        self.assertEqual(tuple(sorted(figures)), tuple(sorted(loads.FIGURES)))
        self.assertEqual(figures["not_answered"], 2)


class TablesTest(unittest.TestCase):
    def test_figures_are_held_against_what_is_wanted(self):
        figures = service_tables.figures(large_result())
        self.assertEqual([(row["wanted"], row["measured"], row["reached"]) for row in figures],
                         [("0.90", "0.90", True), ("0.90", "0.90", True), ("1.15×", "1.15×", True),
                          ("1.15×", "1.16×", False),
                          ("within 10 %", "+10%, with 1 activations and 2 publications in 1 s", True),
                          ("0.5 s", "0.450 s", True), ("150 MB", "105 MB", True)])

    def test_swaps_that_are_rarer_than_every_second_reach_nothing(self):
        result = large_result()
        result["settings"]["seconds"] = 2.0
        (swaps,) = service_tables.swap_figures(result)
        self.assertEqual((swaps["measured"], swaps["reached"]),
                         ("+10%, with 1 activations and 2 publications in 2 s", False))

    def test_only_the_large_shop_gets_a_verdict(self):
        self.assertIn("| 0.90 | 0.90 | yes |", service_tables.figures_table(large_result()))
        small = large_result() | {"size": "small"}
        self.assertIn("| 0.90 | 0.90 | – (too small) |", service_tables.figures_table(small))

    def test_what_was_not_measured_is_left_out(self):
        self.assertEqual(service_tables.figures(large_result() | {"results": [], "start_seconds": []}), [])

    def test_pages_have_their_memory_where_it_is_known(self):
        table = service_tables.comparison_table(large_result())
        self.assertIn("| product pages | awase | null server | Redis, stored JSON |", table)
        self.assertIn("| calls/s, 64 outstanding | 900 | 1,000 | 5,000 |", table)
        self.assertIn("| p99 µs there | 116 | 100 | 40 |", table)
        self.assertIn("| memory per product page, bytes | 1,505 | – | 5,000 |", table)

    def test_all_loads_are_listed(self):
        table = service_tables.loads_table([result_of(loads.closed_loop(16), "null")])
        self.assertEqual(table.splitlines()[-1],
                         "| 16 at a time | null | 1,000 | 1 | 3 | 4 | 5,000 | 12.3 | 20.0 | 3 | 1 | 2 |")

    def test_absent_systems_are_named_with_the_reason(self):
        page = service_tables.as_markdown(large_result() | {"absent": {"redis": "not installed"}})
        self.assertIn("- Redis, stored JSON was not measured: not installed", page)


class ShopTest(unittest.TestCase):
    def test_a_shop_is_made_anew_when_its_settings_change(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            self.assertFalse(shop.is_made(folder, ["a"]))
            shop.make(folder, ["a"])
            self.assertTrue(shop.is_made(folder, ["a"]))
            self.assertFalse(shop.is_made(folder, ["b"]))

    def test_versions_are_the_active_one_and_another(self):
        with tempfile.TemporaryDirectory() as name:
            models = pathlib.Path(name)
            for version in ("1111", "2222"):
                (models / version).mkdir()
                (models / version / "manifest.json").write_text(json.dumps({}), encoding="utf-8")
            (models / "ACTIVE").write_text("2222\n", encoding="ascii")
            self.assertEqual(shop.versions_of(models), ("2222", "1111"))

    def test_a_shop_of_ones_own_swaps_nothing(self):
        self.assertFalse(shop.Shop("own", pathlib.Path("models")).can_swap)


class ArgumentsTest(unittest.TestCase):
    def test_numbers_are_from_1_on(self):
        self.assertEqual(main.number_list("1,16"), [1, 16])
        self.assertEqual(main.number_list(""), [])
        for text in ("0", "-1", "x", "1.5"):
            with self.assertRaises(argparse.ArgumentTypeError):
                main.number_list(text)


if __name__ == "__main__":
    unittest.main()
