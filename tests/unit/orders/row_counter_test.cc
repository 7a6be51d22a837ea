#include "awase/orders/row_counter.h"

#include <random>

#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::orders {
namespace {

using testing::ReferenceBasket;

std::vector<ReferenceBasket> RandomBaskets(std::size_t products, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 60; ++b) {
    ReferenceBasket basket{b / 2, {}};
    for (std::size_t p = 0; p < products; ++p) {
      if (random() % 4 == 0) basket.products.push_back(ProductAt(p));
    }
    baskets.push_back(basket);
  }
  return baskets;
}

TEST(RowCounter, CountsWhatTheReferenceCounts) {
  constexpr std::size_t kProducts = 9;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<ReferenceBasket> baskets = RandomBaskets(kProducts, seed);
    const BasketSet set = testing::BasketSetOf(kProducts, baskets);
    const testing::ReferenceCounts expected = testing::CountByLoops(kProducts, baskets);
    const BasketIndex index(set);
    RowCounter counter(index);
    const std::vector<float> weights(set.size(), 0.5F);
    for (std::size_t i = 0; i < kProducts; ++i) {
      EXPECT_EQ(index.units(ProductAt(i)), expected.units[i]);
      std::vector<std::uint32_t> row(kProducts, 0);
      std::vector<std::uint32_t> buyers(kProducts, 0);
      for (const RowCounter::Pair& pair : counter.Count(ProductAt(i), weights)) {
        EXPECT_NE(pair.other, ProductAt(i));
        EXPECT_EQ(pair.weight, 0.5F * static_cast<float>(pair.units));
        row[Slot(pair.other)] = pair.units;
        buyers[Slot(pair.other)] = pair.buyers;
      }
      for (std::size_t j = 0; j < kProducts; ++j) {
        EXPECT_EQ(row[j], i == j ? 0 : expected.pair(i, j)) << "seed " << seed << ", pair " << i << ", " << j;
        EXPECT_EQ(buyers[j], i == j ? 0 : expected.pair_buyers(i, j)) << "seed " << seed << ", " << i << ", " << j;
      }
    }
  }
}

TEST(RowCounter, HasAnEmptyRowForAProductWithoutOrders) {
  const BasketSet set = testing::BasketSetOf(3, {{0, {ProductAt(0), ProductAt(1)}}});
  const BasketIndex index(set);
  RowCounter counter(index);
  EXPECT_EQ(counter.Count(ProductAt(0)).size(), 1u);
  EXPECT_TRUE(counter.Count(ProductAt(2)).empty());
}

}  // namespace
}  // namespace awase::orders
