#include "trainer/internal/memory.h"

#include <limits>

#include "awase/base/process_memory.h"
#include "gtest/gtest.h"

namespace awase::trainer_internal {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

orders::BasketSet BasketsOfLines(std::size_t lines) {
  orders::BasketSet set;
  set.products.resize(lines);
  return set;
}

TEST(IndexBytesWithin, IsBoundlessWithoutALimit) {
  EXPECT_EQ(IndexBytesWithin(0, BasketsOfLines(10), 64, 1), std::numeric_limits<std::uint64_t>::max());
}

TEST(IndexBytesWithin, IsWhatTheLimitLeaves) {
  const orders::BasketSet set = BasketsOfLines(1'000'000);
  const std::uint64_t large = IndexBytesWithin(CurrentRssBytes() + 1000 * kMiB, set, 64, 1);
  EXPECT_LT(large, 1000 * kMiB);
  EXPECT_GT(large, 900 * kMiB);
}

TEST(IndexBytesWithin, IsLessForMoreProductsLongerListsAndMoreThreads) {
  orders::BasketSet set = BasketsOfLines(1000);
  const auto within = [&set](std::size_t top_k, std::size_t threads) {
    return static_cast<double>(IndexBytesWithin(CurrentRssBytes() + 4000 * kMiB, set, top_k, threads)) / kMiB;
  };
  const double bare = within(64, 1);
  set.product_count = 1'000'000;
  // 64 · 32 + 78 + 48 bytes a product; each further entry of a list 32, each thread 48. Some MiB for what else the
  // process takes meanwhile.
  EXPECT_NEAR(bare - within(64, 1), 2174e6 / kMiB, 8);
  EXPECT_NEAR(within(64, 1) - within(74, 1), 320e6 / kMiB, 8);
  EXPECT_NEAR(within(64, 1) - within(64, 11), 480e6 / kMiB + 7.5, 8);
  set.product_count = 10;
  EXPECT_NEAR(bare, within(std::size_t{1} << 29, 1), 8) << "no list is longer than there are products";
}

TEST(IndexBytesWithin, NeverAsksForMoreThanSomeDozensOfPasses) {
  EXPECT_EQ(IndexBytesWithin(1, BasketsOfLines(10), 64, 1), kMiB);
  EXPECT_EQ(IndexBytesWithin(1, BasketsOfLines(200'000'000), 64, 1), 25'000'000u);
}

}  // namespace
}  // namespace awase::trainer_internal
