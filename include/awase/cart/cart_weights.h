#ifndef AWASE_CART_CART_WEIGHTS_H_
#define AWASE_CART_CART_WEIGHTS_H_

// What a cart as a whole asks for: a ridge regression per product on its nearest products, instead of adding up lists.
//
//   const CartCounts counts(baskets, CountOptions());
//   const CartWeights weights = FitCartWeights(counts, {.neighbours = 100, .lambda = 50});
//
// A cart C gives product j the score baseline_j + Σ w_ij over the products i of C: two products that say the same thing
// share their say, where a sum of lists would count it twice. Formula and sources: docs/relevance.md.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/cart/cart_counts.h"

namespace awase::cart {

struct FitOptions {
  // Behaviour.
  std::size_t neighbours = 100;  // K ≥ 1: on how many products each one is regressed
  double lambda = 50;            // λ > 0: how many purchases it takes to be believed
  // Whether being popular counts for itself: regress what is above the average basket, and let the average be each
  // product's baseline. Where false, all baselines are 0.
  bool centred = false;
  std::size_t list_length = 256;  // of each product's list, the strongest weights that are kept; at least 1
  // Performance only: the result is the same bytes for any number.
  std::size_t threads = 1;
};

// Stored as such in the artefact (docs/model_format.md), so the layout is fixed.
struct CartWeight {
  ProductIndex other;  // j
  float weight;        // w_ij: what having i in the cart adds to j's score; may be negative

  friend bool operator==(const CartWeight&, const CartWeight&) = default;
};
static_assert(sizeof(CartWeight) == 8);

// As it is ranked within a list: the strongest first, whatever the sign, ties by product.
inline bool IsStronger(const CartWeight& a, const CartWeight& b) {
  const float strength_a = a.weight < 0 ? -a.weight : a.weight;
  const float strength_b = b.weight < 0 ? -b.weight : b.weight;
  return strength_a != strength_b ? strength_a > strength_b : a.other < b.other;
}

struct CartWeights {
  std::vector<std::uint64_t> offsets;  // product i's list is entries[offsets[i] … offsets[i+1])
  std::vector<CartWeight> entries;     // by IsStronger
  std::vector<float> baselines;        // per product

  absl::Span<const CartWeight> list(ProductIndex product) const {
    return absl::MakeConstSpan(entries).subspan(offsets[Slot(product)],
                                                offsets[Slot(product) + 1] - offsets[Slot(product)]);
  }
};

// What the lists of a cart's products come to: for each product that one of them names the sum of its weights, once, by
// product. The order of the lists makes no difference, down to the bit. O(n log n) in their entries.
std::vector<CartWeight> SumOfLists(absl::Span<const absl::Span<const CartWeight>> lists);

// O(products · K · (K² + row length)). Memory beside the result: 8 bytes · K for each product with a row, and on each
// thread 4 a product and 8 · K².
CartWeights FitCartWeights(const CartCounts& counts, const FitOptions& options);

}  // namespace awase::cart

#endif  // AWASE_CART_CART_WEIGHTS_H_
