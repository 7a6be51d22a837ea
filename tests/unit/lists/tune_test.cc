#include "awase/lists/tune.h"

#include <random>
#include <set>

#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::lists {
namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;
constexpr std::size_t kProducts = 200;

// Orders of pairs (i, i + shift) with some noise, `per_day` a day. When `moving`, the shift changes every 50 days: what
// was bought together long ago says nothing any more.
orders::BasketSet Orders(std::uint32_t first_day, std::uint32_t last_day, bool moving) {
  std::mt19937_64 random(first_day + 1);
  std::vector<testing::ReferenceBasket> baskets;
  std::vector<std::int64_t> times;
  for (std::uint32_t day = first_day; day < last_day; ++day) {
    for (int order = 0; order < 20; ++order) {
      const std::size_t shift = moving ? 1 + day / 50 : 1;
      const std::size_t product = random() % kProducts;
      std::set<ProductIndex> products = {ProductAt(product), ProductAt((product + shift) % kProducts)};
      if (random() % 2 == 0) products.insert(ProductAt(random() % kProducts));
      baskets.push_back({static_cast<std::uint32_t>(baskets.size()), {products.begin(), products.end()}});
      times.push_back(day * kDay);
    }
  }
  orders::BasketSet set = testing::BasketSetOf(kProducts, baskets);
  std::copy(times.begin(), times.end(), set.time_micros.begin());
  return set;
}

// Ten groups of ten products with ten companions each: an order has one of the ten, one companion of its group, and two
// products at random. What goes together shows in the group sooner than in a pair.
orders::BasketSet OrdersOfGroups(std::uint32_t first_day, std::uint32_t last_day) {
  std::mt19937_64 random(first_day + 1);
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t order = 0; order < 20 * (last_day - first_day); ++order) {
    const std::size_t group = random() % 10;
    std::set<ProductIndex> products = {ProductAt(20 * group + random() % 10),
                                       ProductAt(20 * group + 10 + random() % 10)};
    for (int i = 0; i < 2; ++i) products.insert(ProductAt(random() % kProducts));
    baskets.push_back({order, {products.begin(), products.end()}});
  }
  return testing::BasketSetOf(kProducts, baskets);
}

TuneOptions FromPlain() {
  TuneOptions options;
  options.start.ranking = {0.5, 0, 0};
  return options;
}

TEST(TuneLists, FindsThatOldOrdersSayNothing) {
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result,
                             TuneLists(Orders(0, 230, true), Orders(230, 250, true), {}, FromPlain()));
  EXPECT_TRUE(result.tuned);
  EXPECT_EQ(result.judges, 400u);
  EXPECT_GT(result.settings.ranking.half_life_days, 0);
  EXPECT_LE(result.settings.ranking.half_life_days, 60);
  for (const Quality& quality : result.classical) {
    EXPECT_GT(result.chosen.ndcg_at_10, 1.1 * quality.ndcg_at_10) << quality.name << " knows no time";
  }
  EXPECT_EQ(result.classical.size(), 6u);
}

TEST(TuneLists, EndsAtOnceWhenItIsCancelled) {
  const orders::BasketSet earlier = Orders(0, 230, false);
  const orders::BasketSet later = Orders(230, 250, false);
  TuneOptions options = FromPlain();
  int asked = 0;
  options.cancelled = [&asked] { return ++asked < 0; };  // only counts
  AWASE_ASSERT_OK(TuneLists(earlier, later, {}, options).status());
  EXPECT_GT(asked, 50) << "before each trial";
  for (const int allowed : {0, 1, asked / 2, asked - 1}) {
    int left = allowed;
    options.cancelled = [&left] { return left-- <= 0; };
    int tried = 0;
    options.progress = [&tried](double) { ++tried; };
    EXPECT_THAT(TuneLists(earlier, later, {}, options), testing::StatusIs(absl::StatusCode::kCancelled)) << allowed;
    EXPECT_LE(tried, allowed + 2);
  }
}

// Orders of pairs (i, i + shift), where the shift is another one in each half of a year of 365 days.
orders::BasketSet Seasons(std::uint32_t first_day, std::uint32_t last_day) {
  std::mt19937_64 random(first_day + 1);
  std::vector<testing::ReferenceBasket> baskets;
  std::vector<std::int64_t> times;
  for (std::uint32_t day = first_day; day < last_day; ++day) {
    for (int order = 0; order < 10; ++order) {
      const std::size_t product = random() % kProducts;
      const std::size_t shift = day % 365 < 182 ? 1 : 2;
      baskets.push_back(
          {static_cast<std::uint32_t>(baskets.size()), {ProductAt(product), ProductAt((product + shift) % kProducts)}});
      times.push_back(day * kDay);
    }
  }
  orders::BasketSet set = testing::BasketSetOf(kProducts, baskets);
  std::copy(times.begin(), times.end(), set.time_micros.begin());
  return set;
}

TEST(TuneLists, FindsThatASeasonComesBack) {
  constexpr std::uint32_t kTurn = 3 * 365;
  for (const std::size_t threads : {1, 3}) {
    TuneOptions options = FromPlain();
    options.threads = threads;
    AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult searched,
                               TuneLists(Seasons(0, kTurn), Seasons(kTurn, kTurn + 40), {}, options));
    EXPECT_TRUE(searched.knows_season);
    EXPECT_GT(searched.settings.ranking.season_weight, 0);
    options.fixed.season_weight = true;
    AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult fixed,
                               TuneLists(Seasons(0, kTurn), Seasons(kTurn, kTurn + 40), {}, options));
    EXPECT_EQ(fixed.settings.ranking.season_weight, 0);
    EXPECT_GT(searched.chosen.ndcg_at_10, 1.1 * fixed.chosen.ndcg_at_10);
  }
}

TEST(TuneLists, LooksForNoSeasonInOrdersOfLessThanAYearAndAMonth) {
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result, TuneLists(Seasons(0, 390), Seasons(390, 430), {}, FromPlain()));
  EXPECT_TRUE(result.tuned);
  EXPECT_FALSE(result.knows_season);
  EXPECT_EQ(result.settings.ranking.season_weight, 0);
}

TEST(TuneLists, IsNotMovedByProductsThatNobodyBuys) {
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult few,
                             TuneLists(Orders(0, 60, true), Orders(60, 80, true), {}, FromPlain()));
  orders::BasketSet earlier = Orders(0, 60, true);
  orders::BasketSet later = Orders(60, 80, true);
  earlier.product_count = later.product_count = 150'000;  // more lists than a trial chooses from
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult many, TuneLists(earlier, later, {}, FromPlain()));
  EXPECT_EQ(many.settings.coverage_bonus, few.settings.coverage_bonus);
  EXPECT_EQ(many.chosen.ndcg_at_10, few.chosen.ndcg_at_10);
  EXPECT_EQ(many.chosen.coverage_at_10, few.chosen.coverage_at_10);
}

TEST(TuneLists, FindsThatProductsOfALikeProfileSpeakForEachOther) {
  const orders::BasketSet earlier = OrdersOfGroups(0, 150);
  const orders::BasketSet later = OrdersOfGroups(150, 170);
  TuneOptions options = FromPlain();
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result, TuneLists(earlier, later, {}, options));
  EXPECT_GT(result.settings.similar_orders, 0);
  options.fixed.similar_orders = true;
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult without, TuneLists(earlier, later, {}, options));
  EXPECT_EQ(without.settings.similar_orders, 0);
  EXPECT_GT(result.chosen.ndcg_at_10, 1.02 * without.chosen.ndcg_at_10);
}

TEST(TuneLists, JudgesListsWithTheFloorOfBuyersThatTheyWillHave) {
  TuneOptions options = FromPlain();
  options.search = false;
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult two, TuneLists(Orders(0, 60, false), Orders(60, 80, false), {}, options));
  EXPECT_GT(two.chosen.ndcg_at_10, 0.1);
  options.min_buyers = 1'000'000;
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult none,
                             TuneLists(Orders(0, 60, false), Orders(60, 80, false), {}, options));
  EXPECT_LT(none.chosen.ndcg_at_10, 0.5 * two.chosen.ndcg_at_10);
}

TEST(TuneLists, DoesNotBreakOnOrdersThatAreAllTheSame) {
  const auto same = [](std::uint32_t orders) {
    std::vector<testing::ReferenceBasket> baskets;
    for (std::uint32_t o = 0; o < orders; ++o) baskets.push_back({o, {ProductAt(0), ProductAt(1)}});
    return testing::BasketSetOf(2, baskets);
  };
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result, TuneLists(same(2000), same(300), {}, FromPlain()));
  EXPECT_TRUE(result.tuned);
  EXPECT_EQ(result.settings.similar_orders, 0) << "no lift is above chance: there are no profiles";
  EXPECT_NEAR(result.chosen.ndcg_at_10, 1, 1e-9);
}

TEST(TuneLists, LeavesFixedSettingsAlone) {
  TuneOptions options = FromPlain();
  options.start.ranking.half_life_days = 500;
  options.fixed.half_life_days = true;
  options.fixed.coverage_bonus = true;
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result,
                             TuneLists(Orders(0, 230, true), Orders(230, 250, true), {}, options));
  EXPECT_EQ(result.settings.ranking.half_life_days, 500);
  EXPECT_EQ(result.settings.coverage_bonus, 0);
}

TEST(TuneLists, DoesNotBeginWithTooFewOrdersToJudge) {
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result,
                             TuneLists(Orders(0, 230, true), Orders(230, 235, true), {}, FromPlain()));
  EXPECT_FALSE(result.tuned);
  EXPECT_EQ(result.evaluations, 0u);
  EXPECT_EQ(result.settings.ranking.basket_size_exponent, 0.5);
}

TEST(TuneLists, DoesNotDependOnThreads) {
  const orders::BasketSet earlier = Orders(0, 100, false);
  const orders::BasketSet later = Orders(100, 120, false);
  ProductTypes types{4, {}};
  for (std::uint32_t p = 0; p < kProducts; ++p) types.of.push_back(p % 4);
  TuneOptions options = FromPlain();
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult one, TuneLists(earlier, later, types, options));
  options.threads = 3;
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult three, TuneLists(earlier, later, types, options));
  EXPECT_EQ(one.chosen.ndcg_at_10, three.chosen.ndcg_at_10);
  EXPECT_EQ(one.settings.type_orders, three.settings.type_orders);
  EXPECT_EQ(one.settings.coverage_bonus, three.settings.coverage_bonus);
}

TEST(TuneLists, SaysHowEachCaseWasAnswered) {
  const orders::BasketSet later = Orders(230, 250, true);
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result, TuneLists(Orders(0, 230, true), later, {}, FromPlain()));
  ASSERT_EQ(result.judged_cases.size(), result.judges);
  double ndcg = 0;
  for (const evaluation::JudgedCase& judged : result.judged_cases) {
    ndcg += judged.ndcg_at_10 / static_cast<double>(result.judges);
    EXPECT_EQ(judged.time_micros, later.time_micros[judged.question.basket]);
    EXPECT_FALSE(judged.question.targets.empty());
  }
  EXPECT_NEAR(ndcg, result.chosen.ndcg_at_10, 1e-9);
}

TEST(TuneLists, JudgesSettingsAsTheyAreWithoutASearch) {
  TuneOptions options = FromPlain();
  options.search = false;
  options.start.coverage_bonus = 0.25;
  AWASE_ASSERT_OK_AND_ASSIGN(const TuneResult result,
                             TuneLists(Orders(0, 230, true), Orders(230, 250, true), {}, options));
  EXPECT_FALSE(result.tuned);
  EXPECT_EQ(result.evaluations, 0u);
  EXPECT_EQ(result.settings.coverage_bonus, 0.25);
  EXPECT_EQ(result.settings.expected_cases, options.start.expected_cases);
  EXPECT_EQ(result.judged_cases.size(), 400u);
  EXPECT_GT(result.chosen.ndcg_at_10, 0);
  EXPECT_TRUE(result.classical.empty());
}

}  // namespace
}  // namespace awase::lists
