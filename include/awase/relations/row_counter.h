#ifndef AWASE_RELATIONS_ROW_COUNTER_H_
#define AWASE_RELATIONS_ROW_COUNTER_H_

// Single rows of the co-purchase counts, straight from the baskets: for the few products that a trial asks about, where
// BuildRelation would count all of them.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/basket_index.h"

namespace awase::relations {

// Counts one row after the other. single-thread: each thread has its own.
class RowCounter {
 public:
  struct Pair {
    ProductIndex other;
    std::uint32_t units;  // n_ij
    float weight;         // sum of the weights of the baskets with both
  };

  // Borrows the index. Memory: 8 bytes a product.
  explicit RowCounter(const orders::BasketIndex& index);

  // All products that share a basket with `product`, in no order; the span lives until the next call. `basket_weights`
  // has a weight for each basket, or is empty: then each weighs 1. O(sizes of the product's baskets).
  absl::Span<const Pair> Count(ProductIndex product, absl::Span<const float> basket_weights = {});

 private:
  const orders::BasketIndex& index_;
  std::vector<std::uint32_t> place_;  // per product: 1 + its place in row_, 0 = not met yet
  std::vector<Pair> row_;
};

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_ROW_COUNTER_H_
