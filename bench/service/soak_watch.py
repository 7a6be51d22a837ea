"""What the soak sees of the server's process, and its verdict."""

import pathlib
import statistics
import threading
import time
from typing import Any

# Of the run: what is seen before is not judged.
WARM_UP_SHARE = 0.25
# Medians of the first and the last fifth of what is left are compared.
COMPARED_SHARE = 0.2
# What may be more in the end.
MOST_GROWTH = {"private_kib": 16 * 1024, "descriptors": 16, "threads": 8}


def look(pid: int) -> dict[str, int]:
    """Memory that is the process's own (without the mapped model), descriptors and threads."""
    fields = {}
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        fields[name] = value.split()
    return {"private_kib": int(fields["RssAnon"][0]), "rss_kib": int(fields["VmRSS"][0]),
            "threads": int(fields["Threads"][0]),
            "descriptors": sum(1 for _ in pathlib.Path(f"/proc/{pid}/fd").iterdir())}


class Watch(threading.Thread):
    """Looks at a process every `interval` seconds until stopped."""

    def __init__(self, pid: int, interval: float) -> None:
        super().__init__(daemon=True)
        self._pid, self._interval = pid, interval
        self._stopping = threading.Event()
        self.seen: list[dict[str, int]] = []

    def run(self) -> None:
        while not self._stopping.wait(self._interval):
            try:
                self.seen.append(look(self._pid))
            except OSError:
                return  # it has ended, which the soak notices

    def stop(self) -> None:
        self._stopping.set()
        self.join()


def growth_of(seen: list[dict[str, int]]) -> dict[str, dict[str, float]]:
    """For each figure the median at the begin and the end of what is judged, and the most that was seen."""
    judged = seen[int(len(seen) * WARM_UP_SHARE):]
    size = max(1, int(len(judged) * COMPARED_SHARE))
    growth = {}
    for name in judged[0]:
        values = [entry[name] for entry in judged]
        growth[name] = {"first": statistics.median(values[:size]), "last": statistics.median(values[-size:]),
                        "most": max(values)}
    return growth


def faults_of_growth(growth: dict[str, dict[str, float]]) -> list[str]:
    return [f"{name} grew from {growth[name]['first']:.0f} to {growth[name]['last']:.0f}, more than {most} are too many"
            for name, most in MOST_GROWTH.items() if growth[name]["last"] - growth[name]["first"] > most]


def faults_of_calls(calls: dict[str, Any]) -> list[str]:
    """Of what soak_calls said."""
    load, feed, faults = calls["load"], calls["feed"], []
    faults += [f"gRPC: {count} calls ended with {code}" for code, count in load["errors"].items()]
    if load["unsent"]:
        faults.append(f"gRPC: {load['unsent']} calls could not begin in time")
    faults += [f"gRPC: {calls[name]} {name} answers: {calls['first_wrong']}"
               for name in ("mixed", "unknown") if calls[name]]
    faults += [f"feed: {feed[name]} {name}: {feed['first_problem']}" for name in ("stale", "failed") if feed[name]]
    if calls["states_seen"] < 2 or not feed["acknowledged"]:
        faults.append("gRPC: there was nothing to see")
    return faults


def faults_of_clients(clients: dict[str, dict[str, int]], expected: dict[str, set[str]]) -> list[str]:
    """clients: outcome → how often, by kind of client; expected: the outcomes that are right."""
    faults = [f"{kind}: {count} times {outcome}" for kind, outcomes in clients.items()
              for outcome, count in outcomes.items() if outcome not in expected[kind]]
    faults += [f"{kind}: did nothing" for kind in expected if not clients.get(kind)]
    return faults


def wait_until(deadline: float, is_alive: Any) -> bool:
    """False when it died before the deadline (time.monotonic)."""
    while time.monotonic() < deadline:
        if not is_alive():
            return False
        time.sleep(min(0.5, max(0.0, deadline - time.monotonic())))
    return True
