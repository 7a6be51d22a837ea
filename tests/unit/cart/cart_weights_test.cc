#include "awase/cart/cart_weights.h"

#include <Eigen/Dense>
#include <cmath>

#include "gmock/gmock.h"
#include "tests/testing/basket_builder.h"
#include "tests/unit/cart/random_baskets.h"

namespace awase::cart {
namespace {

using ::awase::testing::BasketSetOf;
using ::awase::testing::ReferenceBasket;

constexpr std::size_t kProducts = 15;

float WeightOf(const CartWeights& weights, std::size_t from, std::size_t to) {
  for (const CartWeight& weight : weights.list(ProductAt(from))) {
    if (weight.other == ProductAt(to)) return weight.weight;
  }
  return 0;
}

CountOptions EveryPairAlike() {
  CountOptions options;
  options.min_buyers = 1;
  options.basket_size_exponent = 0;
  return options;
}

// The 0/1 matrix of baskets and products.
Eigen::MatrixXd MatrixOf(const std::vector<ReferenceBasket>& baskets) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(baskets.size()), kProducts);
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    for (const ProductIndex product : baskets[b].products) {
      x(static_cast<Eigen::Index>(b), static_cast<Eigen::Index>(Slot(product))) = 1;
    }
  }
  return x;
}

// EASE^R by its formula: B = I − P · diag(1/P), P = (XᵀX + λI)⁻¹.
Eigen::MatrixXd EaseByInverse(const Eigen::MatrixXd& x, double lambda) {
  const Eigen::MatrixXd gram = x.transpose() * x + lambda * Eigen::MatrixXd::Identity(kProducts, kProducts);
  const Eigen::MatrixXd p = gram.inverse();
  Eigen::MatrixXd b = -p * p.diagonal().cwiseInverse().asDiagonal();
  b.diagonal().setZero();
  return b;
}

TEST(FitCartWeights, WithAllProductsAsNeighboursIsEase) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    const std::vector<ReferenceBasket> baskets = RandomBaskets(kProducts, 3000, seed);
    const CartCounts counts(BasketSetOf(kProducts, baskets), EveryPairAlike());
    FitOptions options;
    options.neighbours = kProducts;
    options.lambda = 20;
    const CartWeights weights = FitCartWeights(counts, options);
    const Eigen::MatrixXd ease = EaseByInverse(MatrixOf(baskets), options.lambda);
    for (std::size_t i = 0; i < kProducts; ++i) {
      ASSERT_EQ(counts.row(ProductAt(i)).size(), kProducts - 1) << "a pair that never met is no neighbour";
      EXPECT_EQ(weights.baselines[i], 0);
      for (std::size_t j = 0; j < kProducts; ++j) {
        EXPECT_NEAR(WeightOf(weights, i, j), ease(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), 1e-4)
            << "seed " << seed;
      }
    }
  }
}

TEST(FitCartWeights, CentredIsTheRegressionOnDeviations) {
  const std::vector<ReferenceBasket> baskets = RandomBaskets(kProducts, 3000, 9);
  const CartCounts counts(BasketSetOf(kProducts, baskets), EveryPairAlike());
  FitOptions options;
  options.neighbours = kProducts;
  options.centred = true;
  const CartWeights weights = FitCartWeights(counts, options);
  const Eigen::MatrixXd x = MatrixOf(baskets);
  const Eigen::RowVectorXd mean = x.colwise().mean();
  const Eigen::MatrixXd ease = EaseByInverse(x.rowwise() - mean, options.lambda);
  const Eigen::RowVectorXd baselines = mean - mean * ease;
  for (std::size_t j = 0; j < kProducts; ++j) {
    const auto column = static_cast<Eigen::Index>(j);
    EXPECT_NEAR(weights.baselines[j], baselines(column), 1e-4);
    for (std::size_t i = 0; i < kProducts; ++i) {
      EXPECT_NEAR(WeightOf(weights, i, j), ease(static_cast<Eigen::Index>(i), column), 1e-4);
    }
  }
}

TEST(FitCartWeights, AProductHasNoMoreNeighboursThanItMay) {
  const CartCounts counts(BasketSetOf(kProducts, RandomBaskets(kProducts, 3000, 3)), CountOptions());
  FitOptions options;
  options.neighbours = 4;
  const CartWeights weights = FitCartWeights(counts, options);
  std::vector<std::size_t> regressed_on(kProducts);
  for (const CartWeight& weight : weights.entries) ++regressed_on[Slot(weight.other)];
  EXPECT_THAT(regressed_on, ::testing::Each(4u));
}

TEST(FitCartWeights, ListsAreCutToTheStrongest) {
  const CartCounts counts(BasketSetOf(kProducts, RandomBaskets(kProducts, 3000, 4)), CountOptions());
  const CartWeights whole = FitCartWeights(counts, FitOptions());
  FitOptions options;
  options.list_length = 5;
  const CartWeights cut = FitCartWeights(counts, options);
  for (std::size_t i = 0; i < kProducts; ++i) {
    const auto list = whole.list(ProductAt(i));
    EXPECT_TRUE(std::is_sorted(list.begin(), list.end(), IsStronger));
    ASSERT_EQ(cut.list(ProductAt(i)).size(), 5u);
    EXPECT_TRUE(std::equal(list.begin(), list.begin() + 5, cut.list(ProductAt(i)).begin()));
  }
}

TEST(FitCartWeights, TheSameBytesOnAnyNumberOfThreads) {
  constexpr std::size_t kMany = 300;
  const CartCounts counts(BasketSetOf(kMany, RandomBaskets(kMany, 5000, 5)), CountOptions());
  for (const bool centred : {false, true}) {
    FitOptions options;
    options.neighbours = 20;
    options.centred = centred;
    const CartWeights one = FitCartWeights(counts, options);
    EXPECT_GT(one.entries.size(), 1000u);
    for (const std::size_t threads : {2, 8}) {
      options.threads = threads;
      const CartWeights many = FitCartWeights(counts, options);
      EXPECT_EQ(many.offsets, one.offsets);
      EXPECT_EQ(many.entries, one.entries);
      EXPECT_EQ(many.baselines, one.baselines);
    }
  }
}

// Rows of two in a shop where everything is bought with everything: what is left of the matrix is far from positive
// definite.
TEST(FitCartWeights, CountsCutShortStillGiveFiniteWeights) {
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t buyer = 0; buyer < 200; ++buyer) {
    ReferenceBasket basket{buyer, {}};
    for (std::size_t p = 0; p < kProducts; ++p) {
      if ((buyer + p) % 7 != 0) basket.products.push_back(ProductAt(p));
    }
    baskets.push_back(basket);
  }
  CountOptions count;
  count.row_length = 2;
  FitOptions options;
  options.lambda = 1e-3;
  options.centred = true;
  const CartWeights weights = FitCartWeights(CartCounts(BasketSetOf(kProducts, baskets), count), options);
  EXPECT_FALSE(weights.entries.empty());
  for (const CartWeight& weight : weights.entries) EXPECT_TRUE(std::isfinite(weight.weight));
}

// Two products that are always bought together, a third with either: a sum of lists counts their say twice.
TEST(FitCartWeights, ProductsThatSayTheSameShareTheirSay) {
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t buyer = 0; buyer < 1000; ++buyer) {
    ReferenceBasket basket{buyer, {ProductAt(3)}};
    if (buyer % 2 == 0) basket.products = {ProductAt(0), ProductAt(1)};
    if (buyer % 4 == 0) basket.products.push_back(ProductAt(2));
    baskets.push_back(basket);
  }
  FitOptions options;
  options.lambda = 1e-2;
  const CartWeights weights = FitCartWeights(CartCounts(BasketSetOf(4, baskets), EveryPairAlike()), options);
  EXPECT_NEAR(WeightOf(weights, 0, 2), 0.25, 1e-2);
  EXPECT_NEAR(WeightOf(weights, 0, 2) + WeightOf(weights, 1, 2), 0.5, 1e-2) << "half of the baskets with both have it";
}

TEST(SumOfLists, AddsUpWhatEachListSaysWhateverTheirOrder) {
  const std::vector<CartWeight> a = {{ProductAt(4), 0.5F}, {ProductAt(1), -0.25F}};
  const std::vector<CartWeight> b = {{ProductAt(2), 0.125F}, {ProductAt(4), 1e-8F}};
  const std::vector<CartWeight> c = {{ProductAt(4), -0.5F}};
  const absl::Span<const CartWeight> forwards[] = {a, b, {}, c};
  const absl::Span<const CartWeight> backwards[] = {c, {}, b, a};
  const std::vector<CartWeight> sums = SumOfLists(forwards);
  ASSERT_EQ(sums.size(), 3u);
  EXPECT_EQ(sums[0], (CartWeight{ProductAt(1), -0.25F}));
  EXPECT_EQ(sums[1], (CartWeight{ProductAt(2), 0.125F}));
  EXPECT_EQ(sums[2].other, ProductAt(4));
  EXPECT_NEAR(sums[2].weight, 1e-8, 1e-7);
  EXPECT_EQ(sums, SumOfLists(backwards)) << "to the bit";
  EXPECT_TRUE(SumOfLists({}).empty());
}

}  // namespace
}  // namespace awase::cart
