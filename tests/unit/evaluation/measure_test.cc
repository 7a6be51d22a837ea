#include "awase/evaluation/measure.h"

#include <cmath>
#include <map>

#include "gtest/gtest.h"

namespace awase::evaluation {
namespace {

std::vector<ProductIndex> Products(std::initializer_list<std::size_t> slots) {
  std::vector<ProductIndex> products;
  for (const std::size_t slot : slots) products.push_back(ProductAt(slot));
  return products;
}

// Answers from a table.
class TableRanker : public ListRanker {
 public:
  explicit TableRanker(std::map<std::size_t, std::vector<ProductIndex>> lists) : lists_(std::move(lists)) {}
  std::string name() const override { return "table"; }
  std::vector<ProductIndex> Top(ProductIndex anchor, std::size_t) const override {
    const auto found = lists_.find(Slot(anchor));
    return found == lists_.end() ? std::vector<ProductIndex>() : found->second;
  }

 private:
  std::map<std::size_t, std::vector<ProductIndex>> lists_;
};

class FixedCartRanker : public CartRanker {
 public:
  explicit FixedCartRanker(std::vector<ScoredProduct> scored) : scored_(std::move(scored)) {}
  std::string name() const override { return "fixed"; }
  std::vector<ScoredProduct> Score(absl::Span<const ProductIndex>) const override { return scored_; }

 private:
  std::vector<ScoredProduct> scored_;
};

TEST(NdcgAt10, IsOneForTheIdealListOnly) {
  EXPECT_DOUBLE_EQ(NdcgAt10(Products({3, 1}), Products({1, 3})), 1);
  EXPECT_EQ(NdcgAt10(Products({5, 6}), Products({1, 3})), 0);
  EXPECT_EQ(NdcgAt10({}, Products({1})), 0);
  // One of two targets, on the second place: (1 / log2 3) / (1 + 1 / log2 3).
  EXPECT_NEAR(NdcgAt10(Products({5, 1}), Products({1, 3})), 0.38685, 1e-5);
}

TEST(NdcgAt10, EndsAfterTenPlaces) {
  std::vector<ProductIndex> list;
  for (std::size_t i = 0; i < 11; ++i) list.push_back(ProductAt(i));
  EXPECT_EQ(NdcgAt10(list, Products({10})), 0);
  EXPECT_GT(NdcgAt10(list, Products({9})), 0);
  std::vector<ProductIndex> many;
  for (std::size_t i = 0; i < 40; ++i) many.push_back(ProductAt(i));
  EXPECT_DOUBLE_EQ(NdcgAt10(list, many), 1) << "more targets than places are no fault of the list";
}

TEST(BandsOf, CutsPurchasesIntoThirds) {
  const std::vector<Band> bands = BandsOf({1, 30, 10, 0, 10, 9});
  EXPECT_EQ(bands[1], Band::kHead);
  EXPECT_EQ(bands[2], Band::kMiddle);
  EXPECT_EQ(bands[4], Band::kTail);
  EXPECT_EQ(bands[3], Band::kTail);
}

TEST(MeasureLists, TellsFiguresOfEachRanker) {
  const std::vector<ListCase> cases = {{ProductAt(0), Products({1, 2})},
                                       {ProductAt(1), Products({0})},
                                       {ProductAt(2), Products({3})},
                                       {ProductAt(3), Products({2})}};
  const TableRanker good({{0, Products({1, 2})}, {1, Products({0})}, {2, Products({9, 8, 7, 6, 3})}});
  const TableRanker none({});
  const std::vector<std::uint32_t> units(20, 1);
  const std::vector<ListQuality> qualities = MeasureLists(cases, {&good, &none}, units);
  EXPECT_EQ(qualities[0].cases, 4u);
  EXPECT_NEAR(qualities[0].ndcg_at_10.value, (1 + 1 + 1 / std::log2(6.0) + 0) / 4, 1e-6);
  EXPECT_EQ(qualities[0].hr_at_4.value, 0.5);
  EXPECT_EQ(qualities[0].hr_at_10.value, 0.75);
  EXPECT_EQ(qualities[0].recall_at_10.value, 0.75);
  EXPECT_EQ(qualities[0].empty_rate, 0.25);
  EXPECT_DOUBLE_EQ(qualities[0].coverage_at_10, 8.0 / 20);
  EXPECT_EQ(qualities[1].empty_rate, 1);
  EXPECT_EQ(qualities[1].ndcg_at_10.value, 0);
  EXPECT_EQ(qualities[0].ndcg_ratio_to_first.low, 1);
  EXPECT_EQ(qualities[1].ndcg_ratio_to_first.high, 0);
}

TEST(MeasureLists, DoesNotDependOnThreads) {
  std::vector<ListCase> cases;
  std::map<std::size_t, std::vector<ProductIndex>> lists;
  for (std::size_t i = 0; i < 500; ++i) {
    cases.push_back({ProductAt(i), Products({(i + 1) % 500, (i + 7) % 500})});
    lists[i] = Products({(i + i % 3) % 500, (i + 7) % 500});
  }
  const TableRanker ranker(lists);
  const std::vector<std::uint32_t> units(500, 1);
  std::vector<Estimate> estimates;
  for (const std::size_t threads : {1, 2, 8}) {
    MeasureOptions options;
    options.threads = threads;
    estimates.push_back(MeasureLists(cases, {&ranker}, units, options)[0].ndcg_at_10);
  }
  for (const Estimate& estimate : estimates) {
    EXPECT_EQ(estimate.value, estimates[0].value);
    EXPECT_EQ(estimate.low, estimates[0].low);
    EXPECT_EQ(estimate.high, estimates[0].high);
  }
  EXPECT_LT(estimates[0].low, estimates[0].value);
  EXPECT_GT(estimates[0].high, estimates[0].value);
}

TEST(MeasureLists, OfNoCaseIsAllZero) {
  const TableRanker ranker({});
  const ListQuality quality = MeasureLists({}, {&ranker}, {}, {})[0];
  EXPECT_EQ(quality.cases, 0u);
  EXPECT_EQ(quality.ndcg_at_10.value, 0);
  EXPECT_EQ(quality.coverage_at_10, 0);
}

TEST(MeasureCarts, RanksTheHiddenAmongWhatIsNotInTheCart) {
  const FixedCartRanker ranker({{ProductAt(1), 9}, {ProductAt(2), 8}, {ProductAt(3), 7}, {ProductAt(4), 7}});
  const std::vector<CartCase> cases = {
      {Products({1}), ProductAt(2)},  // first, since 1 is in the cart
      {Products({1}), ProductAt(4)},  // third: ties go by id
      {Products({1}), ProductAt(9)},  // without a rank
  };
  const CartQuality quality = MeasureCarts(cases, {&ranker})[0];
  EXPECT_NEAR(quality.hr_at_10.value, 2.0 / 3, 1e-6);
  EXPECT_NEAR(quality.mrr.value, (1 + 1.0 / 3) / 3, 1e-6);
}

}  // namespace
}  // namespace awase::evaluation
