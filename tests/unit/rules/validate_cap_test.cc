// What cap must have, alone, against a catalogue and beside other caps.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Cap, IsOfAValueOrOfProducts) {
  for (const char* cap :
       {"{per: brand, at_most: 2}", "{per: spec.colour, at_most: 1, slots: [lower, higher]}",
        "{products: [A, B], at_most: 1}", "{matching: {brands: [x]}, at_most: 50, slots: [also_bought]}"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("cap: ", cap))), IsEmpty()) << cap;
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {slots: [lower]}")),
              ElementsAre("r.yaml:2:16: rules[0].cap: does not say of what: want one of per (such as per: brand), "
                          "products, matching, or within for a cap in time",
                          "r.yaml:2:16: rules[0].cap: has no at_most: want how many are allowed, such as at_most: 2"));
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("cap: {per: brand, products: [A], at_most: 2}")),
      ElementsAre("r.yaml:2:39: rules[0].cap.products: stands beside per: want one of per, products, matching"));
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("cap: {products: [A], matching: {brands: [x]}, at_most: 2}")),
      ElementsAre("r.yaml:2:42: rules[0].cap.matching: stands beside products: want one of per, products, matching"));
}

TEST(Cap, ReadsAllThatItSays) {
  const std::shared_ptr<const RuleSet> set =
      LoadClean({{"r.yaml",
                  "rules:\n- {id: a, cap: {per: brand, at_most: 3, slots: [lower]}}\n"
                  "- {id: b, cap: {products: [B, A], at_most: 1}}\n"}});
  ASSERT_EQ(set->rules.size(), 2U);
  const auto& per = std::get<Cap>(set->rules[0].action);
  EXPECT_EQ(per.per, "brand");
  EXPECT_EQ(per.at_most, 3U);
  EXPECT_FALSE(per.matching.has_value());
  EXPECT_THAT(per.slots, ElementsAre("lower"));
  const auto& products = std::get<Cap>(set->rules[1].action);
  ASSERT_TRUE(products.matching.has_value());
  EXPECT_THAT(products.matching->in.products, ElementsAre("A", "B"));
  EXPECT_THAT(products.slots, ElementsAre("also_bought"));
}

TEST(Cap, NamesAColumnThatThereIs) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brnd, at_most: 2}")),
              ElementsAre("r.yaml:2:22: rules[0].cap.per: unknown column \"brnd\"; did you mean \"brand\"?"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: colour, at_most: 2}")),
              ElementsAre("r.yaml:2:22: rules[0].cap.per: unknown column \"colour\"; want one of brand, category, "
                          "product_type, author, series, an attribute such as spec.colour"));
  const std::vector<std::string> attributes = {"spec.color", "spec.size"};
  CatalogueFacts facts;
  facts.words_of = [&](ProductColumn) { return absl::MakeConstSpan(attributes); };
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: spec.size, at_most: 2}"), &facts), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("cap: {per: spec.colour, at_most: 2}"), &facts),
      ElementsAre("r.yaml:2:22: rules[0].cap.per: warning: unknown attribute \"spec.colour\": no product of the "
                  "catalogue in use has it; did you mean \"spec.color\"?"));
}

TEST(Cap, ProductsAreThereAndKnown) {
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view id) { return id != "gone"; };
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {products: [], at_most: 2}"), &facts),
              ElementsAre("r.yaml:2:27: rules[0].cap.products: is empty: want at least one product id"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {products: [A, gone, A], at_most: 2}"), &facts),
              ElementsAre("r.yaml:2:31: rules[0].cap.products[1]: warning: unknown product \"gone\": the catalogue in "
                          "use does not have it",
                          "r.yaml:2:37: rules[0].cap.products[2]: warning: product \"A\" is named twice"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {matching: {}, at_most: 2}"), &facts),
              ElementsAre("r.yaml:2:27: rules[0].cap.matching: is empty: say something in it, or take the key away"));
}

TEST(Cap, AllowsOneToFifty) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("cap: {per: brand, at_most: 0}")),
      ElementsAre("r.yaml:2:38: rules[0].cap.at_most: want 1 to 50, got 0: to show none at all is a hide rule"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brand, at_most: 51}")),
              ElementsAre("r.yaml:2:38: rules[0].cap.at_most: want 1 to 50, got 51"));
}

TEST(Cap, NamesRows) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brand, at_most: 2, slots: []}")),
              ElementsAre("r.yaml:2:48: rules[0].cap.slots: is empty: name at least one, or take the key away"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brand, at_most: 2, slots: [highr]}")),
              ElementsAre("r.yaml:2:49: rules[0].cap.slots[0]: unknown slot \"highr\"; did you mean \"higher\"?"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brand, at_most: 2, slots: [bundle]}")),
              ElementsAre("r.yaml:2:49: rules[0].cap.slots[0]: no cap is needed in the slot bundle: a set has one "
                          "product of a type, and there is one set"));
}

TEST(CapInTime, IsOfIntentsOfProductsOfBothOrOfEachProduct) {
  for (const char* cap : {"{at_most: 2, within: 7d}", "{intents: [up_sell, cross_sell], at_most: 1000, within: 12h}",
                          "{products: [A], at_most: 1, within: 400d}",
                          "{intents: [down_sell], matching: {brands: [x]}, at_most: 0, after: dismissed, within: 30d}",
                          "{at_most: 0, after: bought, within: 1h}"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("cap: ", cap))), IsEmpty()) << cap;
  }
}

TEST(CapInTime, CountsNoMoreThanAServerKeeps) {
  CatalogueFacts facts;
  facts.kept_exposures = 1000;
  for (const char* cap : {"{at_most: 76, within: 400d}", "{intents: [up_sell], at_most: 500, within: 7d}"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("cap: ", cap)), &facts), IsEmpty()) << cap;
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {at_most: 77, within: 7d}"), &facts),
              ElementsAre("r.yaml:2:26: rules[0].cap.at_most: warning: a server keeps 1000 exposures of a customer, as "
                          "76 full pages of the usual size have of such offers: it may forget what this cap still "
                          "counts, and sooner where pages are larger or other caps count other offers; want at most "
                          "76"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {intents: [up_sell, down_sell], at_most: 251, within: 7d}"), &facts),
              ElementsAre(HasSubstr("as 250 full pages")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {at_most: 1000, within: 7d}")), IsEmpty()) << "nothing is known of a server";
}

TEST(CapInTime, ReadsAllThatItSays) {
  const std::shared_ptr<const RuleSet> set =
      LoadClean({{"r.yaml", RuleOf("cap: {intents: [up_sell, cross_sell], at_most: 0, after: bought, within: 7d}")}});
  const auto& cap = std::get<Cap>(set->rules[0].action);
  EXPECT_THAT(cap.intents, ElementsAre("cross_sell", "up_sell"));
  EXPECT_EQ(cap.at_most, 0U);
  EXPECT_EQ(cap.after, Cap::After::kBought);
  EXPECT_EQ(cap.within, absl::Hours(7 * 24));
  EXPECT_THAT(cap.slots, IsEmpty());
}

TEST(CapInTime, HasATimeFromAnHourToFourHundredDays) {
  for (const char* within : {"0d", "401d", "9601h", "7", "d", "7 days", "-1d", "1.5d", "99999999999999999999d", "''"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("cap: {at_most: 2, within: ", within, "}"))),
                ElementsAre(HasSubstr("rules[0].cap.within: want whole days or hours, 1h to 400d, such as 7d or 12h")))
        << within;
  }
}

TEST(CapInTime, SaysNothingOfRowsAndACapOfARowNothingOfTime) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brand, slots: [lower], at_most: 2, within: 7d}")),
              ElementsAre(HasSubstr("rules[0].cap.per: is for rows"), HasSubstr("rules[0].cap.slots: is for rows")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {per: brand, intents: [up_sell], after: bought, at_most: 2}")),
              ElementsAre(HasSubstr("rules[0].cap.intents: is for caps in time"),
                          HasSubstr("rules[0].cap.after: is for caps in time")));
}

TEST(CapInTime, NamesIntentsAndEventsThatThereAre) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {intents: [upsell], at_most: 2, within: 7d}")),
              ElementsAre(HasSubstr("rules[0].cap.intents[0]: unknown intent \"upsell\"; did you mean \"up_sell\"?")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {intents: [], at_most: 2, within: 7d}")), ElementsAre(HasSubstr("is empty")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {after: shown, at_most: 2, within: 7d}")),
              ElementsAre(HasSubstr("rules[0].cap.after: want dismissed or bought, got \"shown\"")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {at_most: 0, within: 7d}")),
              ElementsAre(HasSubstr("want 1 to 1000, got 0: to show none at all is a hide rule")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("cap: {at_most: 1001, after: bought, within: 7d}")),
              ElementsAre(HasSubstr("want 0 to 1000, got 1001")));
}

std::vector<std::string> OfTwo(const std::string& a, const std::string& b) {
  return DiagnosticsOf(absl::StrCat("rules:\n- {id: a, ", a, "}\n- {id: b, ", b, "}\n"));
}

TEST(Cap, ThatAllowsMoreThanAnotherOfTheSameIsDead) {
  EXPECT_THAT(
      OfTwo("cap: {per: brand, at_most: 3}", "cap: {per: brand, at_most: 2}"),
      ElementsAre("r.yaml:2:38: rules[0].cap.at_most: warning: dead rule: rule \"b\" (r.yaml:3:3) allows at most "
                  "2 of the same wherever this rule acts"));
  EXPECT_THAT(OfTwo("cap: {products: [X], at_most: 1}", "cap: {matching: {products: [X]}, at_most: 1}").size(), 1U);
  const std::string in_cart = "placements: [cart], cap: {per: brand, at_most: 2}";
  EXPECT_THAT(OfTwo(in_cart, "cap: {per: brand, at_most: 2}").size(), 1U);
  EXPECT_THAT(OfTwo("when: {channels: [app]}, cap: {per: brand, at_most: 2}", "cap: {per: brand, at_most: 2}").size(),
              1U);
}

TEST(CapInTime, ThatAStricterOneOfALongerTimeCoversIsDead) {
  EXPECT_THAT(OfTwo("cap: {at_most: 2, within: 7d}", "cap: {at_most: 3, within: 144h}").size(), 1U);
  EXPECT_THAT(OfTwo("cap: {at_most: 2, within: 7d}", "cap: {at_most: 3, within: 8d}"), IsEmpty());
  EXPECT_THAT(OfTwo("cap: {at_most: 2, within: 7d}", "cap: {at_most: 2, after: bought, within: 7d}"), IsEmpty());
  EXPECT_THAT(OfTwo("cap: {at_most: 2, within: 7d}", "cap: {intents: [up_sell], at_most: 2, within: 7d}"), IsEmpty());
}

TEST(Cap, OfSomethingElseOrElsewhereIsNotDead) {
  const std::string cap = "cap: {per: brand, at_most: 2}";
  for (const char* other :
       {"cap: {per: series, at_most: 1}", "cap: {per: brand, at_most: 1, slots: [lower]}",
        "placements: [cart], cap: {per: brand, at_most: 1}", "when: {channels: [app]}, cap: {per: brand, at_most: 1}",
        "until: 2027-01-01, cap: {per: brand, at_most: 1}", "cap: {matching: {brands: [x]}, at_most: 1}"}) {
    EXPECT_THAT(OfTwo(cap, other), IsEmpty()) << other;
    EXPECT_THAT(OfTwo(other, cap), IsEmpty()) << other;
  }
}

}  // namespace
}  // namespace awase::rules
