"""What bench/service/main.py reckons."""

import argparse
import unittest

import main


class BenchServiceTest(unittest.TestCase):
    def test_a_closed_loop_has_as_many_calls_at_a_time_as_its_title_says(self):
        arguments = argparse.Namespace(outstanding=[1, 2, 6, 7, 9, 16, 64], rates=[])
        for calls, (title, flags) in zip(arguments.outstanding, main.loads(arguments), strict=True):
            self.assertEqual(title, f"{calls} at a time")
            self.assertEqual(int(flags[1]) * int(flags[3]), calls)

    def test_an_open_loop_has_its_rate(self):
        ((title, flags),) = main.loads(argparse.Namespace(outstanding=[], rates=[1000]))
        self.assertEqual(title, "1000 per second")
        self.assertEqual(flags[-2:], ["--rate", "1000"])

    def test_numbers_are_from_1_on(self):
        self.assertEqual(main.number_list("1,16"), [1, 16])
        self.assertEqual(main.number_list(""), [])
        for text in ("0", "-1", "x", "1.5"):
            with self.assertRaises(argparse.ArgumentTypeError):
                main.number_list(text)

    def test_a_run_gives_every_figure_of_the_table(self):
        figures = main.figures_of({"calls_per_second": 9.5, "due": 10, "answered": 8, "server_rss_bytes": 3 << 20,
                                   "server_cpu_us_per_call": 12.34, "client_cpu_us_per_call": 20,
                                   "latency_us": {"p50": 1, "p90": 2, "p99": 3, "p99_9": 4, "max": 5000}})
        self.assertEqual(tuple(sorted(figures)), tuple(sorted(main.FIGURES)))
        self.assertEqual(figures["not_answered"], 2)
        table = main.as_markdown([{"load": "a", "server": "b", "median": figures}])
        self.assertEqual(table.splitlines()[-1], "| a | b | 10 | 1 | 3 | 4 | 5,000 | 12.3 | 20.0 | 3 | 2 |")


if __name__ == "__main__":
    unittest.main()
