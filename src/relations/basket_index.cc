#include "awase/relations/basket_index.h"

namespace awase::relations {

BasketIndex::BasketIndex(const orders::BasketSet& baskets)
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

RowCounter::RowCounter(const BasketIndex& index) : index_(index), place_(index.product_count(), 0) {}

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
