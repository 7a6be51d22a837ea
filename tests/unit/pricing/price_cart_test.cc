#include "awase/pricing/price_cart.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::pricing {
namespace {

using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CartPrice Price(const std::vector<Line>& lines, const std::vector<Discount>& discounts) {
  const absl::StatusOr<CartPrice> cart = PriceCart(lines, discounts);
  EXPECT_THAT(cart, testing::IsOk());
  return cart.value_or(CartPrice());
}

std::vector<std::int64_t> LinePrices(const CartPrice& cart) {
  std::vector<std::int64_t> prices;
  for (const LinePrice& line : cart.lines) prices.push_back(line.price_minor);
  return prices;
}

TEST(PriceCart, CostsTheListPricesWithoutDiscounts) {
  const CartPrice cart = Price({{1000, 2}, {0, 1}}, {});
  EXPECT_EQ(cart.list_minor, 2000);
  EXPECT_EQ(cart.price_minor, 2000);
  EXPECT_EQ(cart.lines[0], (LinePrice{2000, 2000, {{2, 1000}}}));
  EXPECT_EQ(Price({}, {}), CartPrice());
}

TEST(PriceCart, SellsOneOfEachForASetPriceAsOftenAsThereIsAWholeSet) {
  const Discount set{SetTerms{{{.lines = {0}}, {.lines = {1}}}, FixedPrice{44'990}}};
  const CartPrice cart = Price({{50'000, 2}, {1000, 3}}, {set});
  EXPECT_EQ(cart.price_minor, 2 * 44'990 + 1000);
  EXPECT_EQ(cart.discounts[0].times, 2);
  EXPECT_THAT(cart.discounts[0].line_savings, ElementsAre(LineSaving{0, 2, 11'784}, LineSaving{1, 2, 236}));
  EXPECT_THAT(cart.lines[1].units, ElementsAre(PricedUnits{1, 1000}, PricedUnits{2, 882}));
}

TEST(PriceCart, SellsAnyOfAGroupForAPriceAndTakesTheDearest) {
  const Discount three{SetTerms{{{.lines = {0, 1, 2}, .count = 3}}, FixedPrice{1000}}};
  const CartPrice cart = Price({{300, 2}, {500, 1}, {400, 1}}, {three});
  EXPECT_EQ(cart.price_minor, 1000 + 300);
  EXPECT_THAT(LinePrices(cart), ElementsAre(550, 417, 333));
}

TEST(PriceCart, LeavesSetsThatCostLessThanTheirPrice) {
  const Discount pair{SetTerms{{{.lines = {0, 1}, .count = 2}}, FixedPrice{700}}};
  const CartPrice cart = Price({{500, 2}, {300, 2}}, {pair});
  EXPECT_EQ(cart.discounts[0].times, 1);
  EXPECT_THAT(LinePrices(cart), ElementsAre(700, 600));
  EXPECT_EQ(Price({{350, 2}, {0, 1}}, {pair}).discounts[0].verdict, Verdict::kSavesNothing);
}

TEST(PriceCart, GivesTheCheapestOfEachThree) {
  const Discount free_third{SetTerms{{{.lines = {0, 1}, .count = 3, .reduced = 1}}, PercentOff{kBasisPoints}}};
  const CartPrice cart = Price({{900, 3}, {500, 4}}, {free_third});
  EXPECT_THAT(LinePrices(cart), ElementsAre(1800, 1500));
  // The seventh unit takes part in no set.
  EXPECT_THAT(cart.discounts[0].line_savings, ElementsAre(LineSaving{0, 3, 900}, LineSaving{1, 3, 500}));
}

TEST(PriceCart, SellsOneProductCheaperWithAnother) {
  const Discount with_camera{SetTerms{{{.lines = {0}, .reduced = 0}, {.lines = {1}}}, FixedPrice{500}}};
  const CartPrice cart = Price({{50'000, 1}, {2000, 2}}, {with_camera});
  EXPECT_THAT(LinePrices(cart), ElementsAre(50'000, 2500));
  EXPECT_THAT(cart.discounts[0].line_savings, ElementsAre(LineSaving{0, 1, 0}, LineSaving{1, 1, 1500}));
}

TEST(PriceCart, TakesAnAmountOffEachSetAndPercentOffSets) {
  const std::vector<Line> lines = {{1000, 2}, {500, 2}};
  const std::vector<SetTerms::Part> one_of_each = {{.lines = {0}}, {.lines = {1}}};
  EXPECT_EQ(Price(lines, {{SetTerms{one_of_each, AmountOff{200}}}}).price_minor, 3000 - 400);
  EXPECT_EQ(Price(lines, {{SetTerms{one_of_each, AmountOff{200}, 1}}}).price_minor, 3000 - 200);
  EXPECT_EQ(Price(lines, {{SetTerms{one_of_each, AmountOff{9999}}}}).price_minor, 0);
  EXPECT_EQ(Price(lines, {{SetTerms{one_of_each, PercentOff{3333}}}}).price_minor, 2000);  // 2000.1
}

TEST(PriceCart, CountsTheUnitsOfAllLinesForATier) {
  const Discount tiers{QuantityTerms{{0, 1}, {{3, PercentOff{1000}}, {5, PercentOff{1500}}}}};
  EXPECT_EQ(Price({{1000, 1}, {500, 1}}, {tiers}).discounts[0].verdict, Verdict::kNotReached);
  EXPECT_EQ(Price({{1000, 2}, {500, 1}}, {tiers}).price_minor, 2250);
  EXPECT_EQ(Price({{1000, 2}, {500, 3}}, {tiers}).price_minor, 2975);
  EXPECT_EQ(Price({{1000, 2}, {500, 3}}, {tiers}).discounts[0].times, 5);
}

TEST(PriceCart, ReducesAtMostSoManyUnits) {
  const Discount two_only{QuantityTerms{{0, 1}, {{1, AmountOff{300}}}, 2}};
  const CartPrice cart = Price({{200, 5}, {1000, 1}}, {two_only});
  EXPECT_THAT(LinePrices(cart), ElementsAre(800, 700));
  const Discount each_at{QuantityTerms{{0, 1}, {{1, FixedPrice{250}}}}};
  EXPECT_THAT(LinePrices(Price({{200, 5}, {1000, 1}}, {each_at})), ElementsAre(1000, 250));
}

TEST(PriceCart, RoundsThePriceOfEachUnitWhereAsked) {
  const Discount charm{QuantityTerms{{0}, {{1, PercentOff{2500}}}}, UnitRounding{100, 99}};
  EXPECT_EQ(Price({{1999, 3}}, {charm}).lines[0], (LinePrice{5997, 4497, {{3, 1499}}}));
}

TEST(PriceCart, TakesAnAmountOffTheBasketOnceFromATotalOn) {
  const Discount coupon{BasketTerms{{0, 1}, {{5000, AmountOff{500}}, {10'000, AmountOff{1500}}}}};
  EXPECT_EQ(Price({{3000, 1}, {1999, 1}}, {coupon}).discounts[0].verdict, Verdict::kNotReached);
  const CartPrice cart = Price({{3000, 1}, {2000, 1}}, {coupon});
  EXPECT_THAT(LinePrices(cart), ElementsAre(2700, 1800));
  EXPECT_EQ(cart.discounts[0].times, 1);
  EXPECT_EQ(Price({{3000, 3}, {1000, 1}}, {coupon}).price_minor, 8500);
}

TEST(PriceCart, AUnitTakesPartInOneDiscountUnlessALaterOneIsOnTop) {
  const Discount half{QuantityTerms{{0}, {{1, PercentOff{5000}}}, 1}};
  Discount tenth{QuantityTerms{{0}, {{1, PercentOff{1000}}}}};
  EXPECT_EQ(Price({{1000, 2}}, {half, tenth}).price_minor, 500 + 900);
  EXPECT_EQ(Price({{1000, 2}}, {tenth, half}).price_minor, 900 + 900);
  EXPECT_EQ(Price({{1000, 2}}, {tenth, half}).discounts[1].verdict, Verdict::kNotReached);
  tenth.stacking = Stacking::kOnTop;
  EXPECT_EQ(Price({{1000, 2}}, {half, tenth}).price_minor, 450 + 900);
}

TEST(PriceCart, UnitsThatOnlyHadToBeThereAreTakenToo) {
  const Discount get_one{SetTerms{{{.lines = {0}, .count = 2, .reduced = 1}}, PercentOff{kBasisPoints}}};
  const Discount tenth{QuantityTerms{{0}, {{1, PercentOff{1000}}}}};
  EXPECT_EQ(Price({{1000, 3}}, {get_one, tenth}).price_minor, 1000 + 900);
}

TEST(PriceCart, WhatSavesNothingTakesNoUnits) {
  const Discount nothing{SetTerms{{{.lines = {0}}}, FixedPrice{1000}}};
  const Discount tenth{QuantityTerms{{0}, {{1, PercentOff{1000}}}}};
  const CartPrice cart = Price({{1000, 1}}, {nothing, tenth});
  EXPECT_EQ(cart.discounts[0],
            (DiscountOutcome{.verdict = Verdict::kSavesNothing, .open_units = {1}, .open_minor = 1000}));
  EXPECT_EQ(cart.price_minor, 900);
}

TEST(PriceCart, CutsTheSavingToWhatFloorsAllow) {
  Discount half{QuantityTerms{{0, 1}, {{1, PercentOff{5000}}}}};
  half.floor = MarginFloor{2000};
  const CartPrice cart = Price({{1000, 1, 600}, {1000, 1}}, {half});
  EXPECT_THAT(LinePrices(cart), ElementsAre(750, 500));
  EXPECT_EQ(cart.discounts[0].saving_minor, 750);
  EXPECT_EQ(cart.discounts[0].cut_by_floor_minor, 250);
}

TEST(PriceCart, ASetPriceIsBorneByTheUnitsThatCan) {
  Discount set{SetTerms{{{.lines = {0}}, {.lines = {1}}}, FixedPrice{1200}}};
  set.floor = MarginFloor{0};
  const CartPrice cart = Price({{1000, 1, 900}, {1000, 1}}, {set});
  EXPECT_THAT(LinePrices(cart), ElementsAre(900, 300));
  EXPECT_EQ(cart.discounts[0].cut_by_floor_minor, 0);
  EXPECT_EQ(Price({{1000, 1, 900}, {1000, 1, 500}}, {set}).discounts[0].cut_by_floor_minor, 200);
}

TEST(PriceCart, WhatIsSoldBelowItsFloorAlreadyStaysAsItIs) {
  Discount half{QuantityTerms{{0}, {{1, PercentOff{5000}}}}};
  half.floor = MarginFloor{0};
  const CartPrice cart = Price({{1000, 2, 1200}}, {half});
  EXPECT_EQ(cart.price_minor, 2000);
  EXPECT_EQ(cart.discounts[0].verdict, Verdict::kHeldByFloor);
  EXPECT_EQ(cart.discounts[0].cut_by_floor_minor, 1000);
  EXPECT_THAT(cart.discounts[0].line_savings, IsEmpty());
}

TEST(PriceCart, LargeCartsStayExact) {
  const Discount third{SetTerms{{{.lines = {0, 1}, .count = 3, .reduced = 2}}, PercentOff{3333}}};
  const CartPrice cart = Price({{3'999'999'999'999, 999'999}, {7, 1}}, {third});
  EXPECT_EQ(cart.discounts[0].times, 333'333);
  EXPECT_EQ(cart.price_minor + cart.discounts[0].saving_minor, cart.list_minor);
  const Discount huge{SetTerms{{{.lines = {0}, .count = 1}}, AmountOff{kMostMinor}}};
  EXPECT_EQ(Price({{4'000'000'000'000, 1'000'000}}, {huge}).price_minor, 0);
}

TEST(PriceCart, NamesTheFieldThatIsOutOfRange) {
  const auto refuses = [](const std::vector<Line>& lines, const std::vector<Discount>& discounts, const char* what) {
    EXPECT_THAT(PriceCart(lines, discounts), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(what)));
  };
  refuses({{1, 1}, {-1, 1}}, {}, "lines[1].unit_price_minor is -1, but must be 0 to 4000000000000000000");
  refuses({{1, 0}}, {}, "lines[0].quantity is 0, but must be 1 to 1000000");
  refuses({{1, 1, -5}}, {}, "lines[0].unit_cost_minor is -5, but must be 0 to");
  refuses({{kMostMinor, 1}, {1, 1}}, {}, "lines[1] takes the list total of the cart above 4000000000000000000");
  refuses({{1, kMostUnits}, {1, 1}}, {}, "lines[1] takes the units of the cart above 1000000");
  const Discount good{QuantityTerms{{0}, {{1, PercentOff{1000}}}}};
  const Discount bad{QuantityTerms{{0}, {{0, PercentOff{1000}}}}};
  refuses({{1, 1}}, {good, bad}, "discounts[1].tiers[0].from_quantity is 0, but must be 1 to 1000000");
  refuses({}, {good}, "discounts[0].lines names line 0, but the cart has 0");
  refuses({{1, 1}}, {{SetTerms{{{.lines = {0}}, {.lines = {1}}}, FixedPrice{1}}}},
          "discounts[0].parts[1].lines names line 1, but the cart has 1");
  refuses({}, {{BasketTerms{{3}, {{0, AmountOff{1}}}}}}, "discounts[0].lines names line 3, but the cart has 0");
}

}  // namespace
}  // namespace awase::pricing
