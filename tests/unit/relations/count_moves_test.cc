#include "awase/relations/count_moves.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/reference_windows.h"

namespace awase::relations {
namespace {

using orders::kNoTime;
using testing::BasketSetOf;
using ::testing::ElementsAre;
using testing::ReferenceEvent;
using testing::SortEvents;

constexpr std::size_t kProducts = 8;

std::vector<ProductPair> AllPairs() {
  std::vector<ProductPair> pairs;
  for (std::size_t one = 0; one < kProducts; ++one) {
    for (std::size_t other = 0; other < kProducts; ++other) {
      if (one != other) pairs.push_back({ProductAt(one), ProductAt(other)});
    }
  }
  return pairs;
}

std::vector<ReferenceEvent> RandomEvents(unsigned seed, int count, bool with_unknown_times) {
  std::mt19937 random(seed);
  std::vector<ReferenceEvent> events;
  for (int e = 0; e < count; ++e) {
    const bool timeless = with_unknown_times && random() % 8 == 0;
    std::set<ProductIndex> products;
    for (unsigned i = 0; i <= random() % 3; ++i) products.insert(ProductAt(random() % kProducts));
    events.push_back({static_cast<std::uint32_t>(random() % 12),
                      timeless ? kNoTime : static_cast<std::int64_t>(random() % 20),
                      {products.begin(), products.end()}});
  }
  return SortEvents(std::move(events));
}

bool Holds(const ReferenceEvent& event, ProductIndex product) {
  return std::count(event.products.begin(), event.products.end(), product) > 0;
}

// Every customer, every two purchases.
PairMoves SlowPurchases(const std::vector<ReferenceEvent>& events, const std::vector<std::uint32_t>& buyers,
                        ProductPair pair) {
  PairMoves moves;
  for (const std::uint32_t buyer : buyers) {
    bool to_other = false, to_one = false;
    for (const ReferenceEvent& a : events) {
      for (const ReferenceEvent& b : events) {
        if (a.buyer != buyer || b.buyer != buyer || a.time == kNoTime || b.time == kNoTime) continue;
        if (a.time >= b.time) continue;
        to_other = to_other || (Holds(a, pair.one) && Holds(b, pair.other));
        to_one = to_one || (Holds(a, pair.other) && Holds(b, pair.one));
      }
    }
    if (to_other && !to_one) ++moves.to_other;
    if (to_one && !to_other) ++moves.to_one;
  }
  return moves;
}

TEST(CountPurchaseMoves, CountsWhoMovedOneWayOnly) {
  const ProductIndex a = ProductAt(0), b = ProductAt(1);
  const orders::BasketSet baskets = BasketSetOf(kProducts, SortEvents({{1, 5, {a}},
                                                                       {1, 7, {b}},
                                                                       {2, 5, {b}},
                                                                       {2, 8, {a}},
                                                                       {3, 5, {a}},
                                                                       {3, 6, {b}},
                                                                       {3, 7, {a}},
                                                                       {4, 5, {a, b}},
                                                                       {5, 5, {a}},
                                                                       {5, 8, {b}},
                                                                       {6, 5, {a}},
                                                                       {6, 8, {b}}}));
  const std::vector<ProductPair> pair = {{a, b}};
  EXPECT_THAT(CountPurchaseMoves(baskets, {1, 2, 3, 4, 5}, pair, 1), ElementsAre(PairMoves{2, 1}))
      << "3 takes turns, 4 bought both at once, 6 takes no part";
}

TEST(CountPurchaseMoves, AreThoseOfASlowCountOnAnyNumberOfThreads) {
  std::uint32_t found = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const auto events = RandomEvents(seed, 60, /*with_unknown_times=*/true);
    const std::vector<std::uint32_t> buyers = {0, 2, 3, 5, 7, 8, 9, 11};
    const auto pairs = AllPairs();
    const orders::BasketSet baskets = BasketSetOf(kProducts, events);
    const std::vector<PairMoves> one = CountPurchaseMoves(baskets, buyers, pairs, 1);
    EXPECT_EQ(CountPurchaseMoves(baskets, buyers, pairs, 3), one);
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      EXPECT_EQ(one[p], SlowPurchases(events, buyers, pairs[p])) << "seed " << seed << ", pair " << p;
      found += one[p].to_other;
    }
  }
  EXPECT_GT(found, 1000u);
}

TEST(CountViewMoves, CountsWhoLookedAtOneAndBoughtTheOther) {
  const ProductIndex a = ProductAt(0), b = ProductAt(1);
  const orders::BasketSet views = BasketSetOf(
      kProducts, SortEvents({{0, 1, {a}}, {1, 1, {a, b}}, {2, 1, {b}}, {3, 1, {a}}, {3, 2, {b}}, {4, 1, {a}}}));
  const orders::BasketSet bought = BasketSetOf(kProducts, {{0, 5, {b}}, {1, 5, {a}}, {2, 5, {b}}, {3, 6, {a, b}}});
  BasketWindows sessions;
  sessions.from = &views;
  sessions.to = &bought;
  sessions.unit = BasketWindows::Unit::kBasket;
  // Customer 3's second session is followed by a, his first one by both; nobody knows what 4 bought.
  sessions.windows = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {1, 2}, {0, 0}};
  const std::vector<ProductPair> pair = {{a, b}};
  EXPECT_THAT(CountViewMoves(sessions, pair, 2), ElementsAre(PairMoves{1, 2}));
}

}  // namespace
}  // namespace awase::relations
