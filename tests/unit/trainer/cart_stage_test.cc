#include "trainer/internal/cart_stage.h"

#include <random>

#include "gmock/gmock.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::trainer_internal {
namespace {

using ::awase::testing::BasketSetOf;
using ::awase::testing::ReferenceBasket;
using ::awase::testing::StatusIs;
using trainer::CartReport;
using trainer::TrainOptions;

// Each basket has a few products of one of six groups.
orders::BasketSet GroupedBaskets(std::size_t count) {
  std::mt19937 random(3);
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < count; ++b) {
    const std::size_t group = random() % 6;
    ReferenceBasket basket{b, {}};
    for (std::size_t p = 0; p < 8; ++p) {
      if (random() % 2 == 0) basket.products.push_back(ProductAt(group * 8 + p));
    }
    baskets.push_back(basket);
  }
  return BasketSetOf(48, baskets);
}

// Every tenth basket judges what the others say.
TuningOrders TuningOf(const orders::BasketSet& set) {
  std::vector<ReferenceBasket> earlier;
  std::vector<ReferenceBasket> later;
  for (std::size_t b = 0; b < set.size(); ++b) {
    const absl::Span<const ProductIndex> products = set.basket(b);
    (b % 10 == 9 ? later : earlier).push_back({set.buyers[b], {products.begin(), products.end()}});
  }
  return {BasketSetOf(set.product_count, earlier), BasketSetOf(set.product_count, later)};
}

TEST(MakeCartModel, SearchesOnTheBasketsItself) {
  TrainOptions options;
  CartReport report;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto weights,
                             MakeCartModel(GroupedBaskets(5000), TuningOf(GroupedBaskets(5000)), options, &report));
  ASSERT_TRUE(weights.has_value());
  EXPECT_EQ(report.weights, weights->entries.size());
  EXPECT_TRUE(report.tuned);
  EXPECT_GT(report.cases, 300u);
  EXPECT_GT(report.hr_at_10, 0.9) << "a product is in one of six groups of eight";
  EXPECT_GE(report.hr_at_10 * report.mrr, report.default_hr_at_10 * report.default_mrr);
}

TEST(MakeCartModel, TheSameOnAnyNumberOfThreads) {
  const orders::BasketSet set = GroupedBaskets(5000);
  TrainOptions options;
  CartReport report_of_one;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto one, MakeCartModel(set, TuningOf(set), options, &report_of_one));
  for (const std::size_t threads : {2, 8}) {
    options.threads = threads;
    CartReport report;
    AWASE_ASSERT_OK_AND_ASSIGN(const auto many, MakeCartModel(set, TuningOf(set), options, &report));
    EXPECT_EQ(many->entries, one->entries);
    EXPECT_EQ(many->baselines, one->baselines);
    EXPECT_EQ(report.mrr, report_of_one.mrr);
  }
}

TEST(MakeCartModel, TakesTheSettingsAsTheyAreOfFewBasketsOrWhenTold) {
  TrainOptions options;
  options.cart.lambda = 3;
  CartReport report;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto few,
                             MakeCartModel(GroupedBaskets(500), TuningOf(GroupedBaskets(500)), options, &report));
  EXPECT_TRUE(few.has_value());
  EXPECT_FALSE(report.tuned);
  EXPECT_LT(report.cases, 200u);
  EXPECT_EQ(report.settings.lambda, 3);

  options.tune_cart = false;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto told,
                             MakeCartModel(GroupedBaskets(5000), TuningOf(GroupedBaskets(5000)), options, &report));
  EXPECT_TRUE(told.has_value());
  EXPECT_FALSE(report.tuned);
  EXPECT_EQ(report.settings.lambda, 3);
}

TEST(MakeCartModel, WithoutOrdersToJudgeByTakesTheSettingsAsTheyAre) {
  TrainOptions options;
  CartReport report;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto weights, MakeCartModel(GroupedBaskets(5000), TuningOrders(), options, &report));
  EXPECT_TRUE(weights.has_value());
  EXPECT_FALSE(report.tuned);
  EXPECT_EQ(report.cases, 0u);
}

TEST(MakeCartModel, NoneWithoutNeighbours) {
  TrainOptions options;
  options.cart.neighbours = 0;
  CartReport report;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto weights,
                             MakeCartModel(GroupedBaskets(500), TuningOf(GroupedBaskets(500)), options, &report));
  EXPECT_FALSE(weights.has_value());
  EXPECT_EQ(report.weights, 0u);
}

TEST(MakeCartModel, StopsWhenTold) {
  TrainOptions options;
  options.cancelled = [] { return true; };
  CartReport report;
  EXPECT_THAT(MakeCartModel(GroupedBaskets(5000), TuningOf(GroupedBaskets(5000)), options, &report),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace awase::trainer_internal
