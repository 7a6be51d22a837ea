"""Bad input gets a clear error and loses nothing."""

import gzip
import json
import pathlib
import resource
import shutil
import signal
import subprocess

from awase_testing import BINARY, SHOP_ORDERS, SHOP_PRODUCTS, AwaseTest, read_csv, write_csv


class BadOrders(AwaseTest):
    """Each is refused by name, and no model appears."""

    def check(self, orders, *words, extra=()):
        out = self.folder / f"models_{self.id()}"
        self.assert_refused(["train", "--orders", orders, "--out", out, *extra], *words)
        self.assertFalse(list(out.glob("*")) if out.exists() else [])

    def test_a_missing_file(self):
        self.check(self.folder / "nowhere.csv", "nowhere.csv")

    def test_a_glob_without_a_match(self):
        self.check(self.folder / "nowhere-*.csv", "nowhere-*.csv")

    def test_a_gz_that_is_cut_short(self):
        path = self.folder / "cut.csv.gz"
        whole = gzip.compress(SHOP_ORDERS.read_bytes())
        path.write_bytes(whole[:len(whole) // 2])
        self.check(path, "cut.csv.gz")

    def test_a_gz_that_is_none(self):
        path = self.folder / "none.csv.gz"
        path.write_bytes(b"order_id,product_id\n1,2\n")
        self.check(path, "none.csv.gz")

    def test_a_zst_that_is_cut_short(self):
        path = self.folder / "cut.csv.zst"
        done = subprocess.run(["zstd", "-q", "-c", str(SHOP_ORDERS)], capture_output=True, check=True) \
            if shutil.which("zstd") else None
        if done is None:
            self.skipTest("needs the zstd command")
        path.write_bytes(done.stdout[:len(done.stdout) // 2])
        self.check(path, "cut.csv.zst")

    def test_a_parquet_file_that_is_cut_short(self):
        model = self.train_shop(self.folder / "for_parquet")
        whole, cut = self.folder / "whole.parquet", self.folder / "cut.parquet"
        self.run_ok("export", "--model", model, "--relation", "bought_together", "--out", whole)
        cut.write_bytes(whole.read_bytes()[:-100])
        self.check(cut, "cut.parquet")

    def test_a_missing_column_is_named_with_those_found(self):
        path = write_csv(self.folder / "columns.csv", ["order_id", "sku", "qty"], [["1", "a", "1"]])
        self.check(path, "product_id", "sku", "qty")

    def test_an_empty_file(self):
        path = self.folder / "empty.csv"
        path.write_bytes(b"")
        self.check(path, "empty.csv")

    def test_more_bad_rows_than_allowed(self):
        path = write_csv(self.folder / "many_bad.csv", ["order_id", "product_id", "quantity"],
                         [[order, "a", "many" if order % 2 else "1"] for order in range(100)])
        self.check(path, "quantity", "--max-bad")

    def test_a_dataset_map_with_an_unknown_key(self):
        path = self.folder / "map.yaml"
        path.write_text("orders:\n  colums: {product_id: sku}\n", encoding="utf-8")
        self.check(SHOP_ORDERS, "map.yaml:2", "colums", extra=["--dataset", path])


class OddOrders(AwaseTest):
    """Odd, but no reason to fail: what is dropped is counted, and the rest trains."""

    def report(self, model):
        return json.loads((model / (model / "ACTIVE").read_text(encoding="utf-8").strip() / "manifest.json")
                          .read_text(encoding="utf-8"))

    def test_bad_rows_are_dropped_counted_and_sampled_up_to_max_bad(self):
        header = ["order_id", "product_id", "quantity", "unit_price", "ordered_at"]
        rows = [[order, product, 1, "1.00", "2025-01-02"] for order in range(40) for product in ("a", "b")]
        rows += [["x1", "a", "several", "1.00", "2025-01-02"], ["x2", "a", 1, "-5.00", "2025-01-02"],
                 ["x3", "a", 1, "1.00", "yesterday"], ["", "a", 1, "1.00", "2025-01-02"]]
        path = write_csv(self.folder / "some_bad.csv", header, rows)
        model = self.folder / "some_bad"
        done = self.start("train", "--orders", path, "--out", model, "--max-bad", "0.2")
        self.assertEqual(done.returncode, 0, done.stderr)
        manifest = json.dumps(self.report(model))
        for sample in ("several", "-5.00", "yesterday"):
            self.assertIn(sample, manifest)
            self.assertIn(sample, done.stdout + done.stderr)

    def test_a_dump_without_a_single_pair_trains_and_says_so(self):
        path = write_csv(self.folder / "single.csv", ["order_id", "product_id"], [[n, f"p{n % 7}"] for n in range(50)])
        model = self.folder / "single"
        done = self.start("train", "--orders", path, "--out", model)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex((done.stdout + done.stderr).lower(), r"no pair|0 pairs")
        self.assertEqual(self.export(model, "--relation", "bought_together"), [])

    def test_an_order_of_100000_lines_trains(self):
        rows = [["big", f"p{n % 3000:04d}"] for n in range(100_000)]
        rows += [[f"o{n}", product] for n in range(20) for product in ("p0001", "p0002")]
        path = write_csv(self.folder / "big.csv", ["order_id", "product_id"], rows)
        model = self.folder / "big"
        self.run_ok("train", "--orders", path, "--out", model)
        pairs = {(row["product_id"], row["other_id"]): row for row in self.export(model, "--relation", "bought_together")}
        self.assertEqual(pairs["p0001", "p0002"]["orders_together"], "21")

    def test_ids_of_any_shape_come_back_as_they_were(self):
        ids = ['quote "inside"', "comma, inside", "new\nline", "ユニコード ☕", "0012", "12", "Case", "case", "inner space x",
               "x" * 10_000, "semi;colon", "back\\slash", "<b>&amp;</b>", "'single'"]
        rows = [[f"o{n}", f"c{n}", product] for n in range(12) for product in ids]
        path = write_csv(self.folder / "odd.csv", ["order_id", "customer_id", "product_id"], rows)
        model = self.folder / "odd"
        self.run_ok("train", "--orders", path, "--out", model)
        exported = {row["product_id"] for row in self.export(model, "--relation", "bought_together", "--top", 64)}
        self.assertEqual(exported, set(ids))

    def test_gz_zst_globs_and_several_files_give_the_same_version_as_one_file(self):
        lines = SHOP_ORDERS.read_text(encoding="utf-8").splitlines(keepends=True)
        half = len(lines) // 2
        (self.folder / "part1.csv.gz").write_bytes(gzip.compress("".join(lines[:half]).encode()))
        (self.folder / "part2.csv.gz").write_bytes(gzip.compress((lines[0] + "".join(lines[half:])).encode()))
        versions = set()
        for name, orders in (("one", [SHOP_ORDERS]), ("glob", [self.folder / "part*.csv.gz"]),
                             ("two", [self.folder / "part1.csv.gz", self.folder / "part2.csv.gz"])):
            model = self.folder / f"models_{name}"
            self.run_ok("train", "--orders", *orders, "--products", SHOP_PRODUCTS, "--out", model)
            versions.add((model / "ACTIVE").read_text(encoding="utf-8"))
        self.assertEqual(len(versions), 1)

    def test_json_lines_and_tsv_give_the_same_version_as_csv(self):
        rows = read_csv(SHOP_ORDERS)
        (self.folder / "orders.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        (self.folder / "orders.tsv").write_text(SHOP_ORDERS.read_text(encoding="utf-8").replace(",", "\t"), encoding="utf-8")
        versions = {}
        for orders in (SHOP_ORDERS, self.folder / "orders.jsonl", self.folder / "orders.tsv"):
            model = self.train_shop(self.folder / f"models_{orders.suffix[1:]}", orders=orders)
            versions[orders.suffix] = (model / "ACTIVE").read_text(encoding="utf-8")
        self.assertEqual(len(set(versions.values())), 1, versions)


class BadOutput(AwaseTest):
    """Whatever goes wrong while writing, ACTIVE and the versions that were there stay, and no half version appears."""

    def setUp(self):
        self.model = self.train_shop(self.folder / f"models_{self.id()}")
        self.before = self.content()

    def content(self):
        return {str(path.relative_to(self.model)): path.read_bytes()
                for path in self.model.rglob("*") if path.is_file()}

    def arguments(self, orders=SHOP_ORDERS):
        return ["train", "--orders", orders, "--products", SHOP_PRODUCTS, "--top", 11, "--out", self.model]

    def test_a_folder_that_cannot_be_made_is_named(self):
        blocker = self.folder / "a_file"
        blocker.write_text("x", encoding="utf-8")
        self.assert_refused(["train", "--orders", SHOP_ORDERS, "--out", blocker / "models"], "a_file")

    def test_a_full_disk_leaves_what_was_there(self):
        def no_file_over_4_kib():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        # With SIGXFSZ ignored (as Python leaves it) a write over the limit fails just like one to a full disk.
        self.assert_refused(self.arguments(), str(self.model), preexec_fn=no_file_over_4_kib, restore_signals=False)
        self.assertEqual(self.content(), self.before)

    def test_ctrl_c_in_the_middle_leaves_what_was_there(self):
        orders = self.folder / "long.csv"
        lines = SHOP_ORDERS.read_text(encoding="utf-8").splitlines(keepends=True)
        with orders.open("w", encoding="utf-8") as file:
            file.write(lines[0])
            for copy in range(60):
                file.writelines(f"{copy}{line}" for line in lines[1:])
        process = subprocess.Popen([BINARY, *map(str, self.arguments(orders))], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.wait_until_it_reads(process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("awase: interrupted: nothing was written", errors)
        self.assertEqual(self.content(), self.before)
        self.assertEqual([path.name for path in self.model.iterdir() if path.name.startswith((".", "tmp")) and path.name != ".lock"], [])

    def wait_until_it_reads(self, process):
        """Until the process has read a megabyte: its shared libraries are mapped, so that is the dump."""
        counters = pathlib.Path(f"/proc/{process.pid}/io")
        while process.poll() is None:
            read = int(counters.read_text(encoding="ascii").split("rchar: ")[1].split()[0])
            if read > 1_000_000:
                return
        self.fail(f"ended before it could be interrupted: {process.communicate()[1]}")


class Artefacts(AwaseTest):
    """A version that is not whole, or not of our format, is refused with a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.train_shop(cls.folder / "good")
        cls.version = (cls.good / "ACTIVE").read_text(encoding="utf-8").strip()

    def copy(self):
        model = self.folder / self.id()
        shutil.copytree(self.good, model)
        return model, model / self.version

    def sections(self, directory):
        beside = ("manifest.json", "orders.store", "promotion.json", "report.html")
        return sorted(path for path in directory.rglob("*") if path.is_file() and path.name not in beside)

    def check_refused(self, model, *words):
        self.assert_refused(["models", "verify", "--model", model], *words)
        self.assert_refused(["recommend", "--model", model, "--product", "teapot"], *words)
        self.assert_refused(["serve", "--model", model, "--grpc", "127.0.0.1:0"], *words)

    def test_a_good_one_is_verified(self):
        self.run_ok("models", "verify", "--model", self.good)

    def test_a_flipped_byte_in_any_section(self):
        for section in self.sections(self.good / self.version):
            if section.stat().st_size == 0:
                continue
            model, directory = self.copy()
            path = directory / section.relative_to(self.good / self.version)
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 0x10
            path.write_bytes(data)
            self.assert_refused(["models", "verify", "--model", model], section.stem)
            shutil.rmtree(model)

    def test_a_section_that_is_cut(self):
        model, directory = self.copy()
        path = max(self.sections(directory), key=lambda section: section.stat().st_size)
        path.write_bytes(path.read_bytes()[:-1])
        self.check_refused(model, path.stem)

    def test_a_section_that_is_gone(self):
        model, directory = self.copy()
        path = max(self.sections(directory), key=lambda section: section.stat().st_size)
        path.unlink()
        self.check_refused(model, path.stem)

    def test_a_manifest_that_is_no_json(self):
        model, directory = self.copy()
        (directory / "manifest.json").write_text("{", encoding="utf-8")
        self.check_refused(model, "manifest.json")

    def test_a_newer_format(self):
        model, directory = self.copy()
        manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
        manifest["format_version"] = 99
        (directory / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        self.check_refused(model, "99", "newer")

    def test_a_folder_without_a_model(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.check_refused(empty, "empty")

    def test_an_unknown_version_is_not_activated(self):
        model, _ = self.copy()
        active = (model / "ACTIVE").read_bytes()
        self.assert_refused(["models", "activate", "--model", model, "feedfacefeedface"], "feedfacefeedface")
        self.assertEqual((model / "ACTIVE").read_bytes(), active)

    def test_a_broken_version_is_not_activated(self):
        model, directory = self.copy()
        self.train_shop(model, "--top", 3, "--force", "shorter lists")
        active = (model / "ACTIVE").read_bytes()
        path = max(self.sections(directory), key=lambda section: section.stat().st_size)
        path.write_bytes(path.read_bytes()[:-1])
        self.assert_refused(["models", "activate", "--model", model, self.version], path.stem)
        self.assertEqual((model / "ACTIVE").read_bytes(), active)

    def test_an_unknown_flag_or_command_is_refused(self):
        self.assert_refused(["train", "--out", self.folder / "unused", "--surprise"], "--surprise")
        self.assert_refused(["teach"], "teach", "train, eval")
        self.assertIn("train", self.run_ok("--help"))
