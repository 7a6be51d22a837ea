#include "awase/base/saturating_sum.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(SaturatingSumTest, AddsAndStaysAtTheLargestNumber) {
  EXPECT_EQ(SaturatingSum(2, 3), 5);
  EXPECT_EQ(SaturatingSum(INT64_MIN, INT64_MAX), -1);
  EXPECT_EQ(SaturatingSum(INT64_MAX, 0), INT64_MAX);
  EXPECT_EQ(SaturatingSum(INT64_MAX, 1), INT64_MAX);
  EXPECT_EQ(SaturatingSum(INT64_MAX, INT64_MAX), INT64_MAX);
}

}  // namespace
}  // namespace awase
