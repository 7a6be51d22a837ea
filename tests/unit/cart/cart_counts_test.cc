#include "awase/cart/cart_counts.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/reference_relation.h"
#include "tests/unit/cart/random_baskets.h"

namespace awase::cart {
namespace {

using ::awase::testing::BasketSetOf;
using ::awase::testing::ReferenceBasket;

std::vector<ProductIndex> Products(std::initializer_list<std::size_t> slots) {
  std::vector<ProductIndex> products;
  for (const std::size_t slot : slots) products.push_back(ProductAt(slot));
  return products;
}

TEST(CartCounts, AreThoseOfTheReference) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    constexpr std::size_t kProducts = 12;
    const std::vector<ReferenceBasket> baskets = RandomBaskets(kProducts, 300, seed);
    const testing::ReferenceCounts plain = testing::CountByLoops(kProducts, baskets);
    const std::vector<double> weighed = testing::WeighByLoops(kProducts, baskets, 0.5);
    const CartCounts counts(BasketSetOf(kProducts, baskets), CountOptions());
    // What turns the reference's weights into ours: a purchase weighs 1 on average.
    double purchases = 0;
    double weight = 0;
    for (std::size_t i = 0; i < kProducts; ++i) {
      purchases += plain.units[i];
      weight += weighed[i * kProducts + i];
    }
    for (std::size_t i = 0; i < kProducts; ++i) {
      EXPECT_NEAR(counts.units(ProductAt(i)), weighed[i * kProducts + i] * purchases / weight, 1e-3) << "seed " << seed;
      std::size_t expected = 0;
      for (std::size_t j = 0; j < kProducts; ++j) expected += j != i && plain.pair_buyers(i, j) >= 2 ? 1 : 0;
      ASSERT_EQ(counts.row(ProductAt(i)).size(), expected) << "seed " << seed;
      for (const CartCounts::Pair& pair : counts.row(ProductAt(i))) {
        EXPECT_GE(plain.pair_buyers(i, Slot(pair.other)), 2u);
        EXPECT_NEAR(pair.count, weighed[i * kProducts + Slot(pair.other)] * purchases / weight, 1e-3);
      }
    }
  }
}

TEST(CartCounts, AreTheSameFromBothSidesAndOnAnyNumberOfThreads) {
  constexpr std::size_t kProducts = 200;
  const orders::BasketSet set = BasketSetOf(kProducts, RandomBaskets(kProducts, 3000, 7));
  const CartCounts one(set, CountOptions());
  for (const std::size_t threads : {2, 8}) {
    CountOptions options;
    options.threads = threads;
    const CartCounts many(set, options);
    for (std::size_t i = 0; i < kProducts; ++i) {
      const auto row = one.row(ProductAt(i));
      ASSERT_EQ(many.row(ProductAt(i)).size(), row.size());
      for (std::size_t e = 0; e < row.size(); ++e) {
        EXPECT_EQ(many.row(ProductAt(i))[e].count, row[e].count);
        const auto back = one.row(row[e].other);
        EXPECT_TRUE(std::any_of(back.begin(), back.end(), [&](const CartCounts::Pair& pair) {
          return pair.other == ProductAt(i) && pair.count == row[e].count;
        }));
      }
    }
  }
}

TEST(CartCounts, ALongRowKeepsItsLargestCounts) {
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t buyer = 0; buyer < 9; ++buyer) {
    baskets.push_back({buyer, Products({0, 1})});
    if (buyer < 6) baskets.push_back({buyer, Products({0, 2})});
    if (buyer < 3) baskets.push_back({buyer, Products({0, 3})});
  }
  CountOptions options;
  options.row_length = 2;
  const CartCounts counts(BasketSetOf(4, baskets), options);
  const auto row = counts.row(ProductAt(0));
  ASSERT_EQ(row.size(), 2u);
  EXPECT_EQ(row[0].other, ProductAt(1));
  EXPECT_EQ(row[1].other, ProductAt(2));
  EXPECT_FLOAT_EQ(row[0].count, 9);  // all baskets are of two products
}

TEST(CartCounts, OneFanOfAPairDoesNotCount) {
  const std::vector<ReferenceBasket> baskets = {
      {0, Products({0, 1})}, {0, Products({0, 1})}, {1, Products({0, 2})}, {2, Products({0, 2})}};
  const CartCounts counts(BasketSetOf(3, baskets), CountOptions());
  ASSERT_EQ(counts.row(ProductAt(0)).size(), 1u);
  EXPECT_EQ(counts.row(ProductAt(0))[0].other, ProductAt(2));
  EXPECT_TRUE(counts.row(ProductAt(1)).empty());
}

TEST(CartCounts, OfNothingAreNothing) {
  const CartCounts counts(BasketSetOf(3, {}), CountOptions());
  EXPECT_EQ(counts.product_count(), 3u);
  EXPECT_EQ(counts.total(), 0);
  EXPECT_TRUE(counts.row(ProductAt(2)).empty());
}

}  // namespace
}  // namespace awase::cart
