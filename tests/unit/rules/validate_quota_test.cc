// What quota must have.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Quota, IsRead) {
  const auto rules = LoadClean({{"r.yaml", RuleOf("quota: {matching: {brands: [K]}, at_least: 2}")}});
  const auto& quota = std::get<Quota>(rules->rules[0].action);
  EXPECT_EQ(quota.at_least, 2U);
  EXPECT_THAT(quota.matching.in.brands, ElementsAre("K"));
}

TEST(Quota, SaysHowManyOfWhich) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X]}")),
              ElementsAre("r.yaml:2:18: rules[0].quota: has no at_least: say how many offers, such as at_least: 2"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {at_least: 2}")),
              ElementsAre(HasSubstr("has neither products nor matching")));
  for (const int bad : {0, 51}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("quota: {products: [X], at_least: ", bad, "}"))),
                ElementsAre(HasSubstr(absl::StrCat("rules[0].quota.at_least: want 1 to 50, got ", bad))));
  }
}

TEST(Quota, IsOfAlsoBought) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X], at_least: 1, slot: also_bought}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X], at_least: 1, slot: bundle}")),
              ElementsAre(HasSubstr("quota.slot: a quota has seats in also_bought alone, not in \"bundle\"")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X], at_least: 1, slot: also_bougth}")),
              ElementsAre(HasSubstr("quota.slot: unknown slot \"also_bougth\"; did you mean \"also_bought\"?")));
}

TEST(Quota, OfFewerProductsThanItAsksForIsNeverReached) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X, Y], at_least: 2}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X, Y], at_least: 3}")),
              ElementsAre(HasSubstr("rules[0].quota.at_least: warning: is never reached: the set has 2 products only; "
                                    "want at most 2, or more products")));
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view) { return true; };
  facts.root_of = [](absl::string_view id) { return std::string(id.substr(0, 1)); };
  facts.product_count = 9;
  facts.count_products = [](const ProductSet&) { return 4; };
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {products: [X, X_RED], at_least: 2}"), &facts),
              ElementsAre(HasSubstr("the set has 1 product only")))
      << "variants of one product";
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {matching: {tags: [new]}, at_least: 5}"), &facts),
              ElementsAre(HasSubstr("the set has 4 products only")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {matching: {tags: [new]}, at_least: 4}"), &facts), IsEmpty());
}

TEST(Quota, OfMoreThanARowTakesOfItsTypesIsReachedByPinsOnly) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("quota: {matching: {product_types: [film, lens]}, at_least: 4}")), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("quota: {matching: {product_types: [film]}, at_least: 3}")),
      ElementsAre(HasSubstr("rules[0].quota.at_least: warning: is never reached but by pins: a row takes no more "
                            "than 2 of one product type; want at most 2, or pin the others")));
}

TEST(Quota, OfHiddenProductsIsDead) {
  EXPECT_THAT(
      DiagnosticsOf("rules:\n- {id: a, hide: {products: [P]}}\n- {id: b, quota: {products: [P], at_least: 1}}\n"),
      ElementsAre(HasSubstr("rules[1].quota.products[0]: warning: dead rule: rule \"a\" (r.yaml:2:3) hides")));
}

}  // namespace
}  // namespace awase::rules
