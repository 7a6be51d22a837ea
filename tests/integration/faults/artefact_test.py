"""A version whose files change under the server that serves it."""

import os
import signal

from awase_testing import SHOP_PRODUCTS, read_csv
from faults_testing import ACTIVATE, RECOMMEND, FaultTest, Refused, wait_for

PAGE = {"product_ids": ["cam-c200"]}


class Artefact(FaultTest):
    def other_than(self, version):
        return self.versions[version == self.versions[0]]

    def sections(self, version):
        return sorted((self.model / version).glob("*.bin"), key=lambda path: path.stat().st_size)

    def test_a_version_with_a_flipped_byte_is_not_activated(self):
        server = self.serve()
        other = self.other_than(server.version)
        section = self.sections(other)[-1]
        good = section.read_bytes()
        self.addCleanup(section.write_bytes, good)
        for place in (0, len(good) // 2, len(good) - 1):
            section.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1:])
            with self.assertRaises(Refused) as refused:
                server.call(ACTIVATE, {"version": other})
            self.assertIn("does not match its checksum", refused.exception.answer)
            page = server.call(RECOMMEND, PAGE)
            self.assertEqual((page["model_version"], page["degraded"]), (server.version, False))
        section.write_bytes(good)
        server.call(ACTIVATE, {"version": other})
        self.assertEqual(server.call(RECOMMEND, PAGE)["model_version"], other)

    def test_an_active_file_that_is_nonsense_changes_nothing_until_it_is_mended(self):
        server = self.serve()
        active = self.model / "ACTIVE"
        good = active.read_bytes()
        self.addCleanup(active.write_bytes, good)
        for nonsense in (b"", b"\0" * 4096, b"../../etc\n", b"f" * 16 + b"\n", b"\xff" * 100_000):
            active.write_bytes(nonsense)
            wait_for(lambda: server.call(RECOMMEND, PAGE)["degraded"], "the nonsense to be refused")
            self.assertEqual(server.call(RECOMMEND, PAGE)["model_version"], server.version)
            active.write_bytes(good)
            wait_for(lambda: not server.call(RECOMMEND, PAGE)["degraded"], "what is mended to be seen")

    def test_a_version_that_is_removed_or_replaced_as_a_whole_goes_on_serving(self):
        server = self.serve()
        kept = self.folder / self.id()
        os.rename(self.model / server.version, kept)
        self.addCleanup(lambda: kept.exists() and os.rename(kept, self.model / server.version))
        self.assertEqual(server.call(RECOMMEND, PAGE)["model_version"], server.version)

    def test_a_file_that_is_cut_short_in_place_ends_the_server_which_says_why(self):
        """Nothing can be answered from bytes that are gone. What starts anew refuses the version with what to do."""
        server = self.serve()
        section = self.sections(server.version)[-1]
        good = section.read_bytes()
        self.addCleanup(section.write_bytes, good)
        os.truncate(section, 0)
        try:
            for product in read_csv(SHOP_PRODUCTS):
                server.call(RECOMMEND, {"product_ids": [product["product_id"]], "explanation": "TRACE"})
        except OSError:
            pass
        self.assertEqual(server.process.wait(timeout=20), -signal.SIGBUS)
        self.assertIn("was cut short in place", server.log())
        again = self.start("serve", "--model", self.model, "--grpc", "127.0.0.1:0")
        self.assertEqual(again.returncode, 1)
        self.assertIn("train again, or restore this version from a copy", again.stderr)
        self.run_ok("models", "rollback", "--model", self.model)
        self.assertEqual(self.serve().version, self.other_than(server.version))
        section.write_bytes(good)
        self.run_ok("models", "activate", "--model", self.model, server.version)
