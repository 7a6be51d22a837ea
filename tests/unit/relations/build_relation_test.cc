#include "awase/relations/build_relation.h"

#include <algorithm>
#include <limits>
#include <new>
#include <random>
#include <utility>
#include <vector>

#include "awase/relations/order_weights.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::relations {
namespace {

using ::awase::testing::BasketSetOf;
using ::awase::testing::ReferenceBasket;
using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;

std::vector<ReferenceBasket> Repeat(std::size_t times, const std::vector<ProductIndex>& products,
                                    std::uint32_t first_buyer) {
  std::vector<ReferenceBasket> baskets;
  for (std::size_t i = 0; i < times; ++i) baskets.push_back({first_buyer + static_cast<std::uint32_t>(i), products});
  return baskets;
}

void Append(std::vector<ReferenceBasket> more, std::vector<ReferenceBasket>* all) {
  all->insert(all->end(), more.begin(), more.end());
}

const ProductIndex a = ProductAt(0), b = ProductAt(1), c = ProductAt(2);

TEST(BuildRelation, RanksSmallBasketsAboveLargeOnes) {
  std::vector<ReferenceBasket> baskets = Repeat(3, {a, b}, 0);
  Append(Repeat(4, {a, c, ProductAt(4), ProductAt(5), ProductAt(6), ProductAt(7), ProductAt(8), ProductAt(9)}, 10),
         &baskets);
  RelationOptions options;
  EXPECT_EQ(BuildRelation(BasketSetOf(10, baskets), options)->list(a)[0].other, b);
  options.ranking.basket_size_exponent = 0;
  EXPECT_EQ(BuildRelation(BasketSetOf(10, baskets), options)->list(a)[0].other, c);
}

TEST(BuildRelation, RanksRecentUnitsAboveOldOnesWhenAgeMatters) {
  std::vector<ReferenceBasket> baskets = Repeat(3, {a, b}, 0);
  Append(Repeat(2, {a, c}, 10), &baskets);
  orders::BasketSet set = BasketSetOf(3, baskets);
  set.time_micros = {0, 0, 0, 100 * kDay, 100 * kDay};
  RelationOptions options;
  options.ranking.half_life_days = 0;
  EXPECT_EQ(BuildRelation(set, options)->list(a)[0].other, b);
  options.ranking.half_life_days = 30;
  EXPECT_EQ(BuildRelation(set, options)->list(a)[0].other, c);
}

TEST(BuildRelation, DoesNotLetOneMistypedYearMakeEverythingOld) {
  std::vector<ReferenceBasket> baskets = Repeat(600, {a, b}, 0);
  Append(Repeat(900, {a, c}, 1000), &baskets);
  baskets.push_back({5000, {a, c}});
  orders::BasketSet set = BasketSetOf(3, baskets);
  std::fill(set.time_micros.begin(), set.time_micros.begin() + 600, 1000 * kDay);
  std::fill(set.time_micros.begin() + 600, set.time_micros.end() - 1, 100 * kDay);
  set.time_micros.back() = 3'000'000 * kDay;  // the year 10183
  RelationOptions options;
  options.ranking.half_life_days = 30;
  EXPECT_EQ(BuildRelation(set, options)->list(a)[0].other, b);
  EXPECT_GT(BuildRelation(set, options)->list(a)[0].score, 100);
}

TEST(BuildRelation, RanksWhatThisSeasonOfEarlierYearsBoughtWhenAsked) {
  std::vector<ReferenceBasket> baskets = Repeat(40, {a, b}, 0);  // now
  Append(Repeat(30, {a, c}, 100), &baskets);                     // a year ago
  Append(Repeat(30, {a, ProductAt(3)}, 200), &baskets);          // half a year ago
  orders::BasketSet set = BasketSetOf(4, baskets);
  for (std::size_t i = 0; i < set.size(); ++i) {
    set.time_micros[i] = (i < 40 ? 400 : i < 70 ? 50 + i % 2 : 200) * kDay;
  }
  set.time_micros[69] = 0;  // the first order of all, in no season
  RelationOptions options;
  for (const std::size_t threads : {1, 3}) {
    options.threads = threads;
    options.ranking = {0, 0, 0, 0};  // all weigh the same
    EXPECT_EQ(BuildRelation(set, options)->list(a)[0].other, b);
    options.ranking = {0.5, 120, 0, 2};
    const auto relation = BuildRelation(set, options);
    AWASE_ASSERT_OK(relation.status());
    const OrderWeights weight_of(set, options.ranking);
    EXPECT_EQ(relation->list(a)[0].other, c);
    EXPECT_EQ(relation->list(a)[0].units_together, 30u) << "evidence is not weighed";
    double together = 0;
    for (std::size_t i = 40; i < 70; ++i) together += weight_of(i);
    EXPECT_NEAR(relation->list(a)[0].score, together, 1e-5 * together);
    options.ranking = {0, 0, 0, 2};
    EXPECT_EQ(BuildRelation(set, options)->list(a)[0].other, c) << "weights, where nothing else differs";
  }
}

TEST(BuildRelation, DiscountsPopularityWhenAsked) {
  std::vector<ReferenceBasket> baskets = Repeat(3, {a, b}, 0);
  Append(Repeat(2, {a, c}, 10), &baskets);
  Append(Repeat(50, {b}, 20), &baskets);
  RelationOptions options;
  EXPECT_EQ(BuildRelation(BasketSetOf(3, baskets), options)->list(a)[0].other, b);
  options.ranking.popularity_exponent = 0.5;
  EXPECT_EQ(BuildRelation(BasketSetOf(3, baskets), options)->list(a)[0].other, c);
}

TEST(BuildRelation, LeavesOutPairsOfFewerThanMinBuyers) {
  std::vector<ReferenceBasket> baskets = {{0, {a, b}}, {0, {a, b}}, {0, {a, c}}, {1, {a, c}}};
  const Relation relation = *BuildRelation(BasketSetOf(3, baskets), RelationOptions());
  ASSERT_EQ(relation.list(a).size(), 1u);
  EXPECT_EQ(relation.list(a)[0].other, c);
  EXPECT_EQ(relation.list(a)[0].buyers_together, 2u);
}

// 40 baskets of a planted pair among 2,000 random ones.
std::vector<ReferenceBasket> PlantedPair() {
  std::mt19937 random(1);
  std::vector<ReferenceBasket> baskets = Repeat(40, {a, b}, 100'000);
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const std::size_t x = random() % 50;
    baskets.push_back({i, {ProductAt(x), ProductAt((x + 1 + random() % 49) % 50)}});
  }
  return baskets;
}

TEST(BuildRelation, ClaimsThePlantedPairAndHardlyAnythingElse) {
  const Relation relation = *BuildRelation(BasketSetOf(50, PlantedPair()), RelationOptions());
  EXPECT_EQ(relation.list(a)[0].other, b);
  EXPECT_EQ(relation.list(a)[0].is_claim, 1u);
  EXPECT_GT(relation.list(a)[0].lift_low, 1);
  EXPECT_EQ(relation.claims.claims, 2u) << "the planted pair, seen from both sides";
  EXPECT_EQ(relation.claims.pairs_tested, 50u * 49 / 2);
}

TEST(BuildRelation, ClaimsNothingWithoutEnoughOrdersOrBuyers) {
  RelationOptions options;
  options.claims.min_units = 200;
  EXPECT_EQ(BuildRelation(BasketSetOf(50, PlantedPair()), options)->claims.claims, 0u);
  std::vector<ReferenceBasket> one_fan = PlantedPair();
  for (ReferenceBasket& basket : one_fan) basket.buyer = basket.buyer >= 100'000 ? 100'000 : basket.buyer;
  EXPECT_EQ(BuildRelation(BasketSetOf(50, one_fan), RelationOptions())->claims.claims, 0u)
      << "one fan's hundred orders are not a hundred people";
}

// 600 products, most of which are counted by the kernel, and lines for four threads to bring into shape. Each buyer has
// about two baskets.
std::vector<ReferenceBasket> RandomBaskets() {
  std::mt19937 random(4);
  std::vector<ReferenceBasket> baskets(20'000);
  for (ReferenceBasket& basket : baskets) {
    basket.buyer = static_cast<std::uint32_t>(random() % 10'000);
    for (std::size_t i = 0; i < 12; ++i) basket.products.push_back(ProductAt(random() % (1 + random() % 600)));
    std::sort(basket.products.begin(), basket.products.end());
    basket.products.erase(std::unique(basket.products.begin(), basket.products.end()), basket.products.end());
  }
  return baskets;
}

void ExpectSameBytesHoweverItIsCounted(RelationOptions options) {
  std::vector<ReferenceBasket> baskets = RandomBaskets();
  const Relation expected = *BuildRelation(BasketSetOf(600, baskets), options);
  ASSERT_GT(expected.entries.size(), 600u * options.top_k * 3 / 4);
  for (const std::size_t threads : {1, 2, 8}) {
    std::mt19937 random(static_cast<unsigned>(threads));
    std::shuffle(baskets.begin(), baskets.end(), random);
    options.threads = threads;
    options.max_index_bytes = 100'000 / threads;
    const Relation relation = *BuildRelation(BasketSetOf(600, baskets), options);
    EXPECT_EQ(relation.entries, expected.entries);
    EXPECT_EQ(relation.offsets, expected.offsets);
    EXPECT_EQ(relation.claims.z_threshold, expected.claims.z_threshold);
  }
}

TEST(BuildRelation, GivesTheSameBytesOnAnyNumberOfThreadsAndForAnyOrderOfBasketsAndAnyMemory) {
  RelationOptions options;
  options.ranking.popularity_exponent = 0.3;
  ExpectSameBytesHoweverItIsCounted(options);
}

TEST(BuildRelation, GivesTheSameBytesWhereAllBasketsWeighTheSame) {
  for (const double popularity_exponent : {0.0, 0.5}) {
    RelationOptions options;
    options.ranking = {0, 0, popularity_exponent};
    options.top_k = 16;
    ExpectSameBytesHoweverItIsCounted(options);
  }
}

TEST(BuildRelation, OfNothingIsNothing) {
  const Relation relation = *BuildRelation(BasketSetOf(3, {}), RelationOptions());
  EXPECT_EQ(relation.unit_count, 0u);
  EXPECT_TRUE(relation.list(c).empty());
}

// `long_baskets` of 400 products each, and so many of one more product that a place has room for short lengths only.
// The long ones stand apart, so that each thread writes some.
orders::BasketSet LongBaskets(std::size_t long_baskets, bool one_buyer) {
  constexpr std::size_t kProducts = 401;
  constexpr std::size_t kShortBaskets = 2'200'000;
  orders::BasketSet set;
  set.product_count = kProducts;
  const auto append = [&set](std::size_t first, std::size_t last, std::uint32_t buyer) {
    for (std::size_t p = first; p < last; ++p) set.products.push_back(ProductAt(p));
    set.offsets.push_back(set.products.size());
    set.buyers.push_back(buyer);
    set.time_micros.push_back(orders::kNoTime);
  };
  std::uint32_t buyer = 0;
  for (std::size_t i = 0; i < long_baskets; ++i) {
    append(0, kProducts - 1, buyer);
    if (!one_buyer) ++buyer;
    for (std::size_t k = 0; k < kShortBaskets / long_baskets && !one_buyer; ++k)
      append(kProducts - 1, kProducts, buyer++);
  }
  for (std::size_t k = 0; k < kShortBaskets && one_buyer; ++k) append(kProducts - 1, kProducts, ++buyer);
  set.buyer_count = buyer + std::size_t{1};
  return set;
}

TEST(BuildRelation, CountsBasketsThatAreLongerThanAPlaceCanSay) {
  RelationOptions options;
  options.top_k = 400;
  options.min_buyers = 1;
  for (const bool one_buyer : {false, true}) {
    const orders::BasketSet set = LongBaskets(3, one_buyer);
    for (const std::size_t threads : {1, 3}) {
      options.threads = threads;
      const Relation relation = *BuildRelation(set, options);
      ASSERT_EQ(relation.entries.size(), 400u * 399);
      for (const RelationEntry& entry : relation.entries) {
        ASSERT_EQ(entry.units_together, 3u);
        ASSERT_EQ(entry.buyers_together, one_buyer ? 1u : 3u);
      }
    }
  }
}

TEST(BuildRelation, TellsHowFarItIsWithoutFallingBackAndEndsAtOne) {
  const orders::BasketSet set = BasketSetOf(600, RandomBaskets());
  for (const std::size_t threads : {1, 8}) {
    RelationOptions options;
    options.threads = threads;
    options.max_index_bytes = 50'000;
    std::vector<double> shares;
    options.progress = [&shares](double share) { shares.push_back(share); };
    ASSERT_TRUE(BuildRelation(set, options).ok());
    ASSERT_GT(shares.size(), 1u);
    EXPECT_GT(shares.front(), 0);
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
    EXPECT_EQ(shares.back(), 1);
  }
}

TEST(BuildRelation, StopsWhenCancelled) {
  RelationOptions options;
  options.cancelled = [] { return true; };
  bool has_counted = false;
  options.progress = [&has_counted](double) { has_counted = true; };
  EXPECT_THAT(BuildRelation(BasketSetOf(50, PlantedPair()), options), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_FALSE(has_counted) << "it is asked before counting begins";
}

TEST(BuildRelation, StopsWhenCancelledWhileItCounts) {
  for (const std::size_t threads : {1, 2}) {
    RelationOptions options;
    options.threads = threads;
    options.cancelled = [asked = 0]() mutable { return ++asked > 3; };
    EXPECT_THAT(BuildRelation(BasketSetOf(600, RandomBaskets()), options), StatusIs(absl::StatusCode::kCancelled));
  }
}

TEST(BuildRelation, SaysWhenMemoryGivesOutOnAnyThread) {
  for (const std::size_t threads : {1, 2, 8}) {
    RelationOptions options;
    options.threads = threads;
    options.progress = [](double) { throw std::bad_alloc(); };  // on the thread that counts
    EXPECT_THAT(BuildRelation(BasketSetOf(600, RandomBaskets()), options),
                StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("--memory-limit")));
  }
}

TEST(BuildRelation, RefusesOptionsOutOfRange) {
  const auto with = [](auto change) {
    RelationOptions options;
    change(&options);
    return BuildRelation(BasketSetOf(3, {}), options);
  };
  EXPECT_THAT(with([](auto* o) { o->top_k = 0; }), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("top_k")));
  EXPECT_THAT(with([](auto* o) { o->top_k = std::size_t{1} << 30; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("top_k: 1073741824")));
  EXPECT_TRUE(with([](auto* o) { o->top_k = (std::size_t{1} << 30) - 1; }).ok());
  EXPECT_THAT(with([](auto* o) { o->ranking.basket_size_exponent = -1; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("basket_size_exponent")));
  EXPECT_THAT(with([](auto* o) { o->ranking.half_life_days = -1; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("half_life_days")));
  for (const double season : {-1.0, 101.0, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(with([season](auto* o) { o->ranking.season_weight = season; }),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("season_weight")));
  }
  EXPECT_THAT(with([](auto* o) { o->ranking.popularity_exponent = 1.5; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("popularity_exponent")));
  EXPECT_THAT(with([](auto* o) { o->claims.false_discovery_rate = 1; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("false_discovery_rate")));
  EXPECT_THAT(with([](auto* o) { o->claims.min_lift_low = std::numeric_limits<double>::quiet_NaN(); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("min_lift_low")));
  EXPECT_THAT(with([](auto* o) { o->claims.min_share_held = 1; }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("min_share_held")));
}

}  // namespace
}  // namespace awase::relations
