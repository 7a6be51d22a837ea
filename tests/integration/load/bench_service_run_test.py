"""bench/service/main.py from the first step to the last, on the small shop, too short to say anything about speed."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import servers
from places import ROOT


class BenchServiceRunTest(unittest.TestCase):
    def test_measures_every_figure_of_every_server(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            done = subprocess.run(
                [sys.executable, "-B", ROOT / "bench" / "service" / "main.py", "--size", "small", "--seconds", "0.5",
                 "--warm-up-seconds", "0.1", "--repeats", "1", "--work", folder / "work", "--out", folder / "out.json"],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            result = json.loads((folder / "out.json").read_text(encoding="utf-8"))
        reason = servers.why_no_redis()
        self.assertEqual(result["absent"], {} if reason is None else {"redis": reason})
        measured = ["awase", "null"] if reason else ["awase", "null", "redis"]
        self.assertEqual([(run["kind"], run["server"]) for run in result["results"]],
                         [*(("closed", server) for _ in range(2) for server in measured), ("memory", "awase"),
                          *(("open", server) for server in measured), ("changing", "awase")])
        for run in result["results"]:
            self.assertGreater(run["median"]["calls_per_second"], 0, run)  # a busy machine may have some refused
        changes = result["results"][-1]["runs"][0]["changes"]
        self.assertGreaterEqual(changes["activations"], 1)
        self.assertGreaterEqual(changes["publications"], 1)
        self.assertEqual(len(result["figures"]), 7)
        self.assertIn("| p99 while models and rules swap every second, against without | within 10 % |", done.stdout)


if __name__ == "__main__":
    unittest.main()
