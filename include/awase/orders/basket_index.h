#ifndef AWASE_ORDERS_BASKET_INDEX_H_
#define AWASE_ORDERS_BASKET_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::orders {

// Which baskets each product is in: the transpose of a BasketSet, which it borrows. Immutable; thread-safe.
class BasketIndex {
 public:
  // O(size of the set). Memory: 4 bytes a line, 8 a product.
  explicit BasketIndex(const BasketSet& baskets);

  const BasketSet& baskets() const { return *baskets_; }
  std::size_t product_count() const { return baskets_->product_count; }

  // Ascending positions in baskets().
  absl::Span<const std::uint32_t> baskets_with(ProductIndex product) const {
    return absl::MakeConstSpan(positions_)
        .subspan(offsets_[Slot(product)], offsets_[Slot(product) + 1] - offsets_[Slot(product)]);
  }

  // n_i: in how many baskets the product is.
  std::uint32_t units(ProductIndex product) const {
    return static_cast<std::uint32_t>(offsets_[Slot(product) + 1] - offsets_[Slot(product)]);
  }

 private:
  const BasketSet* baskets_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace awase::orders

#endif  // AWASE_ORDERS_BASKET_INDEX_H_
