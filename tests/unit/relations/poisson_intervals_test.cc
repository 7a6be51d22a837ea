#include "relations/internal/poisson_intervals.h"

#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

TEST(PoissonIntervals, AreThoseOfTheCountWhetherTheyAreAtHandOrNot) {
  for (const std::uint32_t most : {0u, 10u, 1'000'000u}) {
    for (const std::size_t threads : {1, 8}) {
      const PoissonIntervals intervals(most, threads);
      for (const std::uint32_t count : {0u, 1u, 10u, 11u, 500u, 4095u, 4096u, 4097u, 90'000u}) {
        const Interval expected = PoissonInterval(count);
        EXPECT_EQ(intervals(count).low, expected.low) << count;
        EXPECT_EQ(intervals(count).high, expected.high) << count;
        EXPECT_EQ(intervals.Low(count), expected.low) << count;
      }
    }
  }
}

}  // namespace
}  // namespace awase::relations_internal
