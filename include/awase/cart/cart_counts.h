#ifndef AWASE_CART_CART_COUNTS_H_
#define AWASE_CART_CART_COUNTS_H_

// How often products meet in baskets, as the cart model learns from it: the matrix XᵀWX over baskets (X: 0 and 1, W: a
// weight per basket), of which each row keeps its largest numbers. For counts that people see: relations/relation.h.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::cart {

struct CountOptions {
  // Behaviour.
  std::uint32_t min_buyers = 2;  // pairs of fewer distinct buyers are as if they had never met: nobody is singled out
  // A basket b weighs |b|^−this, scaled so that a purchase weighs 1 on average: a long one says less about each of its
  // pairs. Figures are in docs/adr/0006-carts-are-a-neighbourhood-ridge.md.
  double basket_size_exponent = 0.5;
  std::size_t row_length = 512;  // of each product's row, the largest counts that are kept; at least 1
  // Performance only: the result is the same for any number.
  std::size_t threads = 1;
};

// Immutable; thread-safe.
class CartCounts {
 public:
  struct Pair {
    ProductIndex other;
    float count;  // weight of the baskets with both
  };

  // O(Σ |b|²). Memory: 8 bytes for each pair that is kept, at most row_length for a product; while counting another
  // 4 bytes a line, 4 a basket and 32 a product, and on each thread 4 a product and 20 a pair of the longest row.
  CartCounts(const orders::BasketSet& baskets, const CountOptions& options);

  std::size_t product_count() const { return units_.size(); }
  // Weight of all baskets, and of those with the product.
  double total() const { return total_; }
  float units(ProductIndex product) const { return units_[Slot(product)]; }
  // The product's row, by product, without itself.
  absl::Span<const Pair> row(ProductIndex product) const {
    return absl::MakeConstSpan(pairs_).subspan(offsets_[Slot(product)],
                                               offsets_[Slot(product) + 1] - offsets_[Slot(product)]);
  }

 private:
  double total_ = 0;
  std::vector<float> units_;
  std::vector<std::uint64_t> offsets_;
  std::vector<Pair> pairs_;
};

}  // namespace awase::cart

#endif  // AWASE_CART_CART_COUNTS_H_
