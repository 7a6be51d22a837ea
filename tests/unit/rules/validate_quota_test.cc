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

TEST(Quota, OfHiddenProductsIsDead) {
  EXPECT_THAT(
      DiagnosticsOf("rules:\n- {id: a, hide: {products: [P]}}\n- {id: b, quota: {products: [P], at_least: 1}}\n"),
      ElementsAre(HasSubstr("rules[1].quota.products[0]: warning: dead rule: rule \"a\" (r.yaml:2:3) hides")));
}

}  // namespace
}  // namespace awase::rules
