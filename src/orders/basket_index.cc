#include "awase/orders/basket_index.h"

namespace awase::orders {

BasketIndex::BasketIndex(const BasketSet& baskets)
    : baskets_(&baskets), offsets_(baskets.product_count + 1), positions_(baskets.products.size()) {
  for (const ProductIndex product : baskets.products) ++offsets_[Slot(product) + 1];
  for (std::size_t p = 0; p < baskets.product_count; ++p) offsets_[p + 1] += offsets_[p];
  std::vector<std::uint64_t> next(offsets_.begin(), offsets_.end() - 1);
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    for (const ProductIndex product : baskets.basket(b)) {
      positions_[next[Slot(product)]++] = static_cast<std::uint32_t>(b);
    }
  }
}

}  // namespace awase::orders
