// What boost and bury must have.

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

TEST(Weights, FactorsAreRead) {
  const auto rules = LoadClean({{"r.yaml",
                                 "rules:\n- {id: a, boost: {products: [Y, X], by: 1.5}}\n"
                                 "- {id: b, bury: {matching: {brands: [K]}, by: 2.0001}}\n"
                                 "- {id: c, bury: {products: [X]}}\n"}});
  ASSERT_EQ(rules->rules.size(), 3U);
  const auto& boost = std::get<Boost>(rules->rules[0].action);
  EXPECT_EQ(boost.by_parts, 15'000);
  EXPECT_THAT(boost.matching.in.products, ElementsAre("X", "Y"));
  EXPECT_EQ(std::get<Bury>(rules->rules[1].action).by_parts, 20'001);
  EXPECT_THAT(std::get<Bury>(rules->rules[1].action).matching.in.brands, ElementsAre("K"));
  EXPECT_EQ(std::get<Bury>(rules->rules[2].action).by_parts, std::nullopt);
}

TEST(Weights, ABoostNeedsAFactorAndProducts) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("boost: {products: [X]}")),
              ElementsAre("r.yaml:2:18: rules[0].boost: has no by: say by how much, such as by: 1.5"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("boost: {by: 2}")), ElementsAre(HasSubstr("has neither products nor matching")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bury: {}")), ElementsAre(HasSubstr("has neither products nor matching")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bury: {products: []}")),
              ElementsAre("r.yaml:2:28: rules[0].bury.products: is empty: want at least one product id"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bury: {products: [X, X]}")), ElementsAre(HasSubstr("\"X\" is named twice")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("boost: {product: [X], by: 2}")),
              ElementsAre(HasSubstr("unknown key \"product\"; did you mean \"products\"?")));
}

TEST(Weights, FactorsAreInRange) {
  for (const char* good : {"1.0001", "2", "1000", "1.5000"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("boost: {products: [X], by: ", good, "}"))), IsEmpty()) << good;
  }
  for (const char* bad : {"1", "0.5", "0", "-2", "1000.1", "1.00001", "2x", "''", "1e2", "50%"}) {
    for (const char* action : {"boost", "bury"}) {
      EXPECT_THAT(
          DiagnosticsOf(RuleOf(absl::StrCat(action, ": {products: [X], by: ", bad, "}"))),
          ElementsAre(HasSubstr(absl::StrCat("rules[0].", action, ".by: want a number above 1 and up to 1000"))))
          << bad;
    }
  }
}

TEST(Weights, AHiddenProductIsBoostedInVain) {
  EXPECT_THAT(DiagnosticsOf("rules:\n- {id: a, hide: {products: [P]}}\n- {id: b, boost: {products: [O, P], by: 2}}\n"),
              ElementsAre(HasSubstr("rules[1].boost.products[1]: warning: dead rule: rule \"a\" (r.yaml:2:3) hides "
                                    "product \"P\" wherever this rule shows it")));
}

}  // namespace
}  // namespace awase::rules
