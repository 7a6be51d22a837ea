#include "awase/relations/row_counter.h"

#include <random>

#include "awase/relations/basket_size_factor.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::relations {
namespace {

using testing::ReferenceBasket;

TEST(BasketSizeFactor, IsOneMinusOneOverSizeForEqualBasketsAndLargerForUnequal) {
  const auto set_of = [](const std::vector<std::size_t>& sizes) {
    std::vector<testing::ReferenceBasket> baskets;
    for (const std::size_t size : sizes) {
      testing::ReferenceBasket basket{static_cast<std::uint32_t>(baskets.size()), {}};
      for (std::size_t i = 0; i < size; ++i) basket.products.push_back(ProductAt(i));
      baskets.push_back(basket);
    }
    return testing::BasketSetOf(100, baskets);
  };
  EXPECT_NEAR(BasketSizeFactor(set_of({4, 4, 4})), 0.75, 1e-12);
  EXPECT_NEAR(BasketSizeFactor(set_of({1, 1, 10})), 3.0 * 90 / 144, 1e-12);
  EXPECT_EQ(BasketSizeFactor(set_of({})), 1);
}

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
    const orders::BasketSet set = testing::BasketSetOf(kProducts, baskets);
    const testing::ReferenceCounts expected = testing::CountByLoops(kProducts, baskets);
    const orders::BasketIndex index(set);
    RowCounter counter(index);
    const std::vector<float> weights(set.size(), 0.5F);
    for (std::size_t i = 0; i < kProducts; ++i) {
      EXPECT_EQ(index.units(ProductAt(i)), expected.units[i]);
      std::vector<std::uint32_t> row(kProducts, 0);
      for (const RowCounter::Pair& pair : counter.Count(ProductAt(i), weights)) {
        EXPECT_NE(pair.other, ProductAt(i));
        EXPECT_EQ(pair.weight, 0.5F * static_cast<float>(pair.units));
        row[Slot(pair.other)] = pair.units;
      }
      for (std::size_t j = 0; j < kProducts; ++j) {
        EXPECT_EQ(row[j], i == j ? 0 : expected.pair(i, j)) << "seed " << seed << ", pair " << i << ", " << j;
      }
    }
  }
}

TEST(RowCounter, HasAnEmptyRowForAProductWithoutOrders) {
  const orders::BasketSet set = testing::BasketSetOf(3, {{0, {ProductAt(0), ProductAt(1)}}});
  const orders::BasketIndex index(set);
  RowCounter counter(index);
  EXPECT_EQ(counter.Count(ProductAt(0)).size(), 1u);
  EXPECT_TRUE(counter.Count(ProductAt(2)).empty());
}

}  // namespace
}  // namespace awase::relations
