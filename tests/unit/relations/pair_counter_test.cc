#include "relations/internal/pair_counter.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "relations/internal/ranked_baskets.h"
#include "tests/testing/basket_builder.h"

namespace awase::relations_internal {
namespace {

using testing::ReferenceBasket;

struct Pair {
  double weight = 0;
  std::uint32_t units = 0;
  std::set<std::uint32_t> buyers;
};
using Pairs = std::map<std::pair<std::size_t, std::size_t>, Pair>;  // by products, the smaller first

std::vector<ReferenceBasket> RandomBaskets(std::size_t products, std::size_t baskets, std::uint32_t buyers) {
  std::mt19937 random(5);
  std::vector<ReferenceBasket> result;
  for (std::size_t b = 0; b < baskets; ++b) {
    std::set<ProductIndex> basket;
    for (std::size_t i = random() % 12; i > 0; --i) basket.insert(ProductAt(random() % (1 + random() % products)));
    const auto buyer = static_cast<std::uint32_t>(buyers == 0 ? b : random() % buyers);
    result.push_back({buyer, {basket.begin(), basket.end()}});
  }
  return result;
}

enum class Order { kPopularFirst, kRareFirst };

// Counts with the kernel, in passes of `max_index_bytes`.
template <typename Word, typename Layout>
Pairs CountWithKernel(const orders::BasketSet& set, const std::vector<std::uint32_t>& weights,
                      std::uint64_t max_index_bytes, Order order, std::size_t threads) {
  using Direction = typename RankedBaskets<Word, Layout>::Direction;
  const Direction direction = order == Order::kPopularFirst ? Direction::kPopularFirst : Direction::kRareFirst;
  const PopularityRanks ranks = RankByPopularity(set, threads);
  const Layout layout(ranks.units[1]);
  const RankedBaskets<Word, Layout> ranked(set, ranks, weights, layout, threads);
  PairCounter<Word, Layout> counter(ranked, layout);
  Pairs pairs;
  std::uint32_t first_rank = 0;
  for (const std::uint32_t last_rank : ranked.SplitRanks(max_index_bytes)) {
    const auto index = ranked.MakeIndex(first_rank, last_rank, direction, threads);
    EXPECT_EQ(index.rank_count(), last_rank - first_rank);
    for (std::uint32_t i = 0; i < index.rank_count(); ++i) {
      const std::uint32_t rank = index.rank(i);
      const PairRow row = counter.Count(index, rank);
      for (std::size_t p = 0; p < row.size; ++p) {
        if (row.units[p] == 0) continue;
        EXPECT_LT(row.other(p), rank);
        const std::size_t a = Slot(ranks.product_of[rank]);
        const std::size_t b = Slot(ranks.product_of[row.other(p)]);
        Pair& pair = pairs[{std::min(a, b), std::max(a, b)}];
        EXPECT_EQ(pair.units, 0u) << "each pair is counted once";
        pair.weight = row.weights[p];
        pair.units = row.units[p];
        for (std::uint32_t buyer = 0; buyer < row.buyers[p]; ++buyer) pair.buyers.insert(buyer);  // how many is known
      }
    }
    first_rank = last_rank;
  }
  return pairs;
}

Pairs CountByDefinition(const orders::BasketSet& set, const std::vector<std::uint32_t>& weights) {
  Pairs pairs;
  for (std::size_t b = 0; b < set.size(); ++b) {
    for (const ProductIndex i : set.basket(b)) {
      for (const ProductIndex j : set.basket(b)) {
        if (i >= j) continue;
        Pair& pair = pairs[{Slot(i), Slot(j)}];
        pair.weight += weights[b];
        ++pair.units;
        pair.buyers.insert(set.buyers[b]);
      }
    }
  }
  return pairs;
}

void ExpectSame(const Pairs& actual, const Pairs& expected) {
  for (const auto& [products, pair] : expected) {
    const auto found = actual.find(products);
    ASSERT_NE(found, actual.end()) << products.first << " " << products.second;
    EXPECT_EQ(found->second.units, pair.units);
    EXPECT_EQ(found->second.weight, static_cast<float>(pair.weight));
    EXPECT_EQ(found->second.buyers.size(), pair.buyers.size());
  }
  EXPECT_EQ(actual.size(), expected.size());
}

// Products, buyers (0 = each basket its own).
using Shape = std::tuple<std::size_t, std::uint32_t>;
class PairCounterTest : public ::testing::TestWithParam<Shape> {};

template <typename Layout>
void ExpectCountsWhatLoopsCount(const Shape& shape, bool with_weights) {
  const auto [products, buyers] = shape;
  const orders::BasketSet set = testing::BasketSetOf(products, RandomBaskets(products, 3000, buyers));
  std::vector<std::uint32_t> weights(set.size(), 1);
  for (std::size_t b = 0; b < set.size() && with_weights; ++b) {
    weights[b] = static_cast<std::uint32_t>(1 + b * 7919 % 100'000);
  }
  const Pairs expected = CountByDefinition(set, weights);
  constexpr std::uint64_t kEnough = std::uint64_t{1} << 40;
  if (products <= RankedBaskets<std::uint16_t, Layout>::kMaxProducts) {
    ExpectSame(CountWithKernel<std::uint16_t, Layout>(set, weights, kEnough, Order::kPopularFirst, 1), expected);
    ExpectSame(CountWithKernel<std::uint16_t, Layout>(set, weights, 5000, Order::kRareFirst, 3), expected);
  }
  ExpectSame(CountWithKernel<std::uint32_t, Layout>(set, weights, kEnough, Order::kRareFirst, 1), expected);
  ExpectSame(CountWithKernel<std::uint32_t, Layout>(set, weights, 5000, Order::kPopularFirst, 2), expected);
}

TEST_P(PairCounterTest, CountsWhatLoopsCount) { ExpectCountsWhatLoopsCount<SumLayout>(GetParam(), true); }

TEST_P(PairCounterTest, CountsWhatLoopsCountWhereAllBasketsWeighTheSame) {
  ExpectCountsWhatLoopsCount<UnitLayout>(GetParam(), false);
}

// 70,000 products: ranks that 16 bits do not hold.
INSTANTIATE_TEST_SUITE_P(Shapes, PairCounterTest,
                         ::testing::Values(Shape{2, 0}, Shape{40, 0}, Shape{40, 25}, Shape{700, 300}, Shape{700, 0},
                                           Shape{70'000, 0}, Shape{70'000, 50}));

TEST(RankByPopularity, OrdersByBasketsThenByProduct) {
  const orders::BasketSet set = testing::BasketSetOf(
      4, {{0, {ProductAt(3), ProductAt(1)}}, {1, {ProductAt(3), ProductAt(0)}}, {2, {ProductAt(3)}}});
  for (const std::size_t threads : {1, 2, 8}) {
    const PopularityRanks ranks = RankByPopularity(set, threads);
    EXPECT_EQ(ranks.product_of, (std::vector<ProductIndex>{ProductAt(3), ProductAt(0), ProductAt(1), ProductAt(2)}));
    EXPECT_EQ(ranks.rank_of, (std::vector<std::uint32_t>{1, 2, 3, 0}));
    EXPECT_EQ(ranks.units, (std::vector<std::uint32_t>{3, 1, 1, 0}));
  }
}

TEST(SumLayout, NeverOverflows) {
  for (const std::uint32_t most : {1u, 2u, 3u, 1000u, 65'535u, 65'536u, 1'000'000u, SumLayout::kMaxUnits - 1}) {
    const SumLayout layout(most);
    EXPECT_GE(layout.max_weight(), 255u);
    // As many baskets of the largest weight as there can be.
    const std::uint64_t sum = most * layout.OneBasket(layout.max_weight());
    EXPECT_EQ(layout.UnitsOf(sum), most);
    EXPECT_EQ(layout.WeightOf(sum), std::uint64_t{most} * layout.max_weight());
  }
}

}  // namespace
}  // namespace awase::relations_internal
