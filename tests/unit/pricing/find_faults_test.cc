#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/pricing/discount.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::pricing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> FaultsOf(const Discount& discount) {
  std::vector<std::string> faults;
  for (const Fault& fault : FindFaults(discount)) faults.push_back(absl::StrCat(fault.field, " ", fault.problem));
  return faults;
}

TEST(FindFaults, FindsNoneInSoundDiscounts) {
  EXPECT_THAT(FaultsOf({QuantityTerms{{0, 1}, {{1, PercentOff{500}}, {3, PercentOff{500}}}, 4}, UnitRounding{100, 99}}),
              IsEmpty());
  EXPECT_THAT(FaultsOf({SetTerms{{{.lines = {0}, .count = 2, .reduced = 0}, {.lines = {1}}}, FixedPrice{0}, 1}}),
              IsEmpty());
  EXPECT_THAT(FaultsOf({BasketTerms{{}, {{0, AmountOff{1}}}}, {}, Stacking::kOnTop, MarginFloor{9999}}), IsEmpty());
}

TEST(FindFaults, SaysAllThatIsWrong) {
  EXPECT_THAT(
      FaultsOf({QuantityTerms{{4, 1, 4}, {{0, PercentOff{0}}}, 0}, UnitRounding{0, 1}, {}, MarginFloor{kBasisPoints}}),
      ElementsAre("lines name line 4 twice", "tiers[0].from_quantity is 0, but must be 1 to 1000000",
                  "tiers[0].reduction.basis_points is 0, but must be 1 to 10000",
                  "most_units is 0, but must be 1 to 1000000",
                  "rounding.step_minor is 0, but must be 1 to 4000000000000000000",
                  "rounding.ending_minor is 1, but must be 0 to 0",
                  "floor.least_margin_basis_points is 10000, but must be 0 to 9999"));
}

TEST(FindFaults, WantsTiersThatRise) {
  EXPECT_THAT(FaultsOf({QuantityTerms{{}, {}}}), ElementsAre("tiers are missing: say at least one"));
  EXPECT_THAT(FaultsOf({QuantityTerms{{}, {{3, PercentOff{500}}, {3, PercentOff{400}}}}}),
              ElementsAre("tiers[1].from_quantity is 3, but must be above that of the tier before, 3",
                          "tiers[1].reduction is worse for the customer than that of the tier before"));
  EXPECT_THAT(FaultsOf({QuantityTerms{{}, {{3, FixedPrice{500}}, {4, FixedPrice{600}}}}}),
              ElementsAre("tiers[1].reduction is worse for the customer than that of the tier before"));
  EXPECT_THAT(FaultsOf({BasketTerms{{}, {{300, AmountOff{500}}, {400, AmountOff{400}}}}}),
              ElementsAre("tiers[1].reduction is worse for the customer than that of the tier before"));
  EXPECT_THAT(FaultsOf({BasketTerms{{}, {{300, AmountOff{500}}, {400, PercentOff{400}}}}}),
              ElementsAre("tiers[1].reduction is of another kind than that of the tier before"));
}

TEST(FindFaults, WantsSetsThatReduceSomething) {
  EXPECT_THAT(FaultsOf({SetTerms{{}, AmountOff{0}, -1}}),
              ElementsAre("parts are missing: say what a set is made of",
                          "reduction.amount_minor is 0, but must be 1 to 4000000000000000000",
                          "most_sets is -1, but must be 1 to 1000000"));
  EXPECT_THAT(FaultsOf({SetTerms{{{.lines = {0}, .count = 2, .reduced = 0}}, FixedPrice{-1}}}),
              ElementsAre("parts reduce no unit: give one of them a `reduced` above 0",
                          "reduction.price_minor is -1, but must be 0 to 4000000000000000000"));
  EXPECT_THAT(
      FaultsOf({SetTerms{{{.lines = {0}, .count = 2, .reduced = 3}, {.lines = {0}, .count = 0}}, FixedPrice{1}}}),
      ElementsAre("parts[0].reduced is 3, but must be 0 to 2", "parts[1].count is 0, but must be 1 to 1000000",
                  "parts name line 0 twice"));
}

TEST(FindFaults, WantsRoundingOnlyWherePricesOfUnitsAreComputed) {
  EXPECT_THAT(FaultsOf({QuantityTerms{{}, {{1, FixedPrice{9}}, {2, FixedPrice{8}}}}, UnitRounding{}}),
              ElementsAre("rounding a price that is given is not rounded"));
  EXPECT_THAT(FaultsOf({SetTerms{{{.lines = {0}}}, FixedPrice{1}}, UnitRounding{}}),
              ElementsAre("rounding what a set costs is not rounded"));
  EXPECT_THAT(FaultsOf({BasketTerms{{}, {{0, AmountOff{1}}}}, UnitRounding{}}),
              ElementsAre("rounding an amount off the basket is not rounded"));
  EXPECT_THAT(FaultsOf({BasketTerms{{}, {{0, FixedPrice{1}}}}}),
              ElementsAre("tiers[0].reduction is a price, but a basket has none: say a percentage or an amount"));
}

}  // namespace
}  // namespace awase::pricing
