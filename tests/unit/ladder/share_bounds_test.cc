#include "awase/ladder/share_bounds.h"

#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"

namespace awase::ladder {
namespace {

double Choose(int n, int k) {
  double product = 1;
  for (int i = 1; i <= k; ++i) product *= static_cast<double>(n - k + i) / i;
  return product;
}

TEST(SignTest, IsTheBinomialTail) {
  for (int n : {0, 1, 2, 3, 7, 12, 63, 64, 65}) {
    for (int k = 0; k <= n; ++k) {
      double tail = 0;
      for (int i = k; i <= n; ++i) tail += Choose(n, i) / std::pow(2, n);
      EXPECT_NEAR(SignTest(static_cast<std::uint64_t>(k), static_cast<std::uint64_t>(n)), tail, 1e-12) << k << "/" << n;
    }
  }
}

// R: binom.test(34, 41)$conf.int, binom.test(5, 5)$conf.int.
TEST(BoundsOfShare, AreClopperAndPearsons) {
  EXPECT_NEAR(BoundsOfShare(34, 41).low, 0.6794, 1e-4);
  EXPECT_NEAR(BoundsOfShare(34, 41).high, 0.9285, 1e-4);
  EXPECT_NEAR(BoundsOfShare(5, 5).low, 0.4782, 1e-4);
  EXPECT_EQ(BoundsOfShare(5, 5).high, 1);
  EXPECT_EQ(BoundsOfShare(0, 0).low, 0);
  EXPECT_EQ(BoundsOfShare(0, 0).high, 1);
}

}  // namespace
}  // namespace awase::ladder
