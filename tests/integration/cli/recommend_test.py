"""Product pages of the small shop, straight from a model and the example rules."""

import json

from awase_testing import SHOP, AwaseTest, offered_ids, offers, planted, removed


class PageTest(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")

    def page(self, product, *extra, rules=SHOP / "rules"):
        return self.recommend(product, "--model", self.model, "--rules", rules, *extra)

    def no_rules(self):
        folder = self.folder / "no_rules"
        folder.mkdir(exist_ok=True)
        return folder


class Pages(PageTest):
    def test_the_page_has_its_four_slots_in_order(self):
        answer = self.page("phone-s2")
        self.assertEqual([slot["name"] for slot in answer["slots"]], ["bundle", "also_bought", "lower", "higher"])

    def test_why_says_what_became_of_a_product_in_every_slot(self):
        asked = ["recommend", "--product", "burger-double", "--model", self.model, "--rules", SHOP / "rules"]
        text = self.run_ok(*asked, "--why", "misc-pen")
        self.assertIn("hidden by a rule (rule no-stationery-with-food)", text)
        found = json.loads(self.run_ok(*asked, "--why", "fries-m", "--format", "json"))
        self.assertEqual([slot["slot"] for slot in found["slots"]], ["bundle", "also_bought", "lower", "higher"])
        self.assertEqual((found["slots"][0]["outcome"], found["slots"][0]["rule_ids"]), ("OFFERED", ["double-burger-set"]))
        self.assertEqual(found["mentions"][0]["relation"], "bought_together")
        self.assertIn("does not know", self.run_ok(*asked, "--why", "no-such-thing"))

    def test_a_learned_bundle_is_the_anchor_and_what_is_claimed_with_it(self):
        bundle = offers(self.page("phone-s2"), "bundle")[0]["bundle"]
        ids = [line["product"]["product_id"] for line in bundle["lines"]]
        self.assertEqual(ids[0], "phone-s2")
        self.assertIn("phone-film", ids)
        self.assertEqual(len(set(ids)), len(ids))
        self.assertTrue(2 <= len(ids) <= 4)
        self.assertEqual(int(bundle["list_price"]["minor_units"]),
                         sum(int(line["list_price"]["minor_units"]) for line in bundle["lines"]))

    def test_a_rule_sets_the_price_of_a_bundle_and_the_lines_add_up(self):
        answer = self.page("burger-double")
        bundle = offers(answer, "bundle")[0]["bundle"]
        self.assertEqual(bundle["list_price"], {"currency_code": "USD", "minor_units": "1180"})
        self.assertEqual(bundle["set_price"], {"currency_code": "USD", "minor_units": "990"})
        self.assertEqual(sum(int(line["set_price"]["minor_units"]) for line in bundle["lines"]), 990)
        self.assertIn("double-burger-set", offers(answer, "bundle")[0]["reason"]["rule_ids"])

    def test_the_rungs_say_what_they_cost_more_or_less(self):
        answer = self.page("laptop-14")
        lower, higher = offers(answer, "lower")[0], offers(answer, "higher")[0]
        self.assertEqual(lower["product"]["product_id"], "laptop-13")
        self.assertEqual(lower["price_difference"]["minor_units"], "-25000")
        self.assertEqual(higher["product"]["product_id"], "laptop-15")
        self.assertEqual(higher["price_difference"]["minor_units"], "35000")
        gained = {difference["name"]: (difference["anchor_value"], difference["offer_value"])
                  for difference in higher["differences"]}
        self.assertEqual(gained["spec.storage_gb"], ("512", "1000"))

    def test_reasons_carry_counts_and_a_sentence(self):
        reason = offers(self.page("teapot"), "also_bought")[0]["reason"]
        self.assertTrue(reason["text"])
        self.assertGreaterEqual(int(reason["evidence"]["units_together"]), 5)

    def test_a_pin_comes_first_and_names_its_rule(self):
        first = offers(self.page("cam-c300"), "also_bought")[0]
        self.assertEqual(first["product"]["product_id"], "cam-battery")
        self.assertIn("battery-first", first["reason"]["rule_ids"])

    def test_what_a_rule_hides_is_not_offered_and_is_counted(self):
        answer = self.page("burger-double")
        self.assertTrue(offered_ids(answer).isdisjoint({"misc-notebook", "misc-pen"}))
        self.assertEqual(removed(answer, "also_bought").get("HIDDEN_BY_RULE"), 2)

    def test_a_rung_that_somebody_vouches_for_goes_both_ways_and_names_its_rule(self):
        higher = offers(self.page("instant-mini", "--explain"), "higher")[0]
        self.assertEqual(higher["product"]["product_id"], "instant-wide")
        self.assertEqual(higher["price_difference"]["minor_units"], "4000")
        self.assertEqual(higher["reason"]["text"], "Pictures of twice the size")
        self.assertEqual(higher["reason"]["rule_ids"], ["wide-after-mini"])
        self.assertEqual(higher["reason"]["rule_author"], "Tanaka")
        lower = offers(self.page("instant-wide"), "lower")[0]
        self.assertEqual(lower["product"]["product_id"], "instant-mini")
        self.assertIn("USD 40.00 less", lower["reason"]["text"])
        self.assertFalse(lower["reason"].get("rule_author"), "not for customers")

    def test_a_forbidden_rung_is_not_offered_and_its_rule_is_named(self):
        without = self.page("disk-1tb", rules=self.no_rules())
        self.assertIn("disk-4tb", offered_ids(without))
        answer = self.page("disk-1tb", "--explain")
        self.assertNotIn("disk-4tb", offered_ids(answer))
        self.assertIn("disk-2tb", offered_ids(answer))
        self.assertEqual(removed(answer, "higher").get("HIDDEN_BY_RULE"), 1)
        left = [entry for entry in answer["trace"] if entry["product_id"] == "disk-4tb" and entry["slot"] == "higher"]
        self.assertEqual([(entry["rule_id"], entry["rule_author"]) for entry in left], [("pocket-disks-only", "Sato")])

    def test_an_unknown_product_gives_an_empty_page_that_says_why(self):
        answer = self.page("no-such-product")
        self.assertEqual(answer["missing_ids"], ["no-such-product"])
        self.assertEqual(offered_ids(answer), set())
        for slot in answer["slots"]:
            self.assertTrue(slot["empty_reason"])

    def test_ids_are_taken_without_blanks_and_the_nearest_one_is_proposed(self):
        self.assertEqual(self.page("phone-s2", "--cart", "phone-film, teapot")["slots"],
                         self.page("phone-s2", "--cart", "phone-film,teapot")["slots"])
        result = self.start("recommend", "--product", "phone-s22", "--cart", "teapto", "--model", self.model)
        self.assertIn("unknown product teapto; did you mean teapot?", result.stderr)
        none = self.folder / "no-rule-files"
        none.mkdir()
        result = self.start("recommend", "--product", "teapot", "--model", self.model, "--rules", none)
        self.assertIn("no rules serve: ", result.stderr)

    def test_the_table_for_people_shows_titles_and_prices(self):
        text = self.run_ok("recommend", "--placement", "product_page", "--product", "laptop-14", "--model", self.model,
                           "--rules", SHOP / "rules")
        for word in ("Tsukue 14 laptop", "Tsukue 13 laptop", "Tsukue 15 laptop", "1,399.00", "-USD 250.00"):
            self.assertIn(word, text)

    def test_the_answer_names_its_model_version(self):
        version = (self.model / "ACTIVE").read_text(encoding="utf-8").strip()
        self.assertEqual(self.page("teapot")["model_version"], version)


class Eligibility(PageTest):
    def test_claims_that_cannot_be_sold_are_counted_instead_of_offered(self):
        for case in planted()["expect"]["claims_that_may_not_be_offered"]:
            answer = self.page(case["anchor"])
            self.assertNotIn(case["product"], offered_ids(answer))
            causes = {cause for slot in answer["slots"] for cause in removed(answer, slot["name"])}
            self.assertIn(case["cause"], causes, case)

    def test_what_lies_in_the_cart_takes_its_variants_out(self):
        self.assertIn("phone-film", offered_ids(self.page("phone-s2")))
        self.assertNotIn("phone-film", offered_ids(self.page("phone-s2", "--cart", "phone-film")))
        answer = self.page("phone-s2", "--cart", "phone-case-red")
        self.assertTrue(offered_ids(answer).isdisjoint({"phone-case", "phone-case-red", "phone-case-blue"}))

    def test_variants_of_the_anchor_are_never_offered(self):
        for offered in (offered_ids(self.page("sock-white")), offered_ids(self.page("phone-case-red"))):
            self.assertTrue(offered.isdisjoint({"sock", "sock-black", "sock-navy", "phone-case", "phone-case-blue"}))

    def test_no_second_phone_beside_the_phone(self):
        answer = self.page("phone-s2")
        together = [offer["product"]["product_id"] for offer in offers(answer, "also_bought")]
        self.assertTrue(together)
        self.assertFalse([product for product in together if product.startswith("phone-s")])

    def test_nothing_is_offered_twice_on_a_page(self):
        answer = self.page("cam-c200")
        ids = [offer["product"]["product_id"] for slot in ("also_bought", "lower", "higher")
               for offer in offers(answer, slot)]
        self.assertEqual(len(ids), len(set(ids)))


class Prices(PageTest):
    def setUp(self):
        self.rules = self.folder / "prices"
        self.rules.mkdir(exist_ok=True)
        (self.rules / "prices.yaml").write_text("""
rules:
- id: three-cards
  discount: {quantity: {products: [sd-128], tiers: [{from: 3, percent: 10%}]}, text: Card weeks}
- id: card-with-camera
  priority: -1
  discount:
    set: {parts: [{products: [cam-c200], reduced: 0}, {products: [cam-case]}], percent: 50%}
- id: free-shipping
  benefit: {free_shipping: true, above: 80.00 USD}
""")

    def cart(self, *ids, output="json", placement="cart"):
        return self.run_ok("recommend", "--placement", placement, "--cart", ",".join(ids), "--model", self.model,
                           "--rules", self.rules, "--format", output)

    def test_the_cart_costs_what_its_units_cost_with_the_discounts(self):
        cart = json.loads(self.cart("sd-128", "sd-128", "sd-128"))["cart_price"]
        self.assertEqual(int(cart["list_price"]["minor_units"]), 3 * 2190)
        self.assertEqual(int(cart["price"]["minor_units"]), 3 * 1971)
        self.assertEqual(sum(int(line["price"]["minor_units"]) for line in cart["lines"]), 3 * 1971)
        self.assertEqual(cart["discounts"][0]["verdict"], "APPLIED")

    def test_an_offer_costs_what_the_cart_costs_more_with_it(self):
        answer = json.loads(self.cart("cam-c200", placement="checkout"))
        case = next(offer for offer in offers(answer, "also_bought") if offer["product"]["product_id"] == "cam-case")
        self.assertEqual(int(case["price"]["minor_units"]) * 2, int(case["list_price"]["minor_units"]))
        self.assertEqual(case["reason"]["rule_ids"], ["card-with-camera"])

    def test_what_is_missing_is_said_to_people(self):
        text = self.cart("sd-128", "sd-128", output="text")
        self.assertIn("1 more for 10% off", text)
        self.assertIn("USD 36.20 more for free shipping [rule free-shipping]", text)
        self.assertIn("= to pay", text)
