#include "awase/pricing/thresholds.h"

#include <algorithm>
#include <limits>
#include <random>
#include <tuple>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::pricing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FindGap, IsWhatIsMissingAndNeverNegative) {
  EXPECT_EQ(FindGap(4200, 5000), 800);
  EXPECT_EQ(FindGap(5000, 5000), 0);
  EXPECT_EQ(FindGap(6000, 5000), 0);
  EXPECT_EQ(FindGap(INT64_MIN, INT64_MAX), INT64_MAX);
  EXPECT_EQ(FindGap(INT64_MAX, INT64_MIN), 0);
}

TEST(AddOnCap, IsAShareRoundedDown) {
  EXPECT_EQ(AddOnCap(4999, 2000), 999);
  EXPECT_EQ(AddOnCap(4999, 0), 0);
  EXPECT_EQ(AddOnCap(-4999, 2000), 0);
  EXPECT_EQ(AddOnCap(INT64_MAX, 10'000), INT64_MAX);
  EXPECT_EQ(AddOnCap(INT64_MAX, INT64_MAX), INT64_MAX);
}

TEST(CloseGap, PutsTheLeastOvershootFirst) {
  const std::vector<GapOffer> offers = {{900, 0.5}, {850, 0.1}, {300, 0.9}, {500, 0.2}, {700, 0.9}};
  EXPECT_THAT(CloseGap(800, offers, 0, 4), ElementsAre(GapFill{2, 3, 0}, GapFill{1, std::nullopt, 50},
                                                       GapFill{0, std::nullopt, 100}, GapFill{2, 4, 200}));
}

TEST(CloseGap, PrefersOneOfferAndBetterOnesAtTheSameOvershoot) {
  EXPECT_THAT(CloseGap(10, {{6, 0.9}, {5, 0.9}, {11, 0.1}}, 0, 9),
              ElementsAre(GapFill{2, std::nullopt, 1}, GapFill{0, 1, 1}));
  EXPECT_THAT(CloseGap(10, {{10, 0.1}, {10, 0.2}, {10, 0.2}}, 0, 2),
              ElementsAre(GapFill{1, std::nullopt, 0}, GapFill{2, std::nullopt, 0}));
  EXPECT_THAT(CloseGap(10, {{5, 0.1}, {5, 0.3}, {5, 0.2}}, 0, 9),
              ElementsAre(GapFill{1, 2, 0}, GapFill{1, 0, 0}, GapFill{2, 0, 0}));
}

TEST(CloseGap, TakesGoodOffersOnly) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(CloseGap(10, {{10, 0.1}, {12, 0.2}, {11, nan}, {0, 1}, {-5, 1}}, 0.2, 9),
              ElementsAre(GapFill{1, std::nullopt, 2}));
  EXPECT_THAT(CloseGap(0, {{10, 0.1}}, 0, 9), IsEmpty());
  EXPECT_THAT(CloseGap(10, {{10, 0.1}}, 0, 0), IsEmpty());
  EXPECT_THAT(CloseGap(10, {{4, 0.1}}, 0, 9), IsEmpty());
}

TEST(CloseGap, LargePricesStayExact) {
  EXPECT_THAT(CloseGap(INT64_MAX, {{INT64_MAX - 1, 1}, {INT64_MAX - 1, 1}}, 0, 1),
              ElementsAre(GapFill{0, 1, INT64_MAX - 2}));
}

std::vector<GapFill> SlowCloseGap(std::int64_t gap, const std::vector<GapOffer>& offers, double least_score) {
  std::vector<std::tuple<std::int64_t, int, double, double, std::size_t, std::size_t>> all;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const auto [price, score] = offers[i];
    if (price <= 0 || score < least_score) continue;
    if (price >= gap) all.emplace_back(price - gap, 0, -score, -score, i, i);
    for (std::size_t j = 0; j < offers.size(); ++j) {
      const auto [other_price, other_score] = offers[j];
      const bool is_first = score > other_score || (score == other_score && i < j);
      if (!is_first || other_price <= 0 || other_score < least_score || price >= gap || other_price >= gap) continue;
      if (price + other_price >= gap) all.emplace_back(price + other_price - gap, 1, -score, -other_score, i, j);
    }
  }
  std::sort(all.begin(), all.end());
  std::vector<GapFill> fills;
  for (const auto& [overshoot, pairs, better, worse, first, second] : all) {
    fills.push_back({first, pairs == 0 ? std::nullopt : std::optional<std::size_t>(second), overshoot});
  }
  return fills;
}

TEST(CloseGap, AgreesWithASearchOfAllPairs) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::vector<GapOffer> offers;
    const unsigned spread = round % 2 == 0 ? 6 : 200;
    const std::size_t count = random() % 12;
    while (offers.size() < count) {
      const auto price = static_cast<std::int64_t>(random() % spread);
      offers.push_back({price, static_cast<double>(random() % 4)});
    }
    const auto gap = static_cast<std::int64_t>(1 + random() % spread);
    std::vector<GapFill> slow = SlowCloseGap(gap, offers, 1);
    const std::size_t most = random() % 8;
    slow.resize(std::min(slow.size(), most));
    ASSERT_EQ(CloseGap(gap, offers, 1, most), slow) << "round " << round;
  }
}

}  // namespace
}  // namespace awase::pricing
