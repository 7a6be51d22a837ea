#include "relations/internal/periods.h"

#include <numeric>
#include <set>

#include "awase/orders/order_log.h"
#include "awase/relations/basket_size_factor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::relations_internal {
namespace {

using orders::BasketSet;
using orders::kNoTime;
using ::testing::Each;

// A basket of one to four products for each time.
BasketSet BasketsAt(const std::vector<std::int64_t>& times) {
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < times.size(); ++b) {
    baskets.push_back({b, {}});
    for (std::size_t p = 0; p <= (b * 7 + b / 5) % 4; ++p) baskets.back().products.push_back(ProductAt(p));
  }
  BasketSet set = testing::BasketSetOf(4, baskets);
  for (std::size_t b = 0; b < times.size(); ++b) set.time_micros[b] = times[b];
  return set;
}

TEST(Periods, AreOfAsManyBasketsEachAndFollowTheTime) {
  std::vector<std::int64_t> times(50);
  for (std::size_t b = 0; b < times.size(); ++b) times[b] = static_cast<std::int64_t>(b * 37 % 50);
  const Periods periods = SplitIntoPeriods(BasketsAt(times));
  EXPECT_TRUE(periods.follow_time);
  EXPECT_THAT(periods.units, Each(5));
  for (std::size_t b = 0; b < times.size(); ++b) EXPECT_EQ(periods.of[b], times[b] / 5) << b;
}

TEST(Periods, BasketsOfOneMomentAreOfOnePeriod) {
  const std::vector<std::int64_t> times = {1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3};
  const Periods periods = SplitIntoPeriods(BasketsAt(times));
  std::set<std::uint8_t> of_first(periods.of.begin(), periods.of.begin() + 7);
  std::set<std::uint8_t> of_last(periods.of.begin() + 8, periods.of.end());
  EXPECT_EQ(of_first.size(), 1u);
  EXPECT_EQ(of_last.size(), 1u);
  EXPECT_LT(*of_first.begin(), *of_last.begin());
  EXPECT_EQ(std::accumulate(periods.units.begin(), periods.units.end(), std::uint64_t{0}), 12u);
}

TEST(Periods, WithoutATimeABasketIsOfTheEarliest) {
  std::vector<std::int64_t> times(20);
  std::iota(times.begin(), times.end(), -5);
  times[19] = kNoTime;
  EXPECT_EQ(SplitIntoPeriods(BasketsAt(times)).of[19], 0);
}

TEST(Periods, WithoutAnyTimesABuyersBasketsAreOfOnePeriod) {
  BasketSet baskets = BasketsAt(std::vector<std::int64_t>(60, kNoTime));
  for (std::uint32_t b = 0; b < 60; ++b) baskets.buyers[b] = b / 3;
  const Periods periods = SplitIntoPeriods(baskets);
  EXPECT_FALSE(periods.follow_time);
  EXPECT_THAT(periods.units, Each(6));
  for (std::size_t b = 0; b < 60; ++b) EXPECT_EQ(periods.of[b], b / 3 % kPeriods);
}

TEST(Periods, EachHasTheBasketSizeFactorOfItsOwnBaskets) {
  std::vector<std::int64_t> times(90);
  std::iota(times.begin(), times.end(), 0);
  const Periods periods = SplitIntoPeriods(BasketsAt(times));
  std::set<double> different;
  for (std::size_t p = 0; p < kPeriods; ++p) {
    const BasketSet all = BasketsAt(times);
    BasketSet part;
    part.product_count = all.product_count;
    for (std::size_t b = 0; b < all.size(); ++b) {
      if (periods.of[b] != p) continue;
      part.products.insert(part.products.end(), all.basket(b).begin(), all.basket(b).end());
      part.offsets.push_back(part.products.size());
      part.buyers.push_back(static_cast<std::uint32_t>(b));
    }
    EXPECT_DOUBLE_EQ(periods.factors[p], relations::BasketSizeFactor(part));
    different.insert(periods.factors[p]);
  }
  EXPECT_GT(different.size(), 2u);
}

TEST(Periods, OfNothingAreEmpty) {
  const Periods periods = SplitIntoPeriods(BasketsAt({}));
  EXPECT_TRUE(periods.of.empty());
  EXPECT_THAT(periods.units, Each(0));
  EXPECT_THAT(periods.factors, Each(1));
}

}  // namespace
}  // namespace awase::relations_internal
