#include "awase/pricing/allocate.h"

#include <numeric>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::pricing {
namespace {

using ::testing::ElementsAre;

TEST(Allocate, SharesAddUpByTheLargestRemainderTiesToTheEarlierLine) {
  EXPECT_THAT(AllocateSetPrice({1000, 1000, 1000}, 2000), ElementsAre(667, 667, 666));
  EXPECT_THAT(AllocateSetPrice({500, 300, 200}, 999), ElementsAre(499, 300, 200));
  EXPECT_THAT(AllocateSetPrice({999, 1}, 500), ElementsAre(500, 0));
  EXPECT_THAT(AllocateSetPrice({10, 20}, 0), ElementsAre(0, 0));
  EXPECT_THAT(AllocateSetPrice({0, 0}, 0), ElementsAre(0, 0));
  EXPECT_THAT(AllocateSetPrice({}, 0), ElementsAre());
}

TEST(Allocate, NoShareExceedsItsListPriceWhateverThePrices) {
  for (std::int64_t a = 0; a < 12; ++a) {
    for (std::int64_t b = 0; b < 12; ++b) {
      for (std::int64_t c = 0; c < 12; ++c) {
        for (std::int64_t set = 0; set <= a + b + c; ++set) {
          const auto shares = AllocateSetPrice({a, b, c}, set);
          EXPECT_EQ(shares[0] + shares[1] + shares[2], set);
          EXPECT_TRUE(shares[0] <= a && shares[1] <= b && shares[2] <= c) << a << ' ' << b << ' ' << c << ' ' << set;
          EXPECT_TRUE(shares[0] >= 0 && shares[1] >= 0 && shares[2] >= 0);
        }
      }
    }
  }
}

TEST(Allocate, LargeAmountsStayExact) {
  const std::int64_t large = 4'000'000'000'000'000'000;
  const auto shares = AllocateSetPrice({large, large}, large + 1);
  EXPECT_EQ(shares[0] + shares[1], large + 1);
  EXPECT_THAT(AllocateAboveFloors({large, large}, {large - 1, 1}, large + 1), ElementsAre(large - 1, 2));
}

TEST(Allocate, WhatAFloorKeepsOthersBear) {
  EXPECT_THAT(AllocateAboveFloors({1000, 1000}, {900, 0}, 1500), ElementsAre(900, 600));
  EXPECT_THAT(AllocateAboveFloors({1000, 1000}, {1000, 1000}, 2000), ElementsAre(1000, 1000));
  // The first floor takes effect, and lowers the second one's share below its floor too.
  EXPECT_THAT(AllocateAboveFloors({1000, 1000, 1000}, {900, 490, 0}, 1500), ElementsAre(900, 490, 110));
  EXPECT_THAT(AllocateAboveFloors({0, 10}, {0, 5}, 5), ElementsAre(0, 5));
}

TEST(Allocate, WithoutEffectFloorsChangeNothing) {
  EXPECT_EQ(AllocateAboveFloors({1000, 1000, 1000}, {0, 600, 666}, 2000), AllocateSetPrice({1000, 1000, 1000}, 2000));
}

TEST(Allocate, SharesStayBetweenFloorAndListPriceWhateverThePrices) {
  constexpr std::int64_t kMost = 5;
  for (int code = 0; code < 6 * 6 * 6 * 6 * 6 * 6; ++code) {
    const Shares prices = {code % 6, code / 6 % 6, code / 36 % 6};
    const Shares floors = {code / 216 % 6, code / 1296 % 6, code / 7776 % 6};
    if (floors[0] > prices[0] || floors[1] > prices[1] || floors[2] > prices[2]) continue;
    const std::int64_t lowest = floors[0] + floors[1] + floors[2];
    for (std::int64_t set = lowest; set <= std::min(3 * kMost, prices[0] + prices[1] + prices[2]); ++set) {
      const Shares shares = AllocateAboveFloors(prices, floors, set);
      EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), set);
      for (std::size_t i = 0; i < 3; ++i)
        EXPECT_TRUE(floors[i] <= shares[i] && shares[i] <= prices[i]) << code << ' ' << set;
    }
  }
}

}  // namespace
}  // namespace awase::pricing
