// What price_band must have.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PriceBand, IsRead) {
  const auto rules = LoadClean({{"r.yaml", RuleOf("price_band: {of_anchor: {at_least: 50%, below: 200%}, "
                                                  "of_cart: {below: 0.5%}, price: {below: 50.00 USD}}")}});
  const auto& band = std::get<PriceBand>(rules->rules[0].action);
  EXPECT_EQ(*band.parts_of_anchor, (Range{500'000, 1'999'999}));
  EXPECT_EQ(band.parts_of_cart->high, 4'999);
  EXPECT_EQ(band.price->minor_units.high, 4'999);
  EXPECT_THAT(band.slots, ElementsAre("also_bought", "bundle"));
}

TEST(PriceBand, HasARangeAtLeast) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {slots: [bundle]}")),
              ElementsAre("r.yaml:2:23: rules[0].price_band: has none of of_anchor, of_cart and price: say what offers "
                          "cost, such as of_cart: {below: 20%}"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_cart: {}}")), ElementsAre(HasSubstr("of_cart: is empty")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_card: {below: 20%}}")),
              ElementsAre(HasSubstr("did you mean \"of_cart\"?")));
}

TEST(PriceBand, RangesHaveSomethingInThem) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_anchor: {at_least: 50%, below: 200%}}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_anchor: {at_least: 50%, below: 50%}}")),
              ElementsAre(HasSubstr("of_anchor: is never true: at_least must come before below")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_cart: {below: 0%}}")),
              ElementsAre(HasSubstr("of_cart: is never true")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_cart: {below: 20}}")),
              ElementsAre(HasSubstr("of_cart.below: want a percentage with at most four decimals such as 12.5%")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_cart: {below: 1001%}}")),
              ElementsAre(HasSubstr("of_cart.below: want at most 1000%")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {price: {below: 0 USD}}")),
              ElementsAre(HasSubstr("price.below: want more than 0")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("price_band: {of_cart: {below: 20%}, slots: [al_so]}")),
              ElementsAre(HasSubstr("price_band.slots[0]: unknown slot")));
}

}  // namespace
}  // namespace awase::rules
