#include "awase/relations/count_moves.h"

#include <algorithm>
#include <numeric>
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

// What a customer did with a pair, by every two events.
struct Did {
  bool bought_to_other = false, bought_to_one = false, viewed_to_other = false, viewed_to_one = false;
};

void LookAtSession(const ReferenceEvent& session, const std::vector<ReferenceEvent>& bought, ProductPair pair,
                   std::int64_t window, Did* did) {
  bool bought_one = false, bought_other = false;
  for (const ReferenceEvent& event : bought) {
    if (event.buyer != session.buyer || event.time == kNoTime) continue;
    if (event.time < session.time || event.time > session.time + window) continue;
    bought_one = bought_one || Holds(event, pair.one);
    bought_other = bought_other || Holds(event, pair.other);
  }
  if (!Holds(session, pair.one) || !Holds(session, pair.other)) return;
  did->viewed_to_other = did->viewed_to_other || (bought_other && !bought_one);
  did->viewed_to_one = did->viewed_to_one || (bought_one && !bought_other);
}

CustomerMoves SlowMoves(const std::vector<ReferenceEvent>& bought, const std::vector<ReferenceEvent>& viewed,
                        const std::vector<std::uint32_t>& buyers, ProductPair pair, std::int64_t window) {
  CustomerMoves moves;
  for (const std::uint32_t buyer : buyers) {
    Did did;
    for (const ReferenceEvent& a : bought) {
      for (const ReferenceEvent& b : bought) {
        if (a.buyer != buyer || b.buyer != buyer || a.time == kNoTime || b.time == kNoTime) continue;
        if (a.time >= b.time) continue;
        did.bought_to_other = did.bought_to_other || (Holds(a, pair.one) && Holds(b, pair.other));
        did.bought_to_one = did.bought_to_one || (Holds(a, pair.other) && Holds(b, pair.one));
      }
    }
    for (const ReferenceEvent& session : viewed) {
      if (session.buyer == buyer && session.time != kNoTime) LookAtSession(session, bought, pair, window, &did);
    }
    const bool to_other = did.bought_to_other || did.viewed_to_other;
    if (to_other == (did.bought_to_one || did.viewed_to_one)) continue;
    PairMoves& kind = did.bought_to_other || did.bought_to_one ? moves.bought : moves.viewed;
    ++(to_other ? kind.to_other : kind.to_one);
  }
  return moves;
}

TEST(CountMoves, CountsWhoMovedOneWayOnly) {
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
  EXPECT_THAT(CountMoves(baskets, {1, 2, 3, 4, 5}, nullptr, pair, 1), ElementsAre(CustomerMoves{{2, 1}, {0, 0}}))
      << "3 takes turns, 4 bought both at once, 6 takes no part";
}

TEST(CountMoves, AreThoseOfASlowCountOnAnyNumberOfThreads) {
  constexpr std::int64_t kWindow = 4;
  std::uint32_t bought = 0, viewed = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const auto purchases = RandomEvents(seed, 60, /*with_unknown_times=*/true);
    const auto views = RandomEvents(seed + 1000, 90, /*with_unknown_times=*/true);
    const std::vector<std::uint32_t> buyers = {0, 2, 3, 5, 7, 8, 9, 11};
    const auto pairs = AllPairs();
    const orders::BasketSet baskets = BasketSetOf(kProducts, purchases);
    const orders::BasketSet visits = BasketSetOf(kProducts, views);
    std::vector<std::uint32_t> itself(12);
    std::iota(itself.begin(), itself.end(), 0u);
    const BasketWindows sessions = WindowsOfSessions(visits, itself, baskets, kWindow);
    const std::vector<CustomerMoves> one = CountMoves(baskets, buyers, &sessions, pairs, 1);
    EXPECT_EQ(CountMoves(baskets, buyers, &sessions, pairs, 3), one);
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      EXPECT_EQ(one[p], SlowMoves(purchases, views, buyers, pairs[p], kWindow)) << "seed " << seed << ", pair " << p;
      bought += one[p].bought.to_other;
      viewed += one[p].viewed.to_other;
    }
  }
  EXPECT_GT(bought, 1000u);
  EXPECT_GT(viewed, 100u);
}

// Each session is followed by the purchase of the same position.
CustomerMoves MovesOfSessions(const std::vector<ReferenceEvent>& views, const std::vector<ReferenceEvent>& bought,
                              const std::vector<std::uint32_t>& buyers) {
  const orders::BasketSet visits = BasketSetOf(kProducts, views), baskets = BasketSetOf(kProducts, bought);
  BasketWindows sessions;
  sessions.from = &visits;
  sessions.to = &baskets;
  sessions.unit = BasketWindows::Unit::kBasket;
  for (std::uint32_t s = 0; s < views.size(); ++s) sessions.windows.push_back({s, s + 1});
  return CountMoves(baskets, buyers, &sessions, std::vector<ProductPair>{{ProductAt(0), ProductAt(1)}}, 2)[0];
}

TEST(CountMoves, CountsWhoLookedAtBothAndBoughtOne) {
  const ProductIndex a = ProductAt(0), b = ProductAt(1);
  EXPECT_EQ(MovesOfSessions({{0, 1, {a, b}}, {1, 1, {a, b}}, {2, 1, {a, b}}, {3, 1, {b}}},
                            {{0, 5, {b}}, {1, 5, {a}}, {2, 5, {a, b}}, {3, 5, {b}}}, {0, 1, 2, 3}),
            (CustomerMoves{{0, 0}, {1, 1}}));
}

// Milk that is bought week after week, whatever else is looked at, would win against all that is looked at.
TEST(CountMoves, WhatIsBoughtWithoutALookDoesNotWin) {
  const ProductIndex looked_at = ProductAt(0), milk = ProductAt(1);
  EXPECT_EQ(MovesOfSessions({{0, 1, {looked_at}}, {1, 1, {looked_at}}}, {{0, 5, {milk}}, {1, 5, {milk}}}, {0, 1}),
            CustomerMoves());
}

TEST(CountMoves, CountsACustomerOnceAndWhoTakesNoPartNever) {
  const ProductIndex a = ProductAt(0), b = ProductAt(1);
  // Customer 0 did both: bought b after a, and looked at both before b. 1 upgrades after having settled for a.
  const std::vector<ReferenceEvent> views = {{0, 1, {a}}, {0, 7, {a, b}}, {1, 1, {a, b}}, {1, 7, {b}}};
  const std::vector<ReferenceEvent> bought = {{0, 5, {a}}, {0, 9, {b}}, {1, 5, {a}}, {1, 9, {b}}};
  EXPECT_EQ(MovesOfSessions(views, bought, {0, 1}), (CustomerMoves{{1, 0}, {0, 0}}));
  EXPECT_EQ(MovesOfSessions(views, bought, {1}), CustomerMoves());
}

}  // namespace
}  // namespace awase::relations
