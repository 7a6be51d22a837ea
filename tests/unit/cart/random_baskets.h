#ifndef AWASE_TESTS_UNIT_CART_RANDOM_BASKETS_H_
#define AWASE_TESTS_UNIT_CART_RANDOM_BASKETS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/testing/reference_relation.h"

namespace awase::cart {

// Baskets in which low products are popular and neighbours like each other; each buyer has two or three.
inline std::vector<testing::ReferenceBasket> RandomBaskets(std::size_t products, std::size_t count,
                                                           std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<testing::ReferenceBasket> baskets;
  for (std::size_t b = 0; b < count; ++b) {
    testing::ReferenceBasket basket{static_cast<std::uint32_t>(b * 2 / 5), {}};
    const std::size_t first = std::min(random() % products, random() % products);
    for (std::size_t line = 0; line < 1 + random() % 5; ++line) {
      basket.products.push_back(ProductAt((first + random() % 4 * line) % products));
    }
    std::sort(basket.products.begin(), basket.products.end());
    basket.products.erase(std::unique(basket.products.begin(), basket.products.end()), basket.products.end());
    baskets.push_back(basket);
  }
  return baskets;
}

}  // namespace awase::cart

#endif  // AWASE_TESTS_UNIT_CART_RANDOM_BASKETS_H_
