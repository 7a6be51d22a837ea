"""Clients of the soak over HTTP and bare connections: those that behave, and those that do not."""

import collections
import gzip
import http.client
import json
import random
import socket
import struct
import threading
import time
from typing import Any

RECOMMEND = "/awase.v1.RecommendationService/Recommend"
JSON = {"Content-Type": "application/json"}
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
State = tuple[str, str]  # version, revision
# As the deadline of calls over gRPC. Connections wait longer, so that what is late is told from what is lost.
LATE_SECONDS = 30

# What may come of each kind of client; anything else is a fault of the server.
EXPECTED = {
    "http": {"right"},
    "recording": {"200"},
    "bad_request": {"as_documented"},
    "garbage": {"closed"},
    "vanishing": {"gone"},
    "slow": {"closed"},
    "swap": {"model", "rules"},
}


def content_of(answer: dict[str, Any]) -> str:
    """Without the token, which alone differs between two answers of one state."""
    return json.dumps({name: value for name, value in answer.items() if name != "token"}, sort_keys=True)


class HttpBook:
    """What the server answered over HTTP in peace, by state and request."""

    def __init__(self, server: Any, requests: list[dict[str, Any]]) -> None:
        self._server, self.requests = server, requests
        self._answers: dict[State, list[str]] = {}
        self._follow_feed: set[int] = set()

    def learn(self) -> None:
        """Of the state that serves; called twice in each, between which the product that is fed has changed."""
        answers = self._server.call_all(RECOMMEND.removeprefix("/awase.v1."), self.requests)
        state = (answers[0]["model_version"], answers[0]["rule_revision"])
        contents = [content_of(answer) for answer in answers]
        before = self._answers.setdefault(state, contents)
        self._follow_feed.update(i for i, content in enumerate(contents) if before[i] != content)

    def askable(self) -> list[int]:
        return [i for i in range(len(self.requests)) if i not in self._follow_feed]

    def judge(self, request: int, answer: dict[str, Any]) -> str:
        known = self._answers.get((answer["model_version"], answer["rule_revision"]))
        if known is None:
            return "unknown"
        return "right" if known[request] == content_of(answer) else "mixed"


class Clients:
    """Threads that go on until stopped; counts what came of what they did."""

    def __init__(self, grpc: str, http_address: str, seed: int) -> None:
        self.grpc, self.http = [self._place(address) for address in (grpc, http_address)]
        self._seed = seed
        self.stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.outcomes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        self.first_problem = ""

    @staticmethod
    def _place(address: str) -> tuple[str, int]:
        host, port = address.rsplit(":", 1)
        return host, int(port)

    def start(self, kind: str, once: Any, pause: float) -> None:
        """Calls once(chance), which says what came of it, again and again."""
        chance = random.Random(self._seed + len(self._threads))

        def go_on() -> None:
            while not self.stopping.is_set():
                try:
                    outcome = once(chance)
                except (OSError, http.client.HTTPException, RuntimeError, ValueError) as error:
                    outcome = type(error).__name__
                    self._keep(f"{kind}: {outcome}: {error}")
                with self._lock:
                    self.outcomes[kind][outcome] += 1
                self.stopping.wait(pause)

        self._threads.append(threading.Thread(target=go_on, daemon=True))
        self._threads[-1].start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self._threads:
            thread.join(timeout=120)

    def _keep(self, problem: str) -> None:
        with self._lock:
            self.first_problem = self.first_problem or problem

    # ---- those that behave -------------------------------------------------------------------------------------------

    def asker(self, book: HttpBook) -> Any:
        """Asks on a connection that it keeps for a while."""
        askable, kept = book.askable(), {}

        def ask(chance: random.Random) -> str:
            began = time.monotonic()
            outcome = ask_once(chance)
            return "late" if outcome == "right" and time.monotonic() - began > LATE_SECONDS else outcome

        def ask_once(chance: random.Random) -> str:
            if "connection" not in kept or chance.random() < 0.02:
                kept["connection"] = http.client.HTTPConnection(*self.http, timeout=120)
            number = chance.choice(askable)
            connection = kept["connection"]
            try:
                connection.request("POST", RECOMMEND, json.dumps(book.requests[number]), JSON)
                answer = connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                del kept["connection"]  # idle for too long on a busy machine: as browsers do, once more
                return ask_anew(number)
            return self._judge(book, number, answer)

        def ask_anew(number: int) -> str:
            connection = http.client.HTTPConnection(*self.http, timeout=120)
            connection.request("POST", RECOMMEND, json.dumps(book.requests[number]), JSON)
            outcome = self._judge(book, number, connection.getresponse())
            connection.close()
            return outcome

        return ask

    def _judge(self, book: HttpBook, number: int, answer: http.client.HTTPResponse) -> str:
        text = answer.read()
        if answer.status != 200:
            self._keep(f"http: {answer.status} {text[:300]!r}")
            return str(answer.status)
        outcome = book.judge(number, json.loads(text))
        if outcome != "right":
            self._keep(f"http: {outcome}: {book.requests[number]} → {text[:2000]!r}")
        return outcome

    def recorder(self) -> Any:
        """Has what it is shown recorded; a few customers, who are erased now and then."""
        def ask(chance: random.Random) -> str:
            customer = f"c{chance.randrange(5)}"
            if chance.random() < 0.05:
                return self._post("/awase.v1.FeedbackService/EraseCustomer", {"customer_id": customer})
            return self._post(RECOMMEND, {"product_ids": ["burger-double"], "customer": {"id": customer},
                                          "record_exposure": True})
        return ask

    def _post(self, path: str, body: dict[str, Any]) -> str:
        connection = http.client.HTTPConnection(*self.http, timeout=120)
        connection.request("POST", path, json.dumps(body), JSON)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            self._keep(f"{path}: {answer.status} {text[:300]!r}")
        return str(answer.status)

    # ---- those that do not -------------------------------------------------------------------------------------------

    BAD_REQUESTS = [
        (RECOMMEND, b"{", JSON, 400),
        (RECOMMEND, b'{"product": "x"}', JSON, 400),
        (RECOMMEND, b'{"product_ids": []}', JSON, 400),
        (RECOMMEND, b'{"placement": "nowhere"}', JSON, 400),
        (RECOMMEND, b"[" * 5000, JSON, 400),
        (RECOMMEND, b"\xff\xfe", JSON, 400),
        (RECOMMEND, b"{}", {"Content-Type": "text/plain"}, 415),
        (RECOMMEND, b"no gzip", {**JSON, "Content-Encoding": "gzip"}, 400),
        (RECOMMEND, gzip.compress(b" " * 10_000_000), {**JSON, "Content-Encoding": "gzip"}, 413),
        (RECOMMEND, b" " * 100_000, JSON, 413),
        ("/awase.v1.RecommendationService/Nothing", b"{}", JSON, 404),
        ("/awase.v1.ModelService/Activate", b'{"version": "0123456789abcdef"}', JSON, 404),
        ("/awase.v1.RuleService/Publish", b'{"files": [{"name": "a.yaml", "content": "rules: [{id: 1}]"}]}', JSON, 400),
        ("/awase.v1.CatalogService/UpdateProducts", b'{"updates": [{"product_id": "x", "stock": -1}]}', JSON, 400),
    ]

    def ask_badly(self, chance: random.Random) -> str:
        path, body, headers, status = chance.choice(self.BAD_REQUESTS)
        connection = http.client.HTTPConnection(*self.http, timeout=120)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status == status:
            return "as_documented"
        self._keep(f"bad request {path} {body[:60]!r}: {answer.status} {text[:300]!r}")
        return str(answer.status)

    def send_garbage(self, chance: random.Random) -> str:
        """Bytes of no protocol to one of the ports, which ends the connection."""
        with socket.create_connection(chance.choice([self.grpc, self.http]), timeout=120) as connection:
            begin = chance.choice([b"", b"GET / HTTP/1.1\r\n", PREFACE, b"\x16\x03\x01"])
            try:
                connection.sendall(begin + chance.randbytes(chance.randrange(1, 4096)))
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
            except (ConnectionResetError, BrokenPipeError):
                pass
        return "closed"

    def vanish(self, chance: random.Random) -> str:
        """Asks and is gone before the answer."""
        with socket.create_connection(chance.choice([self.grpc, self.http]), timeout=120) as connection:
            body = json.dumps({"product_ids": ["cam-c200"]})
            request = (f"POST {RECOMMEND} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                       f"Content-Length: {len(body)}\r\n\r\n{body}")
            connection.sendall(chance.choice([PREFACE, request.encode()]))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return "gone"

    def be_slow(self, chance: random.Random) -> str:
        """Sends a byte a second, never ends a body, says nothing, or reads no answer: until it is closed."""
        place = chance.choice([self.grpc, self.http, self.http])
        half_body = f"POST {RECOMMEND} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{{".encode()
        begin = chance.choice([b"", b"POST ", half_body, PREFACE])
        with socket.create_connection(place, timeout=120) as connection:
            until = time.monotonic() + 120
            try:
                connection.sendall(begin)
                connection.settimeout(1)
                while time.monotonic() < until:
                    if self.stopping.is_set():
                        return "closed"
                    try:
                        if not connection.recv(65536):
                            return "closed"
                    except TimeoutError:
                        if begin != PREFACE:
                            connection.sendall(b"x")
            except (ConnectionResetError, BrokenPipeError):
                return "closed"
        return "still open after two minutes"
