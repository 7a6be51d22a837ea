// What benefit must have, alone and against a catalogue.

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Of(absl::string_view benefit) {
  return DiagnosticsOf(RuleOf(absl::StrCat("benefit: {", benefit, "}")));
}

TEST(Benefit, SoundOnesLoad) {
  for (const char* benefit :
       {"free_shipping: true, above: 50.00 USD", "points: {points: 100}", "points: {factor: 3}, above: 5000 JPY",
        "coupon: {code: SPRING}, text: For your next order", "gift: {product: A}, above: 100.00 USD"}) {
    EXPECT_THAT(Of(benefit), IsEmpty()) << benefit;
  }
}

TEST(Benefit, GivesOneThing) {
  EXPECT_THAT(Of("above: 50.00 USD"), ElementsAre("r.yaml:2:20: rules[0].benefit: gives nothing: want one of "
                                                  "free_shipping, points, coupon, gift"));
  EXPECT_THAT(Of("free_shipping: false"), ElementsAre(HasSubstr("free_shipping: false says nothing")));
  EXPECT_THAT(Of("free_shipping: true, coupon: {code: A}"), ElementsAre(HasSubstr("rules[0].benefit.coupon")));
}

TEST(Benefit, PointsAreANumberOrAFactor) {
  EXPECT_THAT(Of("points: {}"), ElementsAre(HasSubstr("points: want one of points")));
  EXPECT_THAT(Of("points: {points: 5, factor: 2}"), ElementsAre(HasSubstr("points: want one of points")));
  EXPECT_THAT(Of("points: {points: 0}"), ElementsAre(HasSubstr("points.points: want 1 to 1000000000, got 0")));
  EXPECT_THAT(Of("points: {factor: 1}"), ElementsAre(HasSubstr("points.factor: want 2 to 100, got 1")));
}

TEST(Benefit, CouponsAndGiftsAreNamed) {
  EXPECT_THAT(Of("coupon: {}"), ElementsAre(HasSubstr("has no code: want what the customer enters")));
  EXPECT_THAT(Of("coupon: {code: ''}"), ElementsAre(HasSubstr("want 1 to 100 bytes, got 0")));
  EXPECT_THAT(Of("gift: {}"), ElementsAre(HasSubstr("has no product: want the id of what is given")));
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view id) { return id == "A"; };
  EXPECT_THAT(DiagnosticsOf(RuleOf("benefit: {gift: {product: gone}}"), &facts),
              ElementsAre(HasSubstr("gift.product: warning: unknown product \"gone\"")));
  facts.why_not_sold = [](absl::string_view) { return "is not visible"; };
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("benefit: {gift: {product: A}}"), &facts),
      ElementsAre(HasSubstr("gift.product: warning: product \"A\" is not visible: there is nothing to give while")));
}

TEST(Benefit, IsAboveSomething) {
  EXPECT_THAT(Of("free_shipping: true, above: 0.00 USD"),
              ElementsAre(HasSubstr("above: want an amount above 0, or take the key away")));
}

}  // namespace
}  // namespace awase::rules
