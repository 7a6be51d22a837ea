#ifndef AWASE_RELATIONS_BASKET_INDEX_H_
#define AWASE_RELATIONS_BASKET_INDEX_H_

// Single rows of the co-purchase counts, straight from the baskets: for the few products that a trial asks about, where
// BuildRelation would count all of them.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::relations {

// Which baskets each product is in: the transpose of a BasketSet, which it borrows. Immutable; thread-safe.
class BasketIndex {
 public:
  // O(size of the set). Memory: 4 bytes a line, 8 a product.
  explicit BasketIndex(const orders::BasketSet& baskets);

  const orders::BasketSet& baskets() const { return *baskets_; }
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
  const orders::BasketSet* baskets_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::uint32_t> positions_;
};

// Counts one row after the other. single-thread: each thread has its own.
class RowCounter {
 public:
  struct Pair {
    ProductIndex other;
    std::uint32_t units;  // n_ij
    float weight;         // sum of the weights of the baskets with both
  };

  // Borrows the index. Memory: 8 bytes a product.
  explicit RowCounter(const BasketIndex& index);

  // All products that share a basket with `product`, in no order; the span lives until the next call. `basket_weights`
  // has a weight for each basket, or is empty: then each weighs 1. O(sizes of the product's baskets).
  absl::Span<const Pair> Count(ProductIndex product, absl::Span<const float> basket_weights = {});

 private:
  const BasketIndex& index_;
  std::vector<std::uint32_t> place_;  // per product: 1 + its place in row_, 0 = not met yet
  std::vector<Pair> row_;
};

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_BASKET_INDEX_H_
