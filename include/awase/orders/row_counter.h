#ifndef AWASE_ORDERS_ROW_COUNTER_H_
#define AWASE_ORDERS_ROW_COUNTER_H_

// Single rows of the co-purchase counts, straight from the baskets: for the products that a trial asks about and for the
// cart model, where relations::BuildRelation would count all pairs with their evidence.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/basket_index.h"

namespace awase::orders {

// Counts one row after the other. single-thread: each thread has its own.
class RowCounter {
 public:
  struct Pair {
    ProductIndex other;
    std::uint32_t units = 0;   // n_ij
    std::uint32_t buyers = 0;  // distinct ones of those
    std::uint32_t last_buyer = 0;
    float weight = 0;  // of the baskets with both, added up in their order: the same from either side, to the bit
  };

  // Borrows the index. Memory: 4 bytes a product, 20 a pair of the longest row.
  explicit RowCounter(const BasketIndex& index);

  // All products that share a basket with `product`, in no order; the span lives until the next call. `basket_weights`
  // has a weight for each basket, or is empty: then each weighs 1. O(sizes of the product's baskets).
  absl::Span<const Pair> Count(ProductIndex product, absl::Span<const float> basket_weights = {});

 private:
  void FetchAhead(absl::Span<const std::uint32_t> baskets, std::size_t at, absl::Span<const float> weights) const;

  const BasketIndex& index_;
  std::vector<std::uint32_t> place_;  // per product: 1 + its place in row_, 0 = not met yet
  std::vector<Pair> row_;
};

}  // namespace awase::orders

#endif  // AWASE_ORDERS_ROW_COUNTER_H_
