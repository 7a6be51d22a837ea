#include "awase/orders/row_counter.h"

namespace awase::orders {
namespace {

constexpr std::size_t kAhead = 8;  // baskets: what is fetched takes about as long as adding so many

}  // namespace

RowCounter::RowCounter(const BasketIndex& index) : index_(index), place_(index.product_count(), 0) {}

absl::Span<const RowCounter::Pair> RowCounter::Count(ProductIndex product, absl::Span<const float> basket_weights) {
  for (const Pair& pair : row_) place_[Slot(pair.other)] = 0;
  row_.clear();
  const absl::Span<const std::uint32_t> baskets = index_.baskets_with(product);
  for (std::size_t i = 0; i < baskets.size(); ++i) {
    FetchAhead(baskets, i, basket_weights);
    const std::uint32_t b = baskets[i];
    const float weight = basket_weights.empty() ? 1 : basket_weights[b];
    const std::uint32_t buyer = index_.baskets().buyers[b];
    for (const ProductIndex other : index_.baskets().basket(b)) {
      if (other == product) continue;
      std::uint32_t& place = place_[Slot(other)];
      if (place == 0) {
        row_.push_back({.other = other});
        place = static_cast<std::uint32_t>(row_.size());
      }
      Pair& pair = row_[place - 1];
      if (pair.units == 0 || pair.last_buyer != buyer) ++pair.buyers;  // baskets are sorted by buyer
      pair.last_buyer = buyer;
      ++pair.units;
      pair.weight += weight;
    }
  }
  return row_;
}

// The baskets of a product lie anywhere: where each is, and then what it holds, is fetched before it is asked for.
void RowCounter::FetchAhead(absl::Span<const std::uint32_t> baskets, std::size_t at,
                            absl::Span<const float> weights) const {
  const BasketSet& set = index_.baskets();
  if (at + 2 * kAhead < baskets.size()) {
    const std::uint32_t later = baskets[at + 2 * kAhead];
    __builtin_prefetch(&set.offsets[later]);
    __builtin_prefetch(&set.buyers[later]);
    if (!weights.empty()) __builtin_prefetch(&weights[later]);
  }
  if (at + kAhead < baskets.size()) __builtin_prefetch(&set.products[set.offsets[baskets[at + kAhead]]]);
}

}  // namespace awase::orders
