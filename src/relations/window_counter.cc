#include "relations/internal/window_counter.h"

#include <algorithm>

namespace awase::relations_internal {

using relations::BasketWindows;

constexpr std::size_t kAhead = 8;  // baskets: what is fetched takes about as long as adding so many

WindowCounter::WindowCounter(const BasketWindows& windows, const orders::BasketIndex& from,
                             absl::Span<const float> weights)
    : windows_(windows),
      from_(from),
      weights_(weights),
      pairs_(windows.to->product_count),
      met_(windows.to->product_count + 1) {}  // one more: see AddLines

void WindowCounter::Count(ProductIndex product) {
  for (const std::uint32_t other : others()) pairs_[other] = WindowPair();
  met_size_ = 0;
  unit_ = 0;
  std::uint32_t buyer = orders::kNoCustomer;
  std::uint32_t done = 0;  // baskets of the windows before it were added for the unit
  const orders::BasketSet& to = *windows_.to;
  const absl::Span<const std::uint32_t> baskets = from_.baskets_with(product);
  for (std::size_t i = 0; i < baskets.size(); ++i) {
    // The baskets of a product lie anywhere: each one's window, where that begins and then what is in it is fetched
    // ahead.
    if (i + 3 * kAhead < baskets.size()) {
      const std::uint32_t later = baskets[i + 3 * kAhead];
      __builtin_prefetch(&windows_.windows[later]);
      __builtin_prefetch(&windows_.from->buyers[later]);
    }
    if (i + 2 * kAhead < baskets.size()) {
      __builtin_prefetch(&to.offsets[windows_.windows[baskets[i + 2 * kAhead]].first]);
    }
    if (i + kAhead < baskets.size()) {
      // One past the last line where the window is behind the last basket.
      __builtin_prefetch(to.products.data() + to.offsets[windows_.windows[baskets[i + kAhead]].first]);
    }
    const std::uint32_t basket = baskets[i];
    const BasketWindows::Window window = windows_.windows[basket];
    if (window.first == window.last) continue;
    const std::uint32_t unit = windows_.unit_of(basket);
    if (unit + 1 != unit_) {
      unit_ = unit + 1;
      weight_ = weights_[unit];
      done = window.first;
      if (windows_.from->buyers[basket] != buyer) buyers_first_ = unit_;
      buyer = windows_.from->buyers[basket];
    }
    // Windows of a unit ascend: what they share was added for an earlier one.
    const std::uint32_t first = std::max(window.first, done);
    if (first >= window.last) continue;
    done = window.last;
    AddLines(absl::MakeConstSpan(to.products).subspan(to.offsets[first], to.offsets[window.last] - to.offsets[first]));
  }
}

// Baskets of a buyer lie side by side, so a window is one run of lines. No branch: whether a line is new to the unit is
// as good as chance.
void WindowCounter::AddLines(absl::Span<const ProductIndex> lines) {
  for (const ProductIndex line : lines) {
    const auto other = static_cast<std::uint32_t>(line);
    WindowPair& pair = pairs_[other];
    met_[met_size_] = other;  // kept only when it is new
    met_size_ += pair.last_unit == 0 ? 1 : 0;
    pair.units += pair.last_unit != unit_ ? 1 : 0;
    pair.buyers += pair.last_unit < buyers_first_ ? 1 : 0;
    pair.weight += pair.last_unit != unit_ ? weight_ : 0;
    pair.last_unit = unit_;
  }
}

}  // namespace awase::relations_internal
