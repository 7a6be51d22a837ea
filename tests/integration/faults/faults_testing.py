"""What the tests of faults share: a server that may be killed, calls as JSON, threads that call until it is gone."""

import http.client
import json
import os
import pathlib
import random
import signal
import subprocess
import threading
import time

from awase_testing import BINARY, AwaseTest, wait_for

# A CI run takes a few rounds of each fault; AWASE_FAULT_ROUNDS=200 looks for what is rare.
ROUNDS = int(os.environ.get("AWASE_FAULT_ROUNDS", "5"))

RECOMMEND = "RecommendationService/Recommend"
UPDATE = "CatalogService/UpdateProducts"
PRODUCT = "CatalogService/GetProduct"
PUBLISH = "RuleService/Publish"
REVISIONS = "RuleService/ListRevisions"
ACTIVATE = "ModelService/Activate"
MODELS = "ModelService/List"
REPORT = "FeedbackService/ReportExposures"

# What a call over HTTP may end with when the server dies, or closes the connection.
GONE = (OSError, http.client.HTTPException)


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status, answer):
        super().__init__(f"{status}: {answer}")
        self.status, self.answer = status, answer


class Caller:
    """Calls over one connection of HTTP."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self._connection = http.client.HTTPConnection(host, int(port), timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def call(self, method, body):
        self._connection.request("POST", f"/awase.v1.{method}", json.dumps(body), {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise Refused(answer.status, text.decode())
        return json.loads(text)

    def get(self, path):
        self._connection.request("GET", path)
        return self._connection.getresponse().read().decode()


class Server:
    """`awase serve` on free ports. Output goes to a file, so that it cannot block the server."""

    def __init__(self, log, *arguments, **options):
        self._log = log
        with log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--format", "json",
                 "--poll-ms", "20", *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options)
        ready = wait_for(self._find_ready, "the server to be ready")
        self.grpc, self.http, self.version = ready["grpc"], ready["http"], ready["version"]

    def _find_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the server did not start: {self.log()}")
        return next((json.loads(line) for line in self.log().splitlines() if line.startswith('{"grpc"')), None)

    def log(self):
        return self._log.read_text(encoding="utf-8")

    def call(self, method, body):
        with Caller(self.http) as caller:
            return caller.call(method, body)

    def metrics(self):
        with Caller(self.http) as caller:
            return caller.get("/metrics")

    def descriptors(self):
        return sum(1 for _ in pathlib.Path(f"/proc/{self.process.pid}/fd").iterdir())

    def memory_kib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Exit code after SIGTERM."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


class FaultTest(AwaseTest):
    """Has a model directory of two versions; `self.serve` starts a server that ends with the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")
        first = cls.active()
        cls.train_shop(cls.model, "--top", 9, "--force", "the other version of a test")
        cls.versions = [first, cls.active()]

    @classmethod
    def active(cls):
        return (cls.model / "ACTIVE").read_text(encoding="utf-8").strip()

    def serve(self, *arguments, **options):
        server = Server(self.folder / f"{self.id()}.log", "--model", self.model, *arguments, **options)
        self.addCleanup(server.stop)
        return server

    def kill_while(self, server, steps, chance=random.Random()):
        """Each step is called with a caller of its own again and again, by a thread of its own, until the server is
        killed at some moment. What a step raises when the server lives is a failure of the test."""
        failures, killed = [], threading.Event()

        def go_on(step):
            try:
                with Caller(server.http) as caller:
                    while not killed.is_set():
                        step(caller)
            except GONE as error:
                if not killed.is_set():
                    time.sleep(1)  # the signal may have been faster than this process
                    if not killed.is_set():
                        failures.append(error)
            except Exception as error:  # pylint: disable=broad-exception-caught
                failures.append(error)

        threads = [threading.Thread(target=go_on, args=(step,)) for step in steps]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.03, 0.4))
        server.process.kill()
        killed.set()
        server.process.wait()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
