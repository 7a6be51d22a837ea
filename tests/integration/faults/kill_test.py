"""kill -9 at any moment: what was acknowledged is there, all else is as before or as after, and the server starts."""

import datetime
import random
import subprocess
import time

from awase_testing import BINARY, SHOP_ORDERS, SHOP_PRODUCTS
from faults_testing import (ACTIVATE, MODELS, PRODUCT, PUBLISH, RECOMMEND, REPORT, REVISIONS, ROUNDS, UPDATE,
                            FaultTest)

PRODUCTS = ["cam-c100", "cam-c200", "burger-double", "teapot"]


class Killed(FaultTest):
    def test_no_update_that_was_acknowledged_is_lost(self):
        live = self.folder / self.id()
        acknowledged, sent = dict.fromkeys(PRODUCTS, 0), dict.fromkeys(PRODUCTS, 0)

        def feed(product):
            def step(caller):
                sent[product] += 1
                answer = caller.call(UPDATE, {"updates": [
                    {"product_id": product, "stock": sent[product], "sequence": sent[product]},
                    {"product_id": f"new-{product}", "stock": sent[product]}]})
                self.assertEqual(answer["applied"], 2)
                acknowledged[product] = sent[product]
            return step

        for _ in range(ROUNDS):
            self.kill_while(self.serve("--live", live), map(feed, PRODUCTS))
            server = self.serve("--live", live)
            for product in PRODUCTS:
                stock = int(server.call(PRODUCT, {"product_id": product}).get("stock", 0))
                self.assertIn(stock, (acknowledged[product], sent[product]), product)
                acknowledged[product] = stock
            products = 2 * sum(stock > 0 for stock in acknowledged.values())
            self.assertIn(f"awase_live_products {products}\n", server.metrics(), "calls are there as a whole")
            server.kill()
        self.assertGreater(min(acknowledged.values()), ROUNDS)

    def test_no_publication_that_was_acknowledged_is_lost(self):
        store = self.folder / self.id()
        acknowledged, sent = [], 0

        def publish(caller):
            nonlocal sent
            sent += 1
            rule = f"rules:\n- id: r{sent}\n  hide: {{products: [teapot]}}\n"
            acknowledged.append(caller.call(PUBLISH, {"files": [{"name": "a.yaml", "content": rule}]})["revision"])

        for number in range(1, ROUNDS + 1):
            self.kill_while(self.serve("--rule-store", store), [publish])
            server = self.serve("--rule-store", store)
            revisions = self.history(server)
            self.assertEqual([revision for revision in revisions if revision in acknowledged], acknowledged)
            self.assertLessEqual(len(revisions) - len(acknowledged), 1 + number, "the first, and one on its way a time")
            serving = server.call(RECOMMEND, {"product_ids": ["teapot"]})["rule_revision"]
            self.assertEqual(serving, revisions[-1])
            self.assertEqual(self.left_over(store), [])
            server.kill()
        self.assertGreater(len(acknowledged), ROUNDS)

    @staticmethod
    def history(server):
        """Oldest first."""
        found, below = [], {}
        while True:
            page = server.call(REVISIONS, {"page_size": 1000, **below})
            found += [entry["revision"] for entry in page["revisions"]]
            if not page.get("next_page_token"):
                return found[::-1]
            below = {"page_token": page["next_page_token"]}

    @staticmethod
    def left_over(folder):
        return sorted(path.name for path in folder.rglob("*") if path.name.endswith((".tmp", ".next")))

    def test_an_activation_is_as_before_or_as_after(self):
        last, asked = self.versions[1], self.versions[1]

        def activate(caller):
            nonlocal last, asked
            asked = self.versions[last == self.versions[0]]
            caller.call(ACTIVATE, {"version": asked})
            last = asked

        for _ in range(ROUNDS):
            self.kill_while(self.serve(), [activate])
            server = self.serve()
            self.assertIn(server.version, (last, asked))
            last = asked = server.version
            listed = server.call(MODELS, {})["versions"]
            serving = [entry["version"] for entry in listed if entry["active"] and entry["serving"]]
            self.assertEqual(serving, [server.version])
            server.kill()

    def test_no_exposure_that_was_acknowledged_is_forgotten(self):
        folder, rules = self.folder / self.id(), self.folder / f"{self.id()}.rules"
        rules.mkdir()
        (rules / "a.yaml").write_text("rules:\n- id: no\n  cap: {at_most: 0, after: dismissed, within: 60d}\n",
                                      encoding="utf-8")
        flags = ("--exposures", folder, "--rules", rules)
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        acknowledged, sent = [], 0

        def dismiss(caller):
            nonlocal sent
            customer, sent = f"c{sent}", sent + 1
            exposure = {"product_id": "cam-battery", "intent": "CROSS_SELL", "event": "DISMISSED", "time": now}
            caller.call(REPORT, {"customer_id": customer, "exposures": [exposure]})
            acknowledged.append(customer)

        for _ in range(ROUNDS):
            self.kill_while(self.serve(*flags), [dismiss])
            server = self.serve(*flags)
            self.assertIn("cam-battery", self.offered(server, "somebody else"))
            for customer in random.sample(acknowledged, min(20, len(acknowledged))) + acknowledged[-1:]:
                self.assertNotIn("cam-battery", self.offered(server, customer), customer)
            server.kill()

    @staticmethod
    def offered(server, customer):
        page = server.call(RECOMMEND, {"product_ids": ["cam-c200"], "customer": {"id": customer}})
        return [offer.get("product", {}).get("product_id") for slot in page["slots"]
                for offer in slot.get("offers", [])]

    def test_a_training_leaves_nothing_that_serves_but_whole_versions(self):
        """The server watches while trainings are killed; whatever is active can be served."""
        server = self.serve()
        command = [BINARY, "train", "--orders", SHOP_ORDERS, "--products", SHOP_PRODUCTS, "--out", self.model,
                   "--force", "a test", "--no-tune"]
        started = time.monotonic()
        subprocess.run([*map(str, command), "--top", "30"], check=True, stdout=subprocess.DEVNULL)
        whole = time.monotonic() - started
        for number in range(2 * ROUNDS):
            training = subprocess.Popen([*map(str, command), "--top", str(10 + number)], stdout=subprocess.DEVNULL)
            try:
                training.wait(timeout=random.uniform(0, 1.1 * whole))
            except subprocess.TimeoutExpired:
                training.kill()
                training.wait()
            self.run_ok("models", "verify", "--model", self.model)
            server.call(RECOMMEND, {"product_ids": ["teapot"]})
        self.assertNotIn("[error]", server.log())
        active = self.active()
        self.assertEqual(self.serve().version, active)
        for version in self.versions:
            self.run_ok("models", "activate", "--model", self.model, version)
