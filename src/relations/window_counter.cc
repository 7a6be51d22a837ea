#include "relations/internal/window_counter.h"

#include <algorithm>

namespace awase::relations_internal {

using relations::BasketWindows;

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
  for (const std::uint32_t basket : from_.baskets_with(product)) {
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
