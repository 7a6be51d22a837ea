#include "awase/relations/basket_size_factor.h"

#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::relations {
namespace {

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

}  // namespace
}  // namespace awase::relations
