// The counting kernel against the ten-line reference and Eigen's matrix product: exhaustively on small input, at random
// on larger.

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "awase/relations/build_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/reference_relation.h"

namespace awase::relations {
namespace {

using testing::BasketSetOf;
using testing::CountByLoops;
using testing::CountByMatrixProduct;
using testing::ReferenceBasket;
using testing::ReferenceCounts;
using testing::WeighByLoops;

// Every list of every product must hold exactly the pairs of the reference, with its counts, in the order of the score.
void ExpectAgrees(std::size_t products, const std::vector<ReferenceBasket>& baskets, const RelationOptions& options) {
  const ReferenceCounts expected = CountByLoops(products, baskets);
  const ReferenceCounts by_matrix = CountByMatrixProduct(products, baskets);
  ASSERT_EQ(expected.pairs, by_matrix.pairs) << "the two references must agree with each other first";
  const absl::StatusOr<Relation> relation = BuildRelation(BasketSetOf(products, baskets), options);
  ASSERT_TRUE(relation.ok()) << relation.status();
  ASSERT_EQ(relation->product_units, expected.units);
  ASSERT_EQ(relation->unit_count, baskets.size());
  const std::vector<double> weights = WeighByLoops(products, baskets, options.ranking.basket_size_exponent);
  for (std::size_t i = 0; i < products; ++i) {
    std::vector<double> scores;  // of all pairs that may be in the list
    for (std::size_t j = 0; j < products; ++j) {
      if (i == j || expected.pair(i, j) == 0 || expected.pair_buyers(i, j) < options.min_buyers) continue;
      scores.push_back(weights[i * products + j] / std::pow(expected.units[j], options.ranking.popularity_exponent));
    }
    std::sort(scores.begin(), scores.end(), std::greater<>());
    const absl::Span<const RelationEntry> list = relation->list(ProductAt(i));
    ASSERT_EQ(list.size(), std::min(scores.size(), options.top_k));
    for (std::size_t e = 0; e < list.size(); ++e) {
      const std::size_t j = Slot(list[e].other);
      ASSERT_NE(i, j);
      ASSERT_NEAR(list[e].score, scores[e], scores[e] * 1e-5) << "the list must hold the best";
      ASSERT_NEAR(list[e].score,
                  weights[i * products + j] / std::pow(expected.units[j], options.ranking.popularity_exponent),
                  scores[e] * 1e-5);
      ASSERT_EQ(list[e].units_together, expected.pair(i, j));
      ASSERT_EQ(list[e].buyers_together, expected.pair_buyers(i, j));
      const double lift = double(expected.pair(i, j)) * double(baskets.size()) /
                          (double(expected.units[i]) * double(expected.units[j]));
      ASSERT_NEAR(list[e].lift, lift, lift * 1e-6);
      ASSERT_LE(list[e].lift_low, list[e].lift);
      ASSERT_GE(list[e].lift_high, list[e].lift);
      if (e == 0) continue;
      ASSERT_TRUE(list[e - 1].score > list[e].score ||
                  (list[e - 1].score == list[e].score && list[e - 1].other < list[e].other))
          << "ties are broken by product id";
    }
  }
}

std::vector<ProductIndex> ProductsOfMask(unsigned mask) {
  std::vector<ProductIndex> products;
  for (std::size_t i = 0; i < 4; ++i) {
    if ((mask >> i & 1) != 0) products.push_back(ProductAt(i));
  }
  return products;
}

TEST(BuildRelationExhaustive, AllSetsOfUpToThreeBasketsOfUpToThreeOfFourProducts) {
  std::vector<unsigned> masks;
  for (unsigned mask = 0; mask < 16; ++mask) {
    if (__builtin_popcount(mask) <= 3) masks.push_back(mask);
  }
  RelationOptions options;
  options.min_buyers = 1;
  int cases = 0;
  for (const unsigned a : masks) {
    for (const unsigned b : masks) {
      for (const unsigned c : masks) {
        for (const std::uint32_t last_buyer : {1u, 2u}) {  // the last two orders by one buyer, or by two
          const std::vector<ReferenceBasket> baskets = {
              {0, ProductsOfMask(a)}, {1, ProductsOfMask(b)}, {last_buyer, ProductsOfMask(c)}};
          options.min_buyers = 1 + last_buyer % 2;
          ExpectAgrees(4, baskets, options);
          if (::testing::Test::HasFatalFailure()) FAIL() << a << " " << b << " " << c;
          ++cases;
        }
      }
    }
  }
  EXPECT_EQ(cases, 15 * 15 * 15 * 2);
}

TEST(BuildRelationRandom, AgreesOnAnyNumberOfThreadsAndAnyListLength) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937 random(seed);
    const std::size_t products = 2 + random() % 40;
    std::vector<ReferenceBasket> baskets(random() % 200);
    for (ReferenceBasket& basket : baskets) {
      basket.buyer = static_cast<std::uint32_t>(random() % 20);
      for (std::size_t i = 0; i < products; ++i) {
        if (random() % (2 + i) == 0) basket.products.push_back(ProductAt(i));
      }
    }
    RelationOptions options;
    options.threads = 1 + seed % 4;
    options.top_k = 1 + seed % 7 * 10;
    options.min_buyers = 1 + seed % 3;
    options.ranking.popularity_exponent = seed % 2 == 0 ? 0.0 : 0.5;
    options.ranking.basket_size_exponent = seed % 3 == 0 ? 0.0 : 0.5;
    options.ranking.half_life_days = seed % 2 == 0 ? 0.0 : 240.0;  // without either all baskets weigh the same
    if (seed % 5 == 0) options.max_index_bytes = 200;              // several passes over ranges of products
    ExpectAgrees(products, baskets, options);
    if (::testing::Test::HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

// Above 256 products the less popular ones are counted basket by basket of theirs, not while baskets are read.
TEST(BuildRelationRandom, AgreesOnMoreProductsThanAreCountedWhileBasketsAreRead) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::mt19937 random(seed);
    const std::size_t products = 300 + random() % 201;
    std::vector<ReferenceBasket> baskets(2000);
    for (ReferenceBasket& basket : baskets) {
      basket.buyer = static_cast<std::uint32_t>(seed % 2 == 0 ? &basket - baskets.data() : random() % 700);
      for (std::size_t i = random() % 15; i > 0; --i) {
        basket.products.push_back(ProductAt(random() % (seed < 3 ? products : 1 + random() % products)));
      }
      std::sort(basket.products.begin(), basket.products.end());
      basket.products.erase(std::unique(basket.products.begin(), basket.products.end()), basket.products.end());
    }
    RelationOptions options;
    options.top_k = 1 + seed % 3 * 30;
    options.min_buyers = 1 + seed % 2;
    options.max_index_bytes = 2000;
    options.ranking.popularity_exponent = seed % 3 == 0 ? 0.0 : 0.5;
    if (seed % 4 < 2) options.ranking = {0, 0, options.ranking.popularity_exponent};  // all baskets weigh the same
    for (const std::size_t threads : {1, 2, 8}) {
      options.threads = threads;
      ExpectAgrees(products, baskets, options);
      if (::testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << ", " << threads << " threads";
    }
  }
}

}  // namespace
}  // namespace awase::relations
