#ifndef AWASE_TESTS_TESTING_BASKET_BUILDER_H_
#define AWASE_TESTS_TESTING_BASKET_BUILDER_H_

// BasketSets for tests: orders::BuildBaskets' result without its way there.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "awase/orders/baskets.h"
#include "tests/testing/reference_relation.h"

namespace awase::testing {

inline orders::BasketSet BasketSetOf(std::size_t products, std::vector<ReferenceBasket> baskets) {
  std::stable_sort(baskets.begin(), baskets.end(), [](const auto& a, const auto& b) { return a.buyer < b.buyer; });
  orders::BasketSet set;
  set.product_count = products;
  for (ReferenceBasket& basket : baskets) {
    std::sort(basket.products.begin(), basket.products.end());
    set.products.insert(set.products.end(), basket.products.begin(), basket.products.end());
    set.offsets.push_back(set.products.size());
    set.buyers.push_back(basket.buyer);
    set.time_micros.push_back(orders::kNoTime);
    set.buyer_count = basket.buyer + std::size_t{1};
  }
  return set;
}

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_BASKET_BUILDER_H_
