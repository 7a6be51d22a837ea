"""report.html in a real browser: it draws, asks for nothing, and shows hostile texts as texts."""

import json
import os
import pathlib
import re
import unittest

from awase_testing import SHOP_ORDERS, AwaseTest, read_csv, write_csv
from browser import Browser, find_chromium

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)> & \"quoted\""
CHROMIUM = find_chromium()


class ReportFile(AwaseTest):
    """What needs no browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "shop")
        cls.version = (cls.model / "ACTIVE").read_text().strip()

    def page(self, model=None):
        model = model or self.model
        return model / (model / "ACTIVE").read_text().strip() / "report.html"

    def data(self, page):
        return json.loads(re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.S)[1])

    def test_is_small_and_loads_nothing(self):
        text = self.page().read_text(encoding="utf-8")
        self.assertLess(len(text), 1_000_000)
        self.assertNotRegex(text, r"<(?:link|img|iframe|object)\b|<script[^>]+src")
        self.assertIn("default-src 'none'", text)

    def test_says_what_the_manifest_says(self):
        data = self.data(self.page())
        manifest = json.loads((self.model / self.version / "manifest.json").read_text())
        self.assertEqual(data["training"]["version"], self.version)
        self.assertEqual(data["training"]["relations"], manifest["report"]["relations"])
        self.assertEqual(data["settings"], manifest["settings"])
        self.assertEqual(data["dump"]["orders"], manifest["report"]["cleaning"]["orders_kept"])
        self.assertEqual(sum(period["orders"] for period in data["dump"]["periods"]) + data["dump"]["orders_without_time"],
                         data["dump"]["orders"])
        self.assertEqual(sum(size["orders"] for size in data["dump"]["sizes"]), data["dump"]["orders"])
        self.assertEqual(len(data["pages"]), 20)

    def test_names_no_customer(self):
        customers = {row["customer_id"] for row in read_csv(SHOP_ORDERS)} - {""}
        text = json.dumps(self.data(self.page()))
        self.assertEqual([customer for customer in customers if customer in text], [])

    def test_names_no_customer_of_a_dropped_row(self):
        orders = write_csv(self.folder / "bad.csv", ["order_id", "customer_id", "product_id", "quantity"],
                           [["o1", "c1", "a", 1], ["o1", "c1", "b", 1], ["o2", "secret-customer", "a", "many"]])
        self.run_ok("train", "--orders", orders, "--out", self.folder / "bad", "--max-bad", "1")
        text = self.page(self.folder / "bad").read_text(encoding="utf-8")
        self.assertIn("quantity", text)
        self.assertNotIn("secret-customer", text)

    def test_is_no_part_of_the_version(self):
        bare = self.train_shop(self.folder / "bare", "--no-report")
        self.assertEqual((bare / "ACTIVE").read_text().strip(), self.version)
        self.assertFalse(self.page(bare).exists())
        self.run_ok("models", "verify", "--model", self.model)
        # A later run without it takes away what would not be true any more.
        self.train_shop(bare)
        self.assertTrue(self.page(bare).exists())
        self.train_shop(bare, "--no-report")
        self.assertFalse(self.page(bare).exists())

    def test_draws_the_same_samples_again(self):
        again = self.train_shop(self.folder / "again", "--threads", 1)
        self.assertEqual(self.data(self.page(again))["pages"], self.data(self.page())["pages"])

    def test_does_not_stop_a_training_that_cannot_write_it(self):
        model = self.train_shop(self.folder / "blocked", "--no-report")
        (model / self.version / "report.html").mkdir()
        (model / self.version / "report.html" / "something").touch()
        done = self.start("train", "--orders", SHOP_ORDERS, "--products", os.environ["AWASE_SOURCE_DIR"]
                          + "/examples/shop/products.csv", "--out", model)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no report.html", done.stdout)


@unittest.skipIf(CHROMIUM is None and os.environ.get("CI") != "true",
                 "no Chromium here: apt-get install chromium (tools/apt-packages-test.txt)")
class ReportPage(AwaseTest):
    """What a reader sees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if CHROMIUM is None:
            raise AssertionError("CI has no Chromium: tools/apt-packages-test.txt was not installed")
        products = read_csv(pathlib.Path(os.environ["AWASE_SOURCE_DIR"]) / "examples" / "shop" / "products.csv")
        for product in products:
            product["title"] = f"{HOSTILE} {product['title']}"
        cls.products = write_csv(cls.folder / "products.csv", list(products[0]), [list(p.values()) for p in products])
        cls.model = cls.folder / "shop"
        cls.run_ok("train", "--orders", SHOP_ORDERS, "--products", cls.products, "--out", cls.model)
        cls.first = cls.model / (cls.model / "ACTIVE").read_text().strip() / "report.html"
        # One that is refused, for its page says why.
        cls.start("train", "--orders", SHOP_ORDERS, "--products", cls.products, "--out", cls.model, "--top", 5,
                  "--min-buyers", 40, "--no-tune", "--max-churn", 0)
        cls.second = next(page for page in cls.model.glob("*/report.html") if page != cls.first)
        cls.browser = Browser(CHROMIUM)
        cls.addClassCleanup(cls.browser.close)

    def open(self, page, **how):
        self.browser.requests.clear()
        self.browser.problems.clear()
        self.browser.open(page, **how)
        self.assertEqual(self.browser.evaluate("document.documentElement.dataset.drawn"), "yes",
                         self.browser.problems)

    def keep_picture(self, name):
        folder = os.environ.get("AWASE_SCREENSHOTS")
        if folder:
            self.browser.screenshot(pathlib.Path(folder) / f"{name}.png")

    def assert_quiet(self, page):
        self.assertEqual(self.browser.problems, [])
        self.assertEqual(self.browser.requests, [page.as_uri()])

    def test_asks_for_nothing_and_complains_of_nothing(self):
        for name, how in {"light": {}, "dark": {"dark": True}, "narrow": {"width": 400}}.items():
            with self.subTest(name):
                self.open(self.first, **how)
                self.assert_quiet(self.first)
                self.keep_picture(name)

    def test_runs_no_script_but_its_own(self):
        self.open(self.first)
        self.browser.evaluate("document.body.append(Object.assign(document.createElement('script'),"
                              "{textContent: 'document.title = \"owned\"'}))")
        self.assertNotEqual(self.browser.evaluate("document.title"), "owned")
        self.assertTrue(any("Content Security Policy" in problem for problem in self.browser.problems))

    def test_draws_every_picture(self):
        self.open(self.first)
        pictures = self.browser.evaluate("""[...document.querySelectorAll('figure')].map(figure => ({
            title: figure.querySelector('figcaption').textContent,
            label: figure.querySelector('svg')?.getAttribute('aria-label'),
            width: figure.querySelector('svg')?.getBoundingClientRect().width,
            marks: [...figure.querySelectorAll('svg rect, svg path')].filter(mark => {
              const box = mark.getBoundingClientRect();
              return box.width > 0.5 && box.height > 0.5;
            }).length,
            rows: figure.querySelectorAll('tbody tr').length}))""")
        self.assertGreaterEqual(len(pictures), 6, pictures)
        for picture in pictures:
            self.assertGreater(picture["marks"], 1, picture)
            self.assertGreater(picture["width"], 250, picture)
            self.assertGreater(picture["rows"], 1, picture)
            self.assertTrue(picture["label"], picture)

    def test_fits_a_phone(self):
        self.open(self.first, width=400)
        self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), 400)
        widths = self.browser.evaluate("[...document.querySelectorAll('figure svg')].map(svg => svg.clientWidth)")
        self.assertLessEqual(max(widths), 400)

    def test_draws_anew_when_the_window_changes(self):
        self.open(self.first, width=1200)
        before = self.browser.evaluate("document.querySelector('figure svg').getAttribute('width')")
        self.browser.call("Emulation.setDeviceMetricsOverride", width=600, height=900, deviceScaleFactor=1, mobile=False)
        self.browser.evaluate("new Promise(done => setTimeout(done, 300))")
        after = self.browser.evaluate("document.querySelector('figure svg').getAttribute('width')")
        self.assertLess(int(after), int(before))

    def test_shows_twenty_pages_to_judge_with_hostile_titles_as_text(self):
        self.open(self.first)
        samples = self.browser.evaluate("[...document.querySelectorAll('article.sample')].map(page => page.innerText)")
        self.assertEqual(len(samples), 20)
        for sample in samples:
            self.assertIn(HOSTILE, sample)
        self.assertTrue(any("claim" in sample for sample in samples))
        self.assertTrue(any("The higher model" in sample for sample in samples))
        self.assertTrue(any("USD " in sample for sample in samples))
        self.assertNotEqual(self.browser.evaluate("document.title"), "owned")
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('img').length"), 0)

    def test_shows_families_with_their_steps_and_evidence(self):
        self.open(self.first)
        families = self.browser.evaluate("""[...document.querySelectorAll('#families .family')].map(family => ({
            text: family.innerText,
            rows: family.querySelector('tbody').children.length,
            steps: family.querySelectorAll('.step').length,
            evidence: family.querySelectorAll('details tbody tr').length}))""")
        self.assertGreater(len(families), 2)
        for family in families:
            self.assertGreater(family["rows"], 1, family)
            self.assertGreater(family["steps"], 0, family)
            self.assertGreaterEqual(family["evidence"], family["steps"], family)
            self.assertIn("USD ", family["text"])
            self.assertIn(HOSTILE, family["text"])
        self.assertTrue(any("ASSERTED" in family["text"] for family in families))

    def test_shows_plans_where_there_are_any_and_what_is_wrong_with_them(self):
        orders = write_csv(self.folder / "orders.csv", ["order_id", "product_id"],
                           [[f"o{i}", plan] for i, plan in enumerate(["small", "large", "small"])])
        products = write_csv(self.folder / "plans.csv",
                             ["product_id", "family", "price", "currency", "subscription_interval", "limit.gb"],
                             [["small", "storage", "5.00", "EUR", "month", 100],
                              ["large", "storage", "10.00", "EUR", "month", 1000],
                              ["odd", "storage", "7.00", "EUR", "month", "10 <b>GB</b>"]])
        usage = write_csv(self.folder / "usage.csv", ["customer_id", "metric", "quantity", "period"],
                          [[customer, "gb", 20, "2026-10"] for customer in ("c1", "c2", "c3")])
        subscriptions = write_csv(self.folder / "subscriptions.csv", ["customer_id", "product_id"],
                                  [[customer, "large"] for customer in ("c1", "c2", "c3")])
        self.run_ok("train", "--orders", orders, "--products", products, "--usage", usage, "--subscriptions",
                    subscriptions, "--out", self.folder / "plans")
        page = next((self.folder / "plans").glob("*/report.html"))
        self.open(page)
        self.assert_quiet(page)
        self.keep_picture("plans")
        text = self.browser.evaluate("document.getElementById('plans').innerText")
        self.assertIn("2 plans in 1 family", text)
        self.assertIn("would do for 3 of them", text)
        self.assertRegex(text, r"saved EUR\s15\.00")
        self.assertIn("odd", text)
        self.assertIn("10 <b>GB</b>", text)
        self.run_ok("train", "--orders", orders, "--out", self.folder / "bare")
        self.open(next((self.folder / "bare").glob("*/report.html")))
        self.assertFalse(self.browser.evaluate("!!document.getElementById('plans')"), "a shop without plans")

    def test_says_first_whether_it_is_active_and_why_not(self):
        self.open(self.first)
        self.assertEqual(self.browser.evaluate("document.getElementById('state').textContent"), "active")
        self.assertIn("there was no active version", self.browser.evaluate("document.getElementById('summary').innerText"))
        self.open(self.second)
        self.assert_quiet(self.second)
        self.keep_picture("refused")
        self.assertEqual(self.browser.evaluate("document.getElementById('state').textContent"), "not active")
        summary = self.browser.evaluate("document.getElementById('summary').innerText")
        self.assertIn("stays inactive", summary)
        self.assertIn("--max-churn", summary)
        self.assertGreater(self.browser.evaluate("document.querySelectorAll('#against-active td.bad').length"), 0)


if __name__ == "__main__":
    unittest.main()
