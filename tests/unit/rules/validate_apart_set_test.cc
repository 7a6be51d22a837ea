// do_not_associate against what other rules show.

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

constexpr char kApart[] = "do_not_associate: {these: {products: [A, C]}, with: {products: [B]}}";

TEST(KeptApart, ABundleOfJustTheseIsWarnedOf) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules(kApart, "bundle: {products: [A, B]}")),
      ElementsAre("r.yaml:3:36: rules[1].bundle.products[1]: warning: rule \"one\" (r.yaml:2:3) keeps \"A\" and "
                  "\"B\" apart wherever this rule shows the one beside the other"));
  EXPECT_THAT(DiagnosticsOf(TwoRules(kApart, "bundle: {products: [B, X, C]}")),
              ElementsAre(HasSubstr("keeps \"B\" and \"C\" apart wherever")));
  EXPECT_THAT(DiagnosticsOf(TwoRules("do_not_associate: {these: {products: [A, B]}}", "bundle: {products: [A, B]}")),
              ElementsAre(HasSubstr("keeps \"A\" and \"B\" apart wherever")));
  EXPECT_THAT(DiagnosticsOf(TwoRules(kApart, "bundle: {products: [A, C]}")), IsEmpty());
}

TEST(KeptApart, APinOnThePageOfTheOtherIsWarnedOf) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules(kApart, "pin: {product: B, slot: also_bought, anchors: [X, A]}")),
      ElementsAre(HasSubstr("rules[1].pin.anchors[1]: warning: rule \"one\" (r.yaml:2:3) keeps \"B\" and \"A\"")));
  EXPECT_THAT(DiagnosticsOf(TwoRules(kApart, "pin: {product: B, slot: also_bought, anchors: [X]}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(TwoRules(kApart, "pin: {product: B, slot: also_bought}")), IsEmpty());
}

TEST(KeptApart, OnlyTheSameTimePlaceAndConditionCount) {
  EXPECT_THAT(DiagnosticsOf(TwoRules(absl::StrCat("placements: [cart], ", kApart), "bundle: {products: [A, B]}")),
              ElementsAre(HasSubstr("apart in a part of where this rule")));
  EXPECT_THAT(DiagnosticsOf(TwoRules(absl::StrCat("placements: [cart], ", kApart),
                                     "placements: [mail], bundle: {products: [A, B]}")),
              IsEmpty());
  EXPECT_THAT(DiagnosticsOf(TwoRules(absl::StrCat("when: {channels: [app]}, ", kApart), "bundle: {products: [A, B]}")),
              IsEmpty());
}

TEST(KeptApart, SetsByWordsAndRulesThatMayBeStoppedAreNotJudged) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules("do_not_associate: {these: {products: [A, B], tags: [x]}}", "bundle: {products: [A, B]}")),
      IsEmpty());
  const std::string stop = "- {id: zero, priority: 1, placements: [mail], stop: {actions: [do_not_associate]}}\n";
  EXPECT_THAT(DiagnosticsOf(absl::StrCat(TwoRules(kApart, "bundle: {products: [A, B]}"), stop)), IsEmpty());
}

}  // namespace
}  // namespace awase::rules
