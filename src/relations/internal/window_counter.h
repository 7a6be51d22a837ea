#ifndef AWASE_RELATIONS_INTERNAL_WINDOW_COUNTER_H_
#define AWASE_RELATIONS_INTERNAL_WINDOW_COUNTER_H_

// The counting kernel of basket windows: what one product meets in the windows of its baskets.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/huge_array.h"
#include "awase/base/product_index.h"
#include "awase/orders/basket_index.h"
#include "awase/relations/basket_windows.h"

namespace awase::relations_internal {

// What a product has with another one.
struct WindowPair {
  std::uint32_t last_unit = 0;  // 1 + the last unit that has the pair
  std::uint32_t units = 0;
  std::uint32_t buyers = 0;  // distinct, of the units
  double weight = 0;         // sum of the units' weights
};

// One thread's counters: 24 bytes per product, and 4 for those met. Borrows all. single-thread.
class WindowCounter {
 public:
  // `from`: the index of windows.from. `weights`: by unit.
  WindowCounter(const relations::BasketWindows& windows, const orders::BasketIndex& from,
                absl::Span<const float> weights);

  // Counts the pairs of `product`; what others() and pair() say holds until the next call. Units come in their order,
  // so that sums of weights are the same on any thread.
  void Count(ProductIndex product);

  // Each product met once, in no order; `product` itself may be among them.
  absl::Span<const std::uint32_t> others() const { return absl::MakeConstSpan(met_.data(), met_size_); }
  const WindowPair& pair(std::uint32_t other) const { return pairs_[other]; }

 private:
  void AddLines(absl::Span<const ProductIndex> lines);

  const relations::BasketWindows& windows_;
  const orders::BasketIndex& from_;
  const absl::Span<const float> weights_;
  HugeArray<WindowPair> pairs_;  // by product
  HugeArray<std::uint32_t> met_;
  std::size_t met_size_ = 0;
  // Of the unit that is being added.
  std::uint32_t unit_ = 0;          // 1 + its number
  std::uint32_t buyers_first_ = 0;  // the like of its buyer's first unit with the product
  double weight_ = 0;
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_WINDOW_COUNTER_H_
