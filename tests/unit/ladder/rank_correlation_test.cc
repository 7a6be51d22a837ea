#include "ladder/internal/rank_correlation.h"

#include <cmath>

#include "gtest/gtest.h"

namespace awase::ladder_internal {
namespace {

TEST(RankCorrelation, IsOneForAnyRise) {
  EXPECT_DOUBLE_EQ(RankCorrelation({{1, 10}, {2, 11}, {3, 500}}), 1);
  EXPECT_DOUBLE_EQ(RankCorrelation({{1, 3}, {2, 2}, {900, 1}}), -1);
}

// By hand: ranks of x 0.5, 0.5, 2, 3 and of y 0, 1, 3, 2.
TEST(RankCorrelation, AveragesTies) {
  EXPECT_NEAR(RankCorrelation({{1, 1}, {1, 2}, {5, 9}, {7, 4}}), 3.5 / std::sqrt(4.5 * 5), 1e-12);
}

TEST(RankCorrelation, IsNoughtOfNothing) {
  EXPECT_EQ(RankCorrelation({}), 0);
  EXPECT_EQ(RankCorrelation({{1, 1}, {1, 2}}), 0);
}

}  // namespace
}  // namespace awase::ladder_internal
