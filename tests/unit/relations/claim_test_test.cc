#include "relations/internal/claim_test.h"

#include <cmath>

#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

TEST(PoissonInterval, AgreesWithPublishedValues) {
  // Garwood's table, as in Ulm 1990, table 1.
  EXPECT_EQ(PoissonInterval(0).low, 0);
  EXPECT_NEAR(PoissonInterval(0).high, 3.689, 0.001);
  EXPECT_NEAR(PoissonInterval(5).low, 1.623, 0.001);
  EXPECT_NEAR(PoissonInterval(5).high, 11.668, 0.001);
  EXPECT_NEAR(PoissonInterval(100).low, 81.364, 0.001);
  EXPECT_NEAR(PoissonInterval(100).high, 121.627, 0.001);
}

TEST(SignedRootLikelihoodRatio, IsZeroAtTheExpectationAndSigned) {
  EXPECT_EQ(SignedRootLikelihoodRatio(4, 4), 0);
  EXPECT_NEAR(SignedRootLikelihoodRatio(10, 5), std::sqrt(2 * (10 * std::log(2.0) - 5)), 1e-12);
  EXPECT_LT(SignedRootLikelihoodRatio(1, 4), 0);
  EXPECT_LT(SignedRootLikelihoodRatio(0, 4), 0);
}

TEST(DiscoveryBound, IsTheBenjaminiHochbergStepUp) {
  // 1,000 tests; ten at z = 5 (p = 2.9e-7): 1000 p ≤ 0.05 · 10 holds far below 5, down to the edge where it fails.
  DiscoveryBound bound;
  for (int i = 0; i < 10; ++i) bound.AddPair(5);
  const double threshold = bound.Threshold(1000, 0.05);
  const auto holds = [](double z) { return 1000 * 0.5 * std::erfc(z / std::sqrt(2.0)) <= 0.05 * 10; };
  EXPECT_TRUE(holds(threshold));
  EXPECT_FALSE(holds(threshold - 1.0 / 32));
}

TEST(DiscoveryBound, LetsNothingPassWithoutDiscoveries) {
  DiscoveryBound bound;
  EXPECT_TRUE(std::isinf(bound.Threshold(1000, 0.05)));
  bound.AddPair(0.5);
  EXPECT_TRUE(std::isinf(bound.Threshold(1000, 0.05)));
}

TEST(DiscoveryBound, MergesByAddition) {
  DiscoveryBound all, a, b;
  for (int i = 0; i < 100; ++i) {
    const double z = i * 0.07;
    all.AddPair(z);
    (i % 2 == 0 ? a : b).AddPair(z);
  }
  a.Merge(b);
  EXPECT_EQ(a.Threshold(5000, 0.05), all.Threshold(5000, 0.05));
}

}  // namespace
}  // namespace awase::relations_internal
