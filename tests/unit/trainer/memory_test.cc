#include "trainer/internal/memory.h"

#include <limits>

#include "gtest/gtest.h"

namespace awase::trainer_internal {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

orders::BasketSet BasketsOfLines(std::size_t lines) {
  orders::BasketSet set;
  set.products.resize(lines);
  return set;
}

TEST(Memory, KnowsWhatTheProcessTakes) {
  EXPECT_GT(CurrentRssBytes(), 0u);
  EXPECT_GE(PeakRssBytes(), CurrentRssBytes() / 2);  // two counters of the system that may lag behind each other
}

TEST(IndexBytesWithin, IsBoundlessWithoutALimit) {
  EXPECT_EQ(IndexBytesWithin(0, BasketsOfLines(10)), std::numeric_limits<std::uint64_t>::max());
}

TEST(IndexBytesWithin, IsWhatTheLimitLeaves) {
  const orders::BasketSet set = BasketsOfLines(1'000'000);
  const std::uint64_t large = IndexBytesWithin(CurrentRssBytes() + 1000 * kMiB, set);
  EXPECT_LT(large, 1000 * kMiB);
  EXPECT_GT(large, 900 * kMiB);
}

TEST(IndexBytesWithin, NeverAsksForMoreThanSomeDozensOfPasses) {
  EXPECT_EQ(IndexBytesWithin(1, BasketsOfLines(10)), 16 * kMiB);
  EXPECT_EQ(IndexBytesWithin(1, BasketsOfLines(200'000'000)), 25'000'000u);
}

}  // namespace
}  // namespace awase::trainer_internal
