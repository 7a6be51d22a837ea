#include "awase/pricing/margin_floor.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace awase::pricing {
namespace {

TEST(MarginFloor, IsTheCostWithoutAMargin) {
  EXPECT_EQ(LowestUnitPrice({0}, 0), 0);
  EXPECT_EQ(LowestUnitPrice({0}, 1234), 1234);
}

TEST(MarginFloor, IsTheLowestWholePriceWithTheMargin) {
  EXPECT_EQ(LowestUnitPrice({2000}, 800), 1000);
  EXPECT_EQ(LowestUnitPrice({2000}, 801), 1002);  // 1001.25
  EXPECT_EQ(LowestUnitPrice({9999}, 1), 10'000);
  for (std::int64_t margin = 0; margin < 10'000; margin += 7) {
    const std::int64_t price = LowestUnitPrice({margin}, 777);
    EXPECT_GE((price - 777) * 10'000, price * margin) << margin;
    EXPECT_LT((price - 1 - 777) * 10'000, (price - 1) * margin) << margin;
  }
}

TEST(MarginFloor, StaysAtTheLargestNumber) { EXPECT_EQ(LowestUnitPrice({9999}, 4'000'000'000'000'000'000), INT64_MAX); }

}  // namespace
}  // namespace awase::pricing
