#include "relations/internal/ranked_baskets.h"

#include <algorithm>
#include <vector>

#include "gtest/gtest.h"
#include "relations/internal/head_counts.h"
#include "relations/internal/pair_sum.h"
#include "tests/testing/basket_builder.h"

namespace awase::relations_internal {
namespace {

using Ranked = RankedBaskets<std::uint16_t, SumLayout>;
using LargeRanked = RankedBaskets<std::uint32_t, SumLayout>;

constexpr std::uint64_t kMost = (std::uint64_t{1} << 32) - 1;
constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 40;

TEST(RankedBaskets, FitWhenRanksAndPositionsDo) {
  EXPECT_TRUE(Ranked::Fits(65'535, 1000, 100));
  EXPECT_FALSE(Ranked::Fits(65'536, 1000, 100));
  EXPECT_TRUE(LargeRanked::Fits(65'536, 1000, 100));
  // The header of a basket is five words of 16 bits, or three of 32.
  EXPECT_TRUE(Ranked::Fits(1, kMost - 5, 1));
  EXPECT_FALSE(Ranked::Fits(1, kMost - 4, 1));
  EXPECT_TRUE(LargeRanked::Fits(1, kMost - 3, 1));
  EXPECT_FALSE(LargeRanked::Fits(1, kMost - 2, 1));
}

// 600 products in 1,000 baskets of 20 neighbouring ones each: 344 products have places, of 33 baskets or so.
orders::BasketSet Neighbours() {
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 1000; ++b) {
    testing::ReferenceBasket basket{b, {}};
    for (std::size_t i = 0; i < 20; ++i) basket.products.push_back(ProductAt((b * 7 + i) % 600));
    baskets.push_back(basket);
  }
  return testing::BasketSetOf(600, baskets);
}

std::size_t PlacesOf(const Ranked& ranked, std::uint32_t first_rank, std::uint32_t last_rank) {
  const Ranked::Index index = ranked.MakeIndex(first_rank, last_rank, Ranked::Direction::kPopularFirst, 1);
  std::size_t places = 0;
  for (std::uint32_t rank = first_rank; rank < last_rank; ++rank) places += index.size(rank);
  return places;
}

TEST(SplitRanks, FillsEachRangeWithWhatItsIndexReallyTakes) {
  const orders::BasketSet set = Neighbours();
  const std::vector<std::uint32_t> weights(set.size(), 1);
  const PopularityRanks ranks = RankByPopularity(set, 1);
  for (const std::size_t threads : {1, 3}) {
    const Ranked ranked(set, ranks, weights, SumLayout(ranks.units[1]), threads);
    EXPECT_EQ(ranked.SplitRanks(kNoLimit), std::vector<std::uint32_t>{600});
    const std::size_t all = PlacesOf(ranked, 0, 600);
    ASSERT_GT(all, 5000u);
    EXPECT_EQ(PlacesOf(ranked, 0, HeadCounts<SumLayout>::kMaxRanks), 0u);
    EXPECT_EQ(ranked.SplitRanks(all * 4), std::vector<std::uint32_t>{600}) << "ranks of the head take nothing";
    const std::vector<std::uint32_t> ends = ranked.SplitRanks(4000);
    std::uint32_t first = 0;
    for (const std::uint32_t end : ends) {
      EXPECT_LE(PlacesOf(ranked, first, end), 1000u);
      if (end < 600) {
        EXPECT_GT(PlacesOf(ranked, first, end + 1), 1000u) << "one more would not have fitted";
      }
      first = end;
    }
    EXPECT_EQ(first, 600u);
  }
}

TEST(SplitRanks, GivesARankThatIsTooLargeARangeOfItsOwn) {
  const orders::BasketSet set = Neighbours();
  const PopularityRanks ranks = RankByPopularity(set, 1);
  const Ranked ranked(set, ranks, std::vector<std::uint32_t>(set.size(), 1), SumLayout(ranks.units[1]), 1);
  EXPECT_EQ(ranked.SplitRanks(0).size(), 600 - HeadCounts<SumLayout>::kMaxRanks);
}

}  // namespace
}  // namespace awase::relations_internal
