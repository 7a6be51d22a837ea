// Relations in time against loops over every two events.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/relations/basket_windows.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/build_window_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/reference_windows.h"

namespace awase::relations {
namespace {

using orders::kNoTime;
using testing::BasketSetOf;
using testing::MeetByLoops;
using testing::ReferenceEvent;
using testing::ReferenceUnits;
using testing::SortEvents;

constexpr std::size_t kProducts = 7;

// The list of `product` must hold exactly the pairs of the reference, with their counts and evidence, best first.
void ExpectList(const ReferenceUnits& expected, const RelationOptions& options, const Relation& relation,
                ProductIndex product) {
  const auto score = [&](ProductIndex other) {
    return expected.WeighPair({product, other}, options.ranking.basket_size_exponent) /
           std::pow(std::max<double>(1, expected.CountTo(other)), options.ranking.popularity_exponent);
  };
  std::vector<double> scores;
  for (std::size_t j = 0; j < kProducts; ++j) {
    const std::uint32_t buyers = expected.CountBuyers({product, ProductAt(j)});
    if (buyers > 0 && buyers >= options.min_buyers) scores.push_back(score(ProductAt(j)));
  }
  std::sort(scores.begin(), scores.end(), std::greater<>());
  const absl::Span<const RelationEntry> list = relation.list(product);
  ASSERT_EQ(list.size(), std::min(scores.size(), options.top_k));
  for (std::size_t e = 0; e < list.size(); ++e) {
    const ReferenceUnits::Pair pair{product, list[e].other};
    ASSERT_NEAR(list[e].score, scores[e], scores[e] * 1e-5) << "the list must hold the best";
    ASSERT_NEAR(list[e].score, score(list[e].other), scores[e] * 1e-5);
    ASSERT_EQ(list[e].units_together, expected.CountPair(pair));
    ASSERT_EQ(list[e].buyers_together, expected.CountBuyers(pair));
    const double lift = double(expected.CountPair(pair)) * double(expected.units.size()) /
                        (double(expected.CountFrom(product)) * double(expected.CountTo(list[e].other)));
    ASSERT_NEAR(list[e].lift, lift, lift * 1e-6);
    if (e == 0) continue;
    ASSERT_TRUE(list[e - 1].score > list[e].score ||
                (list[e - 1].score == list[e].score && list[e - 1].other < list[e].other));
  }
}

void ExpectAgrees(const ReferenceUnits& expected, const BasketWindows& windows, const RelationOptions& options) {
  const absl::StatusOr<Relation> relation = BuildWindowRelation(windows, options);
  ASSERT_TRUE(relation.ok()) << relation.status();
  ASSERT_EQ(relation->unit_count, expected.units.size());
  double from_sum = 0;
  double to_sum = 0;
  for (std::size_t i = 0; i < kProducts; ++i) {
    ASSERT_EQ(relation->product_units[i], expected.CountFrom(ProductAt(i)));
    ASSERT_EQ(relation->units_as_other(ProductAt(i)), expected.CountTo(ProductAt(i)));
    from_sum += expected.CountFrom(ProductAt(i));
    to_sum += expected.CountTo(ProductAt(i));
    ExpectList(expected, options, *relation, ProductAt(i));
  }
  ASSERT_EQ(relation->other_units.empty(), !windows.is_directed);
  if (expected.CountAllPairs() == 0) return;
  const double factor = double(expected.units.size()) * double(expected.CountAllPairs()) / (from_sum * to_sum);
  ASSERT_NEAR(relation->claims.basket_size_factor, factor, factor * 1e-9);
}

std::uint32_t Draw(std::mt19937* random, std::uint32_t below) {
  return static_cast<std::uint32_t>((*random)()) % below;
}

// Few moments, so that many events share one; some have none.
std::vector<ReferenceEvent> RandomEvents(std::mt19937* random, std::size_t count, std::uint32_t buyers) {
  std::vector<ReferenceEvent> events;
  for (std::size_t e = 0; e < count; ++e) {
    ReferenceEvent event;
    event.buyer = Draw(random, buyers);
    event.time = Draw(random, 8) == 0 ? kNoTime : static_cast<std::int64_t>(Draw(random, 12));
    for (std::size_t p = 0; p < kProducts; ++p) {
      if (Draw(random, 3) == 0) event.products.push_back(ProductAt(p));
    }
    if (event.products.empty()) event.products.push_back(ProductAt(Draw(random, kProducts)));
    events.push_back(event);
  }
  return SortEvents(std::move(events));
}

RelationOptions RandomOptions(std::mt19937* random) {
  RelationOptions options;
  options.ranking = {
      .basket_size_exponent = Draw(random, 3) * 0.5, .half_life_days = 0, .popularity_exponent = Draw(random, 3) * 0.5};
  options.top_k = 1 + Draw(random, 8);
  options.min_buyers = 1 + Draw(random, 3);
  options.threads = 1 + Draw(random, 3);
  options.claims.min_units = 1 + Draw(random, 3);
  return options;
}

std::vector<std::uint32_t> AllBuyers(std::uint32_t count) {
  std::vector<std::uint32_t> buyers(count);
  std::iota(buyers.begin(), buyers.end(), 0u);
  return buyers;
}

TEST(WindowsAfter, AgreeWithLoopsAtRandom) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    const std::uint32_t buyers = 1 + Draw(&random, 6);
    const std::vector<ReferenceEvent> events = RandomEvents(&random, Draw(&random, 40), buyers);
    const auto window = static_cast<std::int64_t>(Draw(&random, 12));
    const std::uint32_t known = Draw(&random, buyers + 1);  // the others take no part
    const ReferenceUnits expected =
        MeetByLoops(events, events, BasketWindows::Unit::kBuyer, [&](std::size_t a, std::size_t b) {
          return events[a].buyer == events[b].buyer && events[a].buyer < known && events[a].time != kNoTime &&
                 events[b].time > events[a].time && events[b].time - events[a].time <= window;
        });
    const orders::BasketSet set = BasketSetOf(kProducts, events);
    ExpectAgrees(expected, WindowsAfter(set, AllBuyers(known), window), RandomOptions(&random));
    if (HasFatalFailure()) return;
  }
}

// All histories of one buyer of three orders at three moments over three products.
TEST(WindowsAfter, AgreeWithLoopsOnAllSmallHistories) {
  RelationOptions options;
  options.min_buyers = 1;
  for (unsigned masks = 0; masks < 512; ++masks) {
    std::vector<ReferenceEvent> events;
    for (unsigned e = 0; e < 3; ++e) {
      ReferenceEvent event{0, static_cast<std::int64_t>(e), {}};
      for (std::size_t p = 0; p < 3; ++p) {
        if ((masks >> (3 * e + p) & 1) != 0) event.products.push_back(ProductAt(p));
      }
      if (!event.products.empty()) events.push_back(event);
    }
    for (const std::int64_t window : {1, 2}) {
      const ReferenceUnits expected =
          MeetByLoops(events, events, BasketWindows::Unit::kBuyer, [&](std::size_t a, std::size_t b) {
            return events[b].time > events[a].time && events[b].time - events[a].time <= window;
          });
      const orders::BasketSet set = BasketSetOf(kProducts, events);
      ExpectAgrees(expected, WindowsAfter(set, {0}, window), options);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(WindowsAround, AgreeWithLoopsAtRandom) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    const std::uint32_t buyers = 1 + Draw(&random, 6);
    const std::vector<ReferenceEvent> events = RandomEvents(&random, Draw(&random, 40), buyers);
    const auto window = static_cast<std::int64_t>(Draw(&random, 12));
    const std::uint32_t known = Draw(&random, buyers + 1);
    const ReferenceUnits expected =
        MeetByLoops(events, events, BasketWindows::Unit::kBuyer, [&](std::size_t a, std::size_t b) {
          if (events[a].buyer != events[b].buyer || events[a].buyer >= known) return false;
          if (events[a].time == kNoTime || events[b].time == kNoTime) return a == b;
          return std::abs(events[b].time - events[a].time) <= window;
        });
    const orders::BasketSet set = BasketSetOf(kProducts, events);
    ExpectAgrees(expected, WindowsAround(set, AllBuyers(known), window), RandomOptions(&random));
    if (HasFatalFailure()) return;
  }
}

// What every history fits into is what whole histories as one basket give, by the other kernel.
TEST(WindowsAround, AgreeWithMergedBasketsWhereHistoriesFit) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    std::vector<ReferenceEvent> events = RandomEvents(&random, 60, 12);
    for (ReferenceEvent& event : events) event.time = std::max<std::int64_t>(event.time, 0);
    const orders::BasketSet set = BasketSetOf(kProducts, SortEvents(std::move(events)));
    std::vector<std::uint32_t> buyers(set.buyers.begin(), set.buyers.end());
    buyers.erase(std::unique(buyers.begin(), buyers.end()), buyers.end());
    ASSERT_TRUE(HistoriesFit(set, buyers, 12));
    ASSERT_FALSE(HistoriesFit(set, buyers, 1));
    const RelationOptions options = RandomOptions(&random);
    const Relation by_window = *BuildWindowRelation(WindowsAround(set, buyers, 12), options);
    const Relation merged = *BuildRelation(orders::MergeByBuyer(set, 12), options);
    ASSERT_EQ(by_window.unit_count, merged.unit_count);
    ASSERT_EQ(by_window.product_units, merged.product_units);
    ASSERT_EQ(by_window.offsets, merged.offsets);
    ASSERT_NEAR(by_window.claims.basket_size_factor, merged.claims.basket_size_factor, 1e-9);
    ASSERT_EQ(by_window.claims.pairs_tested, merged.claims.pairs_tested);
    ASSERT_NEAR(by_window.claims.z_threshold, merged.claims.z_threshold, 0.04) << "that of a bin or its neighbour";
  }
}

TEST(HistoriesFit, WhereNoBasketHasATime) {
  const std::vector<ReferenceEvent> events = {{0, kNoTime, {ProductAt(0)}}, {0, kNoTime, {ProductAt(1)}}};
  EXPECT_TRUE(HistoriesFit(BasketSetOf(kProducts, events), {0}, 5));
  const std::vector<ReferenceEvent> one_has = {{0, kNoTime, {ProductAt(0)}}, {0, 3, {ProductAt(1)}}};
  EXPECT_FALSE(HistoriesFit(BasketSetOf(kProducts, one_has), {0}, 5)) << "nobody knows how far apart they are";
}

TEST(WindowsOfSessions, AgreeWithLoopsAtRandom) {
  constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000;
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    const std::uint32_t buyers = 1 + Draw(&random, 6);
    std::vector<ReferenceEvent> orders = RandomEvents(&random, Draw(&random, 40), buyers);
    const std::vector<ReferenceEvent> sessions = RandomEvents(&random, Draw(&random, 40), buyers);
    std::vector<std::uint32_t> customer_of(Draw(&random, buyers + 1));
    for (std::uint32_t& customer : customer_of)
      customer = Draw(&random, 4) == 0 ? orders::kNoCustomer : Draw(&random, buyers);
    // Of dates nobody knows the hour: what is of the session's day counts.
    const bool dates = seed % 3 == 0;
    if (dates) {
      for (ReferenceEvent& order : orders) order.time = order.time == kNoTime ? kNoTime : 0;
    } else {
      orders.push_back({buyers, kDay + 1, {ProductAt(0)}});
    }
    const auto window = static_cast<std::int64_t>(Draw(&random, 12));
    orders = SortEvents(std::move(orders));
    const ReferenceUnits expected =
        MeetByLoops(sessions, orders, BasketWindows::Unit::kBasket, [&](std::size_t s, std::size_t o) {
          const std::uint32_t buyer = sessions[s].buyer;
          if (buyer >= customer_of.size() || customer_of[buyer] != orders[o].buyer) return false;
          if (sessions[s].time == kNoTime || orders[o].time == kNoTime) return false;
          return orders[o].time + (dates ? kDay - 1 : 0) >= sessions[s].time &&
                 orders[o].time <= sessions[s].time + window;
        });
    const orders::BasketSet session_set = BasketSetOf(kProducts, sessions);
    const orders::BasketSet order_set = BasketSetOf(kProducts, orders);
    ExpectAgrees(expected, WindowsOfSessions(session_set, customer_of, order_set, window), RandomOptions(&random));
    if (HasFatalFailure()) return;
  }
}

TEST(BuildWindowRelation, GivesTheSameForAnyNumberOfThreads) {
  std::mt19937 random(9);
  const std::vector<ReferenceEvent> events = RandomEvents(&random, 3000, 200);
  const orders::BasketSet set = BasketSetOf(kProducts, events);
  const BasketWindows windows = WindowsAfter(set, AllBuyers(200), 5);
  RelationOptions options;
  options.ranking.half_life_days = 1e-10;  // of a few microseconds
  const Relation one = *BuildWindowRelation(windows, options);
  EXPECT_GT(one.entries.size(), 0u);
  for (const std::size_t threads : {2, 3, 8}) {
    options.threads = threads;
    const Relation many = *BuildWindowRelation(windows, options);
    EXPECT_TRUE(std::equal(many.entries.begin(), many.entries.end(), one.entries.begin(), one.entries.end()));
    EXPECT_EQ(many.offsets, one.offsets);
    EXPECT_EQ(many.claims.z_threshold, one.claims.z_threshold);
    EXPECT_EQ(many.claims.claims, one.claims.claims);
  }
}

}  // namespace
}  // namespace awase::relations
