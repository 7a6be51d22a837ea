"""Connections by the thousand: idle ones, half-open ones, garbage, and more than the process has descriptors for."""

import collections
import json
import random
import resource
import socket
import struct
import threading
import time

from faults_testing import RECOMMEND, Caller, FaultTest, Refused, wait_for

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
PAGE = {"product_ids": ["cam-c200"]}


def place(address):
    host, port = address.rsplit(":", 1)
    return host, int(port)


def connect(address, begin=b""):
    connection = socket.create_connection(place(address), timeout=20)
    if begin:
        connection.sendall(begin)
    return connection


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def watch_of_health():
    """The frames of HTTP/2 that call grpc.health.v1.Health/Watch."""
    headers = {b":method": b"POST", b":scheme": b"http", b":path": b"/grpc.health.v1.Health/Watch", b":authority": b"a",
               b"content-type": b"application/grpc", b"te": b"trailers"}
    block = b"".join(b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value for name, value in headers.items())
    return frame(1, 4, 1, block) + frame(0, 1, 1, bytes(5))


class Connections(FaultTest):
    def configured(self, *limits):
        file = self.folder / f"{self.id()}.yaml"
        file.write_text("limits:\n" + "".join(f"  {limit}\n" for limit in ("recommend_wait: 10s", *limits)),
                        encoding="utf-8")
        return "--config", file

    def ask_over_grpc(self, server):
        """By a process of its own, so that the connection is a new one."""
        return self.recommend("cam-c200", "--server", server.grpc)

    def assert_answers(self, server):
        self.assertEqual(server.call(RECOMMEND, PAGE)["model_version"], server.version)
        self.assertEqual(self.ask_over_grpc(server)["model_version"], server.version)

    def test_a_process_without_descriptors_takes_connections_again_when_it_has_some(self):
        """Debian's gRPC would never take a connection again."""
        server = self.serve()
        before = server.descriptors()
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (128, 128))
        with Caller(server.http) as caller:
            caller.call(RECOMMEND, PAGE)
            idle = [connect(address, begin) for _ in range(150)
                    for address, begin in ((server.grpc, PREFACE), (server.http, b""))]
            wait_for(lambda: server.descriptors() >= 100, "the descriptors to be taken")
            wait_for(lambda: "descriptors" in server.log(), "the server to say so")
            self.assertEqual(caller.call(RECOMMEND, PAGE)["model_version"], server.version)
            for connection in idle:
                connection.close()
        wait_for(lambda: server.descriptors() <= before + 1, "the connections to be gone")
        self.assert_answers(server)
        self.assertIn("descriptors", server.log())

    def test_grpc_has_as_many_connections_as_it_may(self):
        server = self.serve(*self.configured("grpc_connections: 20"))
        idle = [connect(server.grpc, PREFACE) for _ in range(20)]
        refused = self.start("recommend", "--server", server.grpc, "--product", "teapot")
        self.assertEqual(refused.returncode, 1, "the twenty first")
        self.assertIn("limits.grpc_connections", server.log())
        for connection in idle[:5]:
            connection.close()
        wait_for(lambda: self.start("recommend", "--server", server.grpc, "--product", "teapot").returncode == 0,
                 "room for one")
        for connection in idle:
            connection.close()

    def test_idle_connections_of_both_wires_are_closed(self):
        server = self.serve(*self.configured("grpc_idle_time: 500ms", "http_idle_time: 500ms", "header_time: 1s"))
        before = server.descriptors()
        idle = [connect(address, begin) for _ in range(50)
                for address, begin in ((server.grpc, PREFACE), (server.grpc, b""), (server.http, b""),
                                       (server.http, b"G"))]
        wait_for(lambda: server.descriptors() <= before, "idle connections to be closed")
        self.assert_answers(server)
        for connection in idle:
            connection.close()

    def test_a_caller_that_is_gone_without_a_word_is_noticed(self):
        """As when its machine has lost its power: it holds a call, and never answers what it is asked."""
        server = self.serve(*self.configured("grpc_ping_time: 1s"))
        with connect(server.grpc, PREFACE + watch_of_health()) as gone:
            gone.settimeout(20)
            while gone.recv(65536):
                pass
        self.assert_answers(server)

    def test_ten_thousand_idle_connections_keep_nobody_waiting(self):
        """As many as this process may have, up to five thousand of each wire."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        each = min(5000, (hard - 200) // 2)
        server = self.serve(*self.configured(f"http_connections: {each + 100}", "header_time: 60s"))
        self.assert_answers(server)
        memory, descriptors = server.memory_kib(), server.descriptors()
        idle = [connect(address, begin) for _ in range(each)
                for address, begin in ((server.grpc, PREFACE), (server.http, b""))]
        wait_for(lambda: server.descriptors() >= descriptors + 2 * each, "all connections")
        slowest = 0
        for _ in range(20):
            began = time.monotonic()
            self.assertEqual(server.call(RECOMMEND, PAGE)["model_version"], server.version)
            slowest = max(slowest, time.monotonic() - began)
        self.ask_over_grpc(server)
        grown = (server.memory_kib() - memory) / (2 * each)
        print(f"{2 * each} idle connections: {grown:.1f} KiB each, slowest of 20 calls {1000 * slowest:.1f} ms")
        self.assertLess(grown, 64)
        for connection in idle:
            connection.close()
        wait_for(lambda: server.descriptors() <= descriptors + 1, "the connections to be gone")
        self.assert_answers(server)

    def storm(self, server, seconds):
        """Connections that begin anything and are gone. How many."""
        begins = [b"", b"\0", PREFACE, PREFACE + bytes(range(256)), b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x02\x00\x01",
                  b"POST /awase.v1.RecommendationService/Recommend HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{"]
        until, counts = time.monotonic() + seconds, [0] * 4

        def go_on(number):
            chance, half_open = random.Random(number), []
            while time.monotonic() < until:
                try:
                    connection = connect(chance.choice([server.grpc, server.http]), chance.choice(begins))
                except OSError:
                    continue  # refused, or no port was free on this side
                counts[number] += 1
                if chance.random() < 0.05:
                    half_open.append(connection)
                    if len(half_open) > 20:
                        half_open.pop(0).close()
                    continue
                if chance.random() < 0.9:  # a reset in place of an end, which leaves no port in TIME_WAIT
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
            for connection in half_open:
                connection.close()

        threads = [threading.Thread(target=go_on, args=(number,)) for number in range(len(counts))]
        for thread in threads:
            thread.start()
        return lambda: [thread.join() for thread in threads] and sum(counts)

    def ask_in_the_storm(self, server, kept):
        """Over a connection that was there before, and over new ones. What came of it, in the words of the log below."""
        try:
            self.assertEqual(kept.call(RECOMMEND, PAGE)["model_version"], server.version)
            self.assertEqual(server.call(RECOMMEND, PAGE)["model_version"], server.version)
        except Refused as full:  # all 64 connections of HTTP are in the middle of a request
            self.assertEqual((full.status, json.loads(full.answer)["code"]), (503, "unavailable"))
            return "refused"
        asked = self.start("recommend", "--server", server.grpc, "--product", "cam-c200", "--format", "json")
        if asked.returncode == 0:
            self.assertEqual(json.loads(asked.stdout)["model_version"], server.version)
            return "answered"
        self.assertIn("Deadline Exceeded", asked.stderr)  # the storm takes both cores, and the ports' queues are full
        return "late"

    def test_a_storm_on_both_ports_changes_no_answer(self):
        server = self.serve(*self.configured("http_connections: 64"))
        before = server.descriptors()
        outcomes, until = collections.Counter(), time.monotonic() + 5
        with Caller(server.http) as kept:
            kept.call(RECOMMEND, PAGE)
            end_of_storm = self.storm(server, seconds=5)
            while time.monotonic() < until:
                outcomes[self.ask_in_the_storm(server, kept)] += 1
        print(f"{end_of_storm()} connections in 5 s, calls meanwhile: {dict(outcomes)}")
        self.assertGreater(outcomes["answered"], outcomes["late"])
        wait_for(lambda: server.descriptors() <= before + 1, "the connections to be gone")
        self.assert_answers(server)
        self.assertLess(len(server.log()), 100_000, "nobody fills the disk with the log")
