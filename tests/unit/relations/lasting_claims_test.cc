#include "awase/relations/lasting_claims.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "awase/orders/order_log.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::relations {
namespace {

using orders::BasketSet;
using testing::IsOk;
using testing::ReferenceBasket;
using testing::StatusIs;

constexpr std::size_t kProducts = 100;
constexpr std::size_t kOrders = 20'000;
constexpr std::size_t kSeason = kOrders * 9 / 10;             // the last tenth
constexpr auto a = ProductAt(0), b = ProductAt(1);            // bought together all the time
constexpr auto c = ProductAt(2), d = ProductAt(3);            // of the season, and nothing to do with each other
constexpr auto lost_1 = ProductAt(4), lost_2 = ProductAt(5);  // together in the first half only

// Independent products, a pair that lasts, a season, and a pair that does not last.
BasketSet Orders() {
  std::mt19937 random(1);
  const auto chance = [&random](double share) { return static_cast<double>(random()) < share * 4294967296.0; };
  std::vector<ReferenceBasket> baskets(kOrders);
  for (std::uint32_t o = 0; o < kOrders; ++o) {
    std::vector<ProductIndex> products = {ProductAt(6 + random() % 94), ProductAt(6 + random() % 94)};
    if (chance(0.03)) products.insert(products.end(), {a, b});
    if (o >= kSeason && chance(0.3)) products.push_back(c);
    if (o >= kSeason && chance(0.3)) products.push_back(d);
    const bool together = o < kOrders / 2;
    if (chance(0.02)) {
      products.push_back(lost_1);
      if (together) products.push_back(lost_2);
    } else if (!together && chance(0.02)) {
      products.push_back(lost_2);
    }
    std::sort(products.begin(), products.end());
    products.erase(std::unique(products.begin(), products.end()), products.end());
    baskets[o] = {o, products};
  }
  BasketSet set = testing::BasketSetOf(kProducts, baskets);
  for (std::uint32_t o = 0; o < kOrders; ++o) set.time_micros[o] = o;
  return set;
}

void Keep(const BasketSet& orders, std::size_t threads, Relation* relation) {
  RelationOptions options;
  options.threads = threads;
  ASSERT_THAT(KeepLastingClaims(orders, options, relation), IsOk());
}

bool IsClaim(const Relation& relation, ProductIndex product, ProductIndex other) {
  for (const RelationEntry& entry : relation.list(product)) {
    if (entry.other == other) return entry.is_claim != 0;
  }
  return false;
}

TEST(LastingClaims, ASeasonAndWhatIsOverAreNoClaims) {
  const BasketSet orders = Orders();
  Relation relation = *BuildRelation(orders, RelationOptions());
  ASSERT_TRUE(IsClaim(relation, a, b));
  ASSERT_TRUE(IsClaim(relation, c, d)) << "over all orders the season looks like a bond";
  ASSERT_TRUE(IsClaim(relation, lost_1, lost_2));
  const std::uint64_t before = relation.claims.claims;
  Keep(orders, 1, &relation);
  EXPECT_TRUE(IsClaim(relation, a, b));
  EXPECT_TRUE(IsClaim(relation, b, a));
  EXPECT_FALSE(IsClaim(relation, c, d));
  EXPECT_FALSE(IsClaim(relation, d, c));
  EXPECT_FALSE(IsClaim(relation, lost_1, lost_2));
  EXPECT_EQ(relation.claims.claims + relation.claims.not_lasting, before);
  EXPECT_EQ(relation.claims.claims,
            static_cast<std::uint64_t>(std::count_if(relation.entries.begin(), relation.entries.end(),
                                                     [](const RelationEntry& entry) { return entry.is_claim != 0; })));
  EXPECT_EQ(relation.claims.margin, 1.5) << "too few claims to find out that it should be more";
}

TEST(LastingClaims, NothingHappensWhereItIsNotAskedFor) {
  const BasketSet orders = Orders();
  Relation relation = *BuildRelation(orders, RelationOptions());
  const Relation before = relation;
  RelationOptions options;
  options.claims.min_share_held = 0;
  ASSERT_THAT(KeepLastingClaims(orders, options, &relation), IsOk());
  EXPECT_EQ(relation.entries, before.entries);
}

TEST(LastingClaims, CanBeCancelledAtEachStep) {
  const BasketSet orders = Orders();
  const Relation counted = *BuildRelation(orders, RelationOptions());
  for (int goes_on = 0; goes_on < 3; ++goes_on) {
    Relation relation = counted;
    int asked = 0;
    RelationOptions options;
    options.cancelled = [&] { return asked++ == goes_on; };
    EXPECT_THAT(KeepLastingClaims(orders, options, &relation), StatusIs(absl::StatusCode::kCancelled)) << goes_on;
    EXPECT_EQ(asked, goes_on + 1);
  }
}

constexpr std::size_t kBonds = 60;
constexpr std::size_t kBondsThatEnd = 60;
constexpr std::size_t kStep = 6;  // so that the products of bonds lie in several of the pieces that threads work on

ProductIndex FirstOf(std::size_t bond) { return ProductAt(kStep * bond); }
ProductIndex SecondOf(std::size_t bond) { return ProductAt(kStep * bond + 1); }

// Ten periods of 1,000 orders, in which each product stands in 80: the two of a bond are bought together 60 times in
// each period, those of a bond that ends about 14 times, where chance brings 6.4, and never in the last one.
BasketSet OrdersOfBondsThatEnd() {
  std::mt19937 random(2);
  const auto chance = [&random](double share) { return static_cast<double>(random()) < share * 4294967296.0; };
  std::vector<ReferenceBasket> baskets(10'000);
  for (std::uint32_t o = 0; o < baskets.size(); ++o) {
    baskets[o].buyer = o;
    for (std::size_t bond = 0; bond < kBonds + kBondsThatEnd; ++bond) {
      const bool ends = bond >= kBonds && o >= 9000;
      const double both = bond < kBonds ? 0.06 : ends ? 0 : 0.009;
      const double alone = (0.08 - both) / (1 - both);
      const bool together = chance(both);
      const bool first = together || chance(alone);
      const bool second = together || (chance(alone) && !(ends && first));
      if (first) baskets[o].products.push_back(FirstOf(bond));
      if (second) baskets[o].products.push_back(SecondOf(bond));
    }
  }
  BasketSet set = testing::BasketSetOf(kStep * (kBonds + kBondsThatEnd), baskets);
  for (std::size_t o = 0; o < set.size(); ++o) set.time_micros[o] = static_cast<std::int64_t>(o);
  return set;
}

TEST(LastingClaims, WhereWhatWasClaimedDidNotHoldMoreIsAskedFor) {
  const BasketSet orders = OrdersOfBondsThatEnd();
  Relation relation = *BuildRelation(orders, RelationOptions());
  ASSERT_TRUE(IsClaim(relation, FirstOf(kBonds), SecondOf(kBonds)));
  Keep(orders, 2, &relation);
  EXPECT_GE(relation.claims.margin, 2);
  EXPECT_TRUE(relation.claims.margin_found);
  EXPECT_EQ(relation.claims.replicated, 4u * kBonds) << "four judges, and not twice for both sides";
  EXPECT_GE(relation.claims.replicated_held * 100, relation.claims.replicated * 97);
  for (std::size_t bond = 0; bond < kBonds + kBondsThatEnd; ++bond) {
    EXPECT_EQ(IsClaim(relation, FirstOf(bond), SecondOf(bond)), bond < kBonds) << bond;
  }
}

TEST(LastingClaims, TheResultDoesNotDependOnThreads) {
  const BasketSet orders = OrdersOfBondsThatEnd();
  const Relation counted = *BuildRelation(orders, RelationOptions());
  Relation one = counted;
  Keep(orders, 1, &one);
  for (const std::size_t threads : {2, 8}) {
    Relation many = counted;
    Keep(orders, threads, &many);
    EXPECT_EQ(many.entries, one.entries);
    EXPECT_EQ(many.claims.claims, one.claims.claims);
    EXPECT_EQ(many.claims.not_lasting, one.claims.not_lasting);
    EXPECT_EQ(many.claims.margin, one.claims.margin);
    EXPECT_EQ(many.claims.replicated, one.claims.replicated);
    EXPECT_EQ(many.claims.replicated_held, one.claims.replicated_held);
  }
}

TEST(LastingClaims, WithoutTimesNothingIsSaidOfEarlierAndLater) {
  BasketSet orders = OrdersOfBondsThatEnd();
  for (std::int64_t& time : orders.time_micros) time = orders::kNoTime;
  Relation relation = *BuildRelation(orders, RelationOptions());
  ASSERT_GE(relation.claims.claims, 2u * kBonds);
  Keep(orders, 2, &relation);
  EXPECT_EQ(relation.claims.margin, 1.5);
  EXPECT_EQ(relation.claims.replicated, 0u) << "no basket is later than another";
  EXPECT_TRUE(IsClaim(relation, FirstOf(0), SecondOf(0)));
}

}  // namespace
}  // namespace awase::relations
