"""A disk that is full: what is answered as kept is kept, the server goes on, and goes on writing when there is room."""

import datetime
import os
import shutil
import subprocess
import unittest

from faults_testing import (ACTIVATE, PRODUCT, PUBLISH, RECOMMEND, REPORT, REVISIONS, UPDATE, FaultTest, Refused,
                            wait_for)

HIDE = ("rules:\n- id: {0}\n  hide: {{products: [{0}]}}\n"
        "- id: no\n  cap: {{at_most: 0, after: dismissed, within: 60d}}\n")


class FullDiskTest(FaultTest):
    """All that a server writes is on a disk of its own, which can be filled."""

    SIZE = "2m"

    def setUp(self):
        self.disk = self.folder / self.id()
        self.disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.SIZE}", "awase-test", self.disk],
                                 capture_output=True, check=False) if os.geteuid() == 0 else None
        if mounted is None or mounted.returncode != 0:
            raise unittest.SkipTest("a disk that can be filled needs root, and a system that lets it mount a tmpfs")
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk], check=True)

    def start_server(self):
        return self.serve("--live", self.disk / "live", "--rule-store", self.disk / "rules", "--exposures",
                          self.disk / "exposures", "--record", self.disk / "recorded")

    def fill(self):
        """Until not a byte fits. The file that takes the room."""
        filler = self.disk / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue
        return filler

    def update(self, stock):
        """Longer than what may be left of a block."""
        self.server.call(UPDATE, {"updates": [{"product_id": "teapot", "stock": stock},
                                              {"product_id": f"{'x' * 5000}{stock}", "stock": 1}]})

    def publish(self, product):
        return self.server.call(PUBLISH, {"files": [{"name": "a.yaml", "content": HIDE.format(product)}]})["revision"]

    def dismiss(self, customer):
        exposure = {"product_id": "cam-battery", "intent": "CROSS_SELL", "event": "DISMISSED",
                    "time": datetime.datetime.now(datetime.timezone.utc).isoformat()}
        self.server.call(REPORT, {"customer_id": customer, "exposures": [exposure]})

    def page(self, customer):
        return self.server.call(RECOMMEND, {"product_ids": ["cam-c200"], "customer": {"id": customer}})

    def offered(self, customer):
        return [offer.get("product", {}).get("product_id") for slot in self.page(customer)["slots"]
                for offer in slot.get("offers", [])]

    def stock(self):
        return self.server.call(PRODUCT, {"product_id": "teapot"}).get("stock")

    def assert_no_room(self, call, *arguments):
        with self.assertRaises(Refused) as refused:
            call(*arguments)
        self.assertEqual(refused.exception.status, 429, refused.exception)
        self.assertIn("free", refused.exception.answer)

class FullDisk(FullDiskTest):
    def setUp(self):
        super().setUp()
        self.server = self.start_server()

    def test_nothing_is_acknowledged_that_is_not_written_and_room_mends_it(self):
        revision = self.publish("sd-64")
        self.update(7)
        filler = self.fill()
        for attempt in range(3):
            self.assert_no_room(self.update, 100 + attempt)
            self.assert_no_room(self.publish, "sd-128")
            page = self.page("anna")
            self.assertEqual((page["rule_revision"], self.stock()), (revision, "7"))
        self.assertIn("awase_live_problem 1\n", self.server.metrics())
        self.server.kill()  # what was acknowledged is there also after the worst of all moments
        self.server = self.start_server()
        self.assertEqual((self.page("anna")["rule_revision"], self.stock()), (revision, "7"))
        self.assert_no_room(self.update, 100)
        filler.unlink()
        self.update(8)
        self.assertIn("awase_live_problem 0\n", self.server.metrics())
        revision = self.publish("sd-128")
        self.server.kill()
        self.server = self.start_server()
        self.assertEqual((self.page("anna")["rule_revision"], self.stock()), (revision, "8"))
        self.assertEqual(len(self.server.call(REVISIONS, {})["revisions"]), 3, "no number is lost, and none is half")

    def test_exposures_hold_while_there_is_no_room_and_are_written_when_there_is(self):
        self.publish("sd-64")
        log = self.disk / "exposures" / "log"
        sizes = [log.stat().st_size]
        self.dismiss("first")
        sizes.append(log.stat().st_size)
        filler = self.fill()
        for number in range(200):
            self.dismiss(f"c{number}")
        self.assertNotIn("cam-battery", self.offered("c199"))
        self.assertIn("exposures are not written", self.server.log())
        filler.unlink()
        self.dismiss("last")
        wait_for(lambda: log.stat().st_size >= sizes[0] + 202 * (sizes[1] - sizes[0]), "all of them to be written")
        self.server.kill()
        self.server = self.start_server()
        for customer in ("first", "c0", "c100", "c199", "last"):
            self.assertNotIn("cam-battery", self.offered(customer), customer)

    def test_a_start_on_a_full_disk_serves_what_was_there_or_says_why_not(self):
        self.publish("sd-64")
        self.update(7)
        self.server.kill()
        self.fill()
        self.server = self.start_server()
        self.assertEqual(self.stock(), "7")
        fresh = self.start("serve", "--model", self.model, "--grpc", "127.0.0.1:0", "--live", self.disk / "other")
        self.assertEqual(fresh.returncode, 1)
        self.assertIn("free", fresh.stderr)


class FullModelDisk(FullDiskTest):
    """The model directory is on that disk, too."""

    SIZE = "32m"

    def test_an_activation_that_cannot_be_written_changes_nothing(self):
        shutil.copytree(type(self).model, self.disk / "models")
        self.model = self.disk / "models"
        self.server = self.start_server()
        before = self.server.version
        other = self.versions[before == self.versions[0]]
        filler = self.fill()
        with self.assertRaises(Refused):
            self.server.call(ACTIVATE, {"version": other})
        self.assertEqual(self.page("anna")["model_version"], before)
        self.assertEqual((self.model / "ACTIVE").read_text(encoding="utf-8").strip(), before)
        filler.unlink()
        self.server.call(ACTIVATE, {"version": other})
        self.assertEqual(self.page("anna")["model_version"], other)
