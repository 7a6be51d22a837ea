"""`awase serve --http`: the methods as JSON, and what operators ask, from another process."""

import datetime
import gzip
import http.client
import json
import resource
import signal
import urllib.error
import urllib.request

from awase_testing import SHOP, AwaseTest
from serve_test import Server

RECOMMEND = "/awase.v1.RecommendationService/Recommend"
NOW = datetime.datetime.now(datetime.timezone.utc)


class Http(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")

    def setUp(self):
        self.serve(SHOP / "rules", "--http-origin", "https://shop.example")

    def serve(self, rules, *extra):
        self.server = Server(self.folder, self.model, rules, "--http", "127.0.0.1:0", "--format", "json", *extra)
        self.addCleanup(self.server.stop)
        ready = next(line for line in self.server.log().splitlines() if line.startswith("{"))
        self.address = json.loads(ready)["http"]
        self.grpc = json.loads(ready)["grpc"]

    def ask(self, path, body=None, **headers):
        """Status, headers and body of the answer."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, dict):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(f"http://{self.address}{path}", data=body, headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def test_the_page_is_that_of_the_command_line(self):
        status, headers, body = self.ask(RECOMMEND, {"product_ids": ["cam-c200"]})
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Type"], "application/json")
        page = json.loads(body)
        direct = self.recommend("cam-c200", "--model", self.model, "--rules", SHOP / "rules")
        del page["token"], direct["token"]
        self.assertEqual(page, direct)

    def test_the_log_is_json_where_it_is_to_be(self):
        self.server.stop()
        self.serve(SHOP / "rules", "--log-format", "json", "--log-level", "debug")
        trace, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
        self.ask(RECOMMEND, {"product_ids": ["cam-c200"], "customer": {"id": "anna"}}, X_Request_Id='r-17"',
                 Traceparent=f"00-{trace}-{span}-01", Authorization="Bearer secret")
        self.recommend("cam-c200", "--server", self.grpc)
        self.ask(RECOMMEND, b"\n\x01\xff", Content_Type="application/proto")  # protobuf says that this is no UTF-8
        self.server.stop()
        lines = [json.loads(line) for line in self.server.log().splitlines()]
        calls = [line for line in lines if "method" in line]
        for line in calls:
            self.assertRegex(line.pop("time"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        said = {"level": "debug", "message": "the call has ended", "method": RECOMMEND[1:], "code": "OK"}
        self.assertEqual(calls, [{**said, "request_id": 'r-17"', "trace_id": trace, "span_id": span}, said,
                                 {**said, "code": "INVALID_ARGUMENT"}])
        self.assertTrue([line for line in lines if "UTF-8" in line.get("message", "")], lines)
        self.assertEqual(lines[-1]["message"], "stopped")
        for word in ("secret", "anna", "cam-c200"):
            self.assertNotIn(word, self.server.log())
        refused = self.assert_refused(["serve", "--model", self.folder / "none", "--log-format", "json"])
        self.assertEqual((refused.returncode, json.loads(refused.stderr)["level"]), (1, "error"))

    def test_who_asks_it_for_grpc_is_told_of_the_other_port(self):
        asked = ["rules", "history", "--server"]
        self.assert_refused([*asked, self.address], "answers in HTTP/1", "--grpc")
        self.assert_refused([*asked, f"http://{self.address}"], "want HOST:PORT, without http://")

    def test_a_dismissal_outlives_more_pages_than_are_kept(self):
        rules = self.folder / "no_means_no"
        rules.mkdir()
        (rules / "rules.yaml").write_text("rules:\n- id: no\n  cap: {at_most: 0, after: dismissed, within: 60d}\n",
                                          encoding="utf-8")
        self.server.stop()
        self.serve(rules, "--exposures", str(self.folder / "exposures"))
        page = {"product_ids": ["cam-c200"], "customer": {"id": "anna"}}

        def also_bought():
            slots = json.loads(self.ask(RECOMMEND, page)[2])["slots"]
            return [offer["product"]["product_id"] for slot in slots if slot["name"] == "also_bought"
                    for offer in slot["offers"]]

        def report(event, products, time):
            exposures = [{"product_id": product, "intent": "CROSS_SELL", "event": event, "time": time}
                         for product in products]
            self.assertEqual(self.ask("/awase.v1.FeedbackService/ReportExposures",
                                      {"customer_id": "anna", "exposures": exposures})[0], 200)

        first = also_bought()[0]
        report("DISMISSED", [first], (NOW - datetime.timedelta(days=3)).isoformat())
        for part in range(2):
            report("SHOWN", [f"other-{part}-{i}" for i in range(1000)], NOW.isoformat())
        self.assertNotIn(first, also_bought())

    def test_live_values_outlive_a_killed_server(self):
        self.server.stop()
        live = self.folder / "live"
        self.serve(SHOP / "rules", "--live", str(live))

        def higher():
            slots = json.loads(self.ask(RECOMMEND, {"product_ids": ["cam-c200"]})[2])["slots"]
            return [(offer["product"]["product_id"], offer["price"]["minor_units"]) for slot in slots
                    if slot["name"] == "higher" for offer in slot["offers"]]

        (model, _), = higher()[:1]
        price = {"currency_code": "USD", "minor_units": 99900}
        status, _, body = self.ask("/awase.v1.CatalogService/UpdateProducts",
                                   {"updates": [{"product_id": model, "price": price}]})
        self.assertEqual((status, json.loads(body)["applied"]), (200, 1))
        self.assertIn((model, "99900"), higher())
        self.server.process.kill()
        self.server.process.wait()
        self.serve(SHOP / "rules", "--live", str(live))
        self.assertIn((model, "99900"), higher())
        self.assertIn("awase_live_products 1\n", self.ask("/metrics")[2].decode())
        result = self.start("serve", "--model", self.model, "--grpc", "127.0.0.1:0", "--live", live)
        self.assertEqual(result.returncode, 1)
        self.assertIn("another process keeps its live catalogue here", result.stderr)

    def test_a_live_log_that_may_not_grow_is_told_and_does_not_end_the_server(self):
        self.server.stop()
        self.serve(SHOP / "rules", "--live", str(self.folder / "live_limited"))
        resource.prlimit(self.server.process.pid, resource.RLIMIT_FSIZE, (4096, 4096))
        updates = {"updates": [{"product_id": "x" * 5000, "stock": 1}]}
        status, _, body = self.ask("/awase.v1.CatalogService/UpdateProducts", updates)
        self.assertEqual((status, json.loads(body)["code"]), (429, "resource_exhausted"))
        self.assertIn("awase_live_problem 1\n", self.ask("/metrics")[2].decode())

    def test_bodies_travel_compressed(self):
        request = gzip.compress(json.dumps({"product_ids": ["cam-c200"]}).encode())
        status, headers, body = self.ask(RECOMMEND, request, Content_Type="application/json", Content_Encoding="gzip",
                                         Accept_Encoding="gzip")
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(body))["slots"][0]["name"], "bundle")

    def test_errors_are_json(self):
        status, _, body = self.ask(RECOMMEND, {"product": "cam-c200"})
        self.assertEqual(status, 400)
        error = json.loads(body)
        self.assertEqual(error["code"], "invalid_argument")
        self.assertIn("field product: there is no such field", error["message"])
        status, _, body = self.ask("/nowhere", {})
        self.assertEqual((status, json.loads(body)["code"]), (404, "unimplemented"))

    def test_one_connection_takes_many_requests(self):
        connection = http.client.HTTPConnection(self.address, timeout=30)
        self.addCleanup(connection.close)
        for product in ("cam-c200", "phone-s2", "burger-double"):
            connection.request("POST", RECOMMEND, json.dumps({"product_ids": [product]}),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            self.assertEqual(answer.status, 200)
            self.assertEqual(json.loads(answer.read())["missing_ids"], [])
        connection.request("HEAD", "/healthz")
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.read()), (200, b""))

    def test_pages_of_the_named_origin_may_call(self):
        for origin, allowed in (("https://shop.example", "https://shop.example"), ("https://evil.example", None)):
            _, headers, _ = self.ask(RECOMMEND, {"product_ids": ["cam-c200"]}, Origin=origin)
            self.assertEqual(headers["Access-Control-Allow-Origin"], allowed)

    def test_operators_see_what_serves(self):
        self.assertEqual(self.ask("/healthz")[2], b"alive\n")
        self.assertEqual(self.ask("/readyz")[2], b"ready\n")
        self.ask(RECOMMEND, {"product_ids": ["cam-c200"]})
        metrics = self.ask("/metrics")[2].decode()
        self.assertIn('awase_requests_total{method="awase.v1.RecommendationService/Recommend",code="OK"} 1\n', metrics)
        version = self.recommend("cam-c200", "--model", self.model)["model_version"]
        self.assertIn(f'awase_model_info{{version="{version}"}} 1\n', metrics)

    def test_a_signal_ends_it_with_a_connection_open(self):
        connection = http.client.HTTPConnection(self.address, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", "/healthz")
        self.assertEqual(connection.getresponse().read(), b"alive\n")
        self.server.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.process.wait(timeout=20), 0)

    def test_a_port_in_use_is_said(self):
        result = self.start("serve", "--model", self.model, "--grpc", "127.0.0.1:0", "--http", self.address)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{self.address} is in use", result.stderr)
        result = self.start("serve", "--model", self.model, "--http-origin", "https://shop.example")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--http", result.stderr)
