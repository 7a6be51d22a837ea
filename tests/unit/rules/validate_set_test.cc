// Dead and shadowed rules: right by themselves, wrong together.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(HiddenProducts, APinOfAHiddenProductIsDead) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules("hide: {products: [A, P]}", "pin: {product: P, slot: lower}")),
      ElementsAre("r.yaml:3:28: rules[1].pin.product: warning: dead rule: rule \"one\" (r.yaml:2:3) hides product "
                  "\"P\" wherever this rule shows it"));
}

TEST(HiddenProducts, ABundleWithAHiddenProductIsDead) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules("bundle: {products: [A, B]}", "hide: {products: [B]}")),
      ElementsAre("r.yaml:2:36: rules[0].bundle.products[1]: warning: dead rule: rule \"two\" (r.yaml:3:3) hides "
                  "product \"B\" wherever this rule shows it"));
}

TEST(HiddenProducts, PartOfTheTimePlacementsOrPagesIsSaidSo) {
  const std::string pin =
      "from: 2026-07-01, until: 2026-09-01, placements: [cart, mail], "
      "pin: {product: P, slot: lower, anchors: [X, Y]}";
  for (const char* partly : {"from: 2026-08-01, hide: {products: [P]}", "until: 2026-08-01, hide: {products: [P]}",
                             "placements: [mail], hide: {products: [P]}", "hide: {products: [P], anchors: [Y, Z]}"}) {
    EXPECT_THAT(
        DiagnosticsOf(TwoRules(partly, pin)),
        ElementsAre(HasSubstr("warning: rule \"one\" (r.yaml:2:3) hides product \"P\" in a part of where this rule")))
        << partly;
  }
  for (const char* whole : {"from: 2026-07-01, until: 2026-09-01, hide: {products: [P]}",
                            "placements: [mail, cart, checkout], hide: {products: [P], anchors: [Y, X, W]}"}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(whole, pin)), ElementsAre(HasSubstr("warning: dead rule: rule \"one\"")))
        << whole;
  }
}

TEST(HiddenProducts, OtherTimesPlacementsOrPagesDoNotMatter) {
  const std::string pin =
      "from: 2026-07-01, until: 2026-09-01, placements: [cart, mail], "
      "pin: {product: P, slot: lower, anchors: [X, Y]}";
  for (const char* apart : {"from: 2026-09-01, hide: {products: [P]}", "until: 2026-07-01, hide: {products: [P]}",
                            "placements: [checkout], hide: {products: [P]}", "hide: {products: [P], anchors: [Z]}",
                            "hide: {products: [Q]}"}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(apart, pin)), IsEmpty()) << apart;
  }
}

TEST(HiddenProducts, ABundleShowsOnThePagesOfItsAnchorOnly) {
  const std::string bundle = "bundle: {products: [A, B], anchor: A}";
  EXPECT_THAT(DiagnosticsOf(TwoRules("hide: {products: [B], anchors: [A]}", bundle)),
              ElementsAre(HasSubstr("dead rule")));
  EXPECT_THAT(DiagnosticsOf(TwoRules("hide: {products: [B], anchors: [C]}", bundle)), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(TwoRules("hide: {products: [B], anchors: [A]}", "bundle: {products: [A, B]}")),
              ElementsAre(HasSubstr("in a part of where")));
}

TEST(ShadowedPins, TheLaterOneInOrderOfApplicationIsNamedWithTheOther) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules("pin: {product: P, slot: lower}", "pin: {product: Q, slot: lower, position: 1}")),
      ElementsAre("r.yaml:3:18: rules[1].pin: warning: shadowed: rule \"one\" (r.yaml:2:3) comes first and takes "
                  "position 1 of slot lower at the same time and place"));
  EXPECT_THAT(DiagnosticsOf(TwoRules("pin: {product: P, slot: lower}", "priority: 1, pin: {product: Q, slot: lower}")),
              ElementsAre(HasSubstr("r.yaml:2:18: rules[0].pin: warning: shadowed: rule \"two\" (r.yaml:3:3)")));
}

TEST(ShadowedPins, OneSharedPageIsEnough) {
  EXPECT_THAT(DiagnosticsOf(TwoRules("pin: {product: P, slot: lower, anchors: [A, B]}",
                                     "pin: {product: Q, slot: lower, anchors: [B, C]}")),
              ElementsAre(HasSubstr("shadowed")));
}

TEST(ShadowedPins, APinOnEveryPageShadowsThoseBehindItButNotBeforeIt) {
  EXPECT_THAT(DiagnosticsOf(TwoRules("pin: {product: P, slot: lower}", "pin: {product: Q, slot: lower, anchors: [A]}")),
              ElementsAre(HasSubstr("rules[1].pin: warning: shadowed")));
  EXPECT_THAT(DiagnosticsOf(TwoRules("pin: {product: P, slot: lower}",
                                     "priority: 1, pin: {product: Q, slot: lower, anchors: [A]}")),
              IsEmpty());
}

TEST(ShadowedPins, OtherSlotsPositionsPagesPlacementsAndTimesDoNotMatter) {
  const std::string pin = "until: 2026-07-01, placements: [cart], pin: {product: P, slot: lower, anchors: [A]}";
  for (const char* apart : {
           "pin: {product: Q, slot: higher, anchors: [A]}",
           "pin: {product: Q, slot: lower, position: 2, anchors: [A]}",
           "pin: {product: Q, slot: lower, anchors: [B]}",
           "placements: [mail], pin: {product: Q, slot: lower, anchors: [A]}",
           "from: 2026-07-01, pin: {product: Q, slot: lower, anchors: [A]}",
       }) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(pin, apart)), IsEmpty()) << apart;
  }
}

// A rule with a condition takes nothing from those that it does not always meet: that is how exceptions are made.
TEST(Conditions, MakeExceptionsAndNoFindings) {
  const std::string vip = "when: {customer: {segments: [vip]}}, ";
  const std::string pin = "pin: {product: P, slot: lower}";
  const std::string hide = "hide: {products: [P]}";
  EXPECT_THAT(DiagnosticsOf(TwoRules(vip + hide, pin)), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(TwoRules(vip + pin, "pin: {product: Q, slot: lower}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(TwoRules(vip + hide, "when: {customer: {segments: [new]}}, " + pin)), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(TwoRules("when: {traffic: {share: 10%}}, " + hide, "when: {traffic: {share: 10%}}, " + pin)),
      IsEmpty());
}

TEST(Conditions, DoNotHideWhatIsCertain) {
  const std::string vip = "when: {customer: {segments: [vip, new]}}, ";
  const std::string pin = "pin: {product: P, slot: lower}";
  EXPECT_THAT(DiagnosticsOf(TwoRules("hide: {products: [P]}", vip + pin)), ElementsAre(HasSubstr("dead rule")));
  EXPECT_THAT(DiagnosticsOf(TwoRules("when: {customer: {segments: [new, vip]}}, hide: {products: [P]}", vip + pin)),
              ElementsAre(HasSubstr("dead rule")));
  EXPECT_THAT(DiagnosticsOf(TwoRules("pin: {product: Q, slot: lower}", vip + pin)), ElementsAre(HasSubstr("shadowed")));
  EXPECT_THAT(DiagnosticsOf(TwoRules("when: {traffic: {share: 10%, salt: s}}, hide: {products: [P]}",
                                     "when: {traffic: {share: 10%, salt: s}}, " + pin)),
              ElementsAre(HasSubstr("dead rule")));
}

}  // namespace
}  // namespace awase::rules
