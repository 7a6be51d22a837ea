#include "awase/relations/row_counter.h"

namespace awase::relations {

RowCounter::RowCounter(const orders::BasketIndex& index) : index_(index), place_(index.product_count(), 0) {}

absl::Span<const RowCounter::Pair> RowCounter::Count(ProductIndex product, absl::Span<const float> basket_weights) {
  for (const Pair& pair : row_) place_[Slot(pair.other)] = 0;
  row_.clear();
  for (const std::uint32_t b : index_.baskets_with(product)) {
    const float weight = basket_weights.empty() ? 1 : basket_weights[b];
    for (const ProductIndex other : index_.baskets().basket(b)) {
      if (other == product) continue;
      std::uint32_t& place = place_[Slot(other)];
      if (place == 0) {
        row_.push_back({other, 0, 0});
        place = static_cast<std::uint32_t>(row_.size());
      }
      ++row_[place - 1].units;
      row_[place - 1].weight += weight;
    }
  }
  return row_;
}

}  // namespace awase::relations
