#include "lists/internal/order_shares.h"

#include <cmath>
#include <numeric>

#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::lists_internal {
namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;

TEST(SharesOf, AreTheMarginsOfWeightedOrders) {
  // Sizes 2, 4 and 1: the last says nothing of what goes together.
  const orders::BasketSet baskets =
      testing::BasketSetOf(5, {{0, {ProductAt(0), ProductAt(1)}},
                               {1, {ProductAt(0), ProductAt(1), ProductAt(2), ProductAt(3)}},
                               {2, {ProductAt(4)}}});
  const OrderShares shares = SharesOf(baskets, {0.5, 0, 0});
  const double w2 = std::sqrt(0.5);
  const double w4 = 0.5;
  const double mean = (2 * w2 + 4 * w4) / 6;
  EXPECT_NEAR(shares.mean_weight, mean, 1e-12);
  EXPECT_NEAR(shares.companions, (2 * w2 + 12 * w4) / (2 * w2 + 4 * w4), 1e-12);
  EXPECT_NEAR(shares.orders[0], (w2 + w4) / mean, 1e-12);
  EXPECT_NEAR(shares.shares[3], w4 / (2 * w2 + 4 * w4), 1e-12);
  EXPECT_EQ(shares.orders[4], 0);
  EXPECT_EQ(shares.weights[2], 0);
  EXPECT_NEAR(std::accumulate(shares.shares.begin(), shares.shares.end(), 0.0), 1, 1e-12);
}

TEST(SharesOf, NothingIsNothing) {
  const OrderShares shares = SharesOf(testing::BasketSetOf(2, {{0, {ProductAt(1)}}}), {});
  EXPECT_EQ(shares.companions, 0);
  EXPECT_EQ(shares.mean_weight, 1);
  EXPECT_EQ(shares.shares[1], 0);
}

TEST(SharesOf, CountTheSeasonOfAnEarlierYear) {
  // 0 with 1 now, with 2 a year ago; 3 is of no season.
  orders::BasketSet set = testing::BasketSetOf(
      4, {{0, {ProductAt(0), ProductAt(1)}}, {1, {ProductAt(0), ProductAt(2)}}, {2, {ProductAt(0), ProductAt(3)}}});
  set.time_micros = {400 * kDay, 50 * kDay, 0};
  const relations::RankingOptions ranking{0, 10, 0, 1};
  const OrderShares shares = SharesOf(set, ranking);
  EXPECT_NEAR(shares.shares[0], 0.5, 1e-6);
  EXPECT_NEAR(shares.shares[1], 0.25, 1e-3);
  EXPECT_NEAR(shares.shares[2], 0.25, 1e-3);
  EXPECT_NEAR(shares.shares[3], 0, 1e-6);
  EXPECT_NEAR(std::accumulate(shares.shares.begin(), shares.shares.end(), 0.0), 1, 1e-12);
}

TEST(LogTrends, CallUsualWhatTheCountsWeigh) {
  // 0 now, 1 a year ago, 2 in no season; each with 3.
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 3000; ++b) baskets.push_back({b, {ProductAt(b / 1000), ProductAt(3)}});
  orders::BasketSet set = testing::BasketSetOf(4, baskets);
  for (std::size_t b = 0; b < set.size(); ++b) set.time_micros[b] = (b < 1000 ? 400 : b < 2000 ? 50 : 0) * kDay;
  const auto trend_of_now = [](double usual) { return std::log((1000 + 100 * usual) / (1100 * usual)); };
  EXPECT_NEAR(LogTrends(set, {0, 0, 0, 0})[0], trend_of_now(1.0 / 3), 1e-3);
  EXPECT_NEAR(LogTrends(set, {0, 0, 0, 5})[0], trend_of_now(1.0 / 8), 1e-3);
}

TEST(LogTrends, AreAboveZeroForWhatSellsMoreLately) {
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 2000; ++b) {
    baskets.push_back({b, {ProductAt(0), ProductAt(b < 1000 ? 1 : 2)}});  // 1 made way for 2
  }
  orders::BasketSet set = testing::BasketSetOf(3, baskets);
  for (std::size_t b = 0; b < set.size(); ++b) set.time_micros[b] = static_cast<std::int64_t>(b / 10) * kDay;
  const std::vector<double> trends = LogTrends(set, {.half_life_days = 0});
  EXPECT_NEAR(trends[0], 0, 1e-3);
  EXPECT_LT(trends[1], -0.3);
  EXPECT_GT(trends[2], 0.2);

  for (std::int64_t& time : set.time_micros) time = orders::kNoTime;
  EXPECT_EQ(LogTrends(set, {.half_life_days = 0}), std::vector<double>(3, 0)) << "without times there is no lately";
}

TEST(ExpectedPages, FollowSmallRecentOrders) {
  const orders::BasketSet set =
      testing::BasketSetOf(4, {{0, {ProductAt(0), ProductAt(1)}}, {1, {ProductAt(0), ProductAt(2)}}});
  const std::vector<double> pages = ExpectedPages(set, 100);
  EXPECT_NEAR(pages[0], 100, 1e-9);
  EXPECT_NEAR(pages[1], 50, 1e-9);
  EXPECT_EQ(pages[3], 0);
}

}  // namespace
}  // namespace awase::lists_internal
