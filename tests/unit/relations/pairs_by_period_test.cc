#include "relations/internal/pairs_by_period.h"

#include <algorithm>
#include <random>

#include "awase/relations/build_relation.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::relations_internal {
namespace {

using orders::BasketSet;
using relations::Relation;
using relations::RelationEntry;

constexpr std::size_t kProducts = 60;

// Small and large baskets over products of very different popularity, in a random order of time; so many that threads
// get several pieces of them.
BasketSet RandomBaskets(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<testing::ReferenceBasket> baskets(9'000);
  for (std::uint32_t b = 0; b < baskets.size(); ++b) {
    baskets[b].buyer = b;
    std::vector<ProductIndex>& products = baskets[b].products;
    for (std::size_t i = 0; i < 1 + random() % (b % 500 == 0 ? 100 : 3); ++i) {
      products.push_back(ProductAt(random() % (1 + random() % kProducts)));
    }
    std::sort(products.begin(), products.end());
    products.erase(std::unique(products.begin(), products.end()), products.end());
  }
  BasketSet set = testing::BasketSetOf(kProducts, baskets);
  for (std::int64_t& time : set.time_micros) time = static_cast<std::int64_t>(random() % 1000);
  return set;
}

// Some of the entries are claims, some of those from one side only.
Relation RelationOf(const BasketSet& baskets, unsigned seed) {
  relations::RelationOptions options;
  options.min_buyers = 1;
  Relation relation = *relations::BuildRelation(baskets, options);
  std::mt19937 random(seed);
  for (RelationEntry& entry : relation.entries) entry.is_claim = random() % 3 == 0 ? 1 : 0;
  return relation;
}

bool Holds(absl::Span<const ProductIndex> basket, ProductIndex product) {
  return std::find(basket.begin(), basket.end(), product) != basket.end();
}

PerPeriod<std::uint32_t> CountWith(const BasketSet& baskets, const Periods& periods, ProductIndex a, ProductIndex b) {
  PerPeriod<std::uint32_t> count{};
  for (std::size_t i = 0; i < baskets.size(); ++i) {
    count[periods.of[i]] += Holds(baskets.basket(i), a) && Holds(baskets.basket(i), b) ? 1 : 0;
  }
  return count;
}

TEST(PairsByPeriod, CountsWhatALoopOverAllBasketsCounts) {
  for (unsigned seed = 1; seed <= 2; ++seed) {
    const BasketSet baskets = RandomBaskets(seed);
    const Relation relation = RelationOf(baskets, seed);
    const Periods periods = SplitIntoPeriods(baskets);
    const PairsByPeriod one(relation, baskets, periods, 1);
    const PairsByPeriod two(relation, baskets, periods, 2);
    const PairsByPeriod eight(relation, baskets, periods, 8);
    std::size_t claims = 0;
    for (std::size_t i = 0; i < kProducts; ++i) {
      const ProductIndex product = ProductAt(i);
      for (const RelationEntry& entry : relation.list(product)) {
        if (entry.is_claim == 0) continue;
        ++claims;
        const auto units = CountWith(baskets, periods, product, product);
        const auto together = CountWith(baskets, periods, product, entry.other);
        for (const PairsByPeriod* pairs : {&one, &two, &eight}) {
          ASSERT_EQ(pairs->units(product), units);
          ASSERT_EQ(pairs->together(product, entry.other), together);
          ASSERT_EQ(pairs->together(entry.other, product), together) << "a pair has no direction";
        }
      }
    }
    ASSERT_GT(claims, 500u);
  }
}

TEST(PairsByPeriod, OfNoClaimsCountsNothing) {
  const BasketSet baskets = RandomBaskets(1);
  Relation relation = RelationOf(baskets, 1);
  for (RelationEntry& entry : relation.entries) entry.is_claim = 0;
  const PairsByPeriod pairs(relation, baskets, SplitIntoPeriods(baskets), 2);
  EXPECT_THAT(pairs.units(ProductAt(0)), ::testing::Each(0));
}

}  // namespace
}  // namespace awase::relations_internal
