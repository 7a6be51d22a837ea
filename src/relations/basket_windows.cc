#include "awase/relations/basket_windows.h"

#include <algorithm>
#include <utility>

namespace awase::relations {
namespace {

using orders::BasketSet;
using orders::kNoTime;
using Window = BasketWindows::Window;

// Baskets are sorted by buyer: where those of `buyer` are.
Window BasketsOf(const BasketSet& baskets, std::uint32_t buyer) {
  const auto range = std::equal_range(baskets.buyers.begin(), baskets.buyers.end(), buyer);
  return {static_cast<std::uint32_t>(range.first - baskets.buyers.begin()),
          static_cast<std::uint32_t>(range.second - baskets.buyers.begin())};
}

// The first of `baskets` with a time of more than `micros`. They are sorted by time, those without one first.
std::uint32_t FirstAfter(const BasketSet& set, Window baskets, std::int64_t micros) {
  const auto begin = set.time_micros.begin();
  return static_cast<std::uint32_t>(std::upper_bound(begin + baskets.first, begin + baskets.last, micros) - begin);
}

// How long after its time a basket may have been bought: a date stands for all of its day.
std::int64_t SpanOfTimes(const BasketSet& baskets) {
  constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60 * 1'000'000;
  const bool are_dates = std::all_of(baskets.time_micros.begin(), baskets.time_micros.end(),
                                     [](std::int64_t time) { return time == kNoTime || time % kDay == 0; });
  return are_dates ? kDay - 1 : 0;
}

std::size_t DistinctProducts(const BasketSet& set, Window baskets) {
  std::vector<ProductIndex> products(set.products.begin() + static_cast<std::ptrdiff_t>(set.offsets[baskets.first]),
                                     set.products.begin() + static_cast<std::ptrdiff_t>(set.offsets[baskets.last]));
  std::sort(products.begin(), products.end());
  return static_cast<std::size_t>(std::unique(products.begin(), products.end()) - products.begin());
}

}  // namespace

bool BasketWindows::IsEmpty() const {
  return std::all_of(windows.begin(), windows.end(), [](const Window& w) { return w.first == w.last; });
}

std::vector<std::uint32_t> CustomersWithin(const BasketSet& baskets, std::uint32_t customer_count,
                                           std::size_t max_products, std::uint64_t* too_large) {
  std::vector<std::uint32_t> within;
  *too_large = 0;
  for (std::uint32_t b = 0; b < baskets.size() && baskets.buyers[b] < customer_count;) {
    Window own{b, b};
    while (own.last < baskets.size() && baskets.buyers[own.last] == baskets.buyers[b]) ++own.last;
    // Hardly anybody has so many lines that it is worth looking which are of the same product.
    const std::uint64_t lines = baskets.offsets[own.last] - baskets.offsets[own.first];
    if (lines > max_products && DistinctProducts(baskets, own) > max_products) {
      ++*too_large;
    } else {
      within.push_back(baskets.buyers[b]);
    }
    b = own.last;
  }
  return within;
}

BasketWindows WindowsAfter(const BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                           std::int64_t window_micros) {
  BasketWindows windows;
  windows.from = windows.to = &baskets;
  windows.windows.resize(baskets.size());
  for (const std::uint32_t buyer : buyers) {
    const Window own = BasketsOf(baskets, buyer);
    for (std::uint32_t b = own.first; b < own.last; ++b) {
      const std::int64_t time = baskets.time_micros[b];
      if (time == kNoTime) continue;
      windows.windows[b] = {FirstAfter(baskets, own, time), FirstAfter(baskets, own, time + window_micros)};
    }
  }
  return windows;
}

BasketWindows WindowsAround(const BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                            std::int64_t window_micros) {
  BasketWindows windows;
  windows.from = windows.to = &baskets;
  windows.windows.resize(baskets.size());
  windows.is_directed = false;
  for (const std::uint32_t buyer : buyers) {
    const Window own = BasketsOf(baskets, buyer);
    for (std::uint32_t b = own.first; b < own.last; ++b) {
      const std::int64_t time = baskets.time_micros[b];
      windows.windows[b] = time == kNoTime ? Window{b, b + 1}
                                           : Window{FirstAfter(baskets, own, time - window_micros - 1),
                                                    FirstAfter(baskets, own, time + window_micros)};
    }
  }
  return windows;
}

bool HistoriesFit(const BasketSet& baskets, absl::Span<const std::uint32_t> buyers, std::int64_t window_micros) {
  bool any_time = false;
  bool all_fit = true;
  for (const std::uint32_t buyer : buyers) {
    const Window own = BasketsOf(baskets, buyer);
    const std::int64_t earliest = baskets.time_micros[own.first];
    const std::int64_t latest = baskets.time_micros[own.last - 1];
    any_time = any_time || latest != kNoTime;
    if (own.last - own.first == 1) continue;
    all_fit = all_fit && earliest != kNoTime && latest - earliest <= window_micros;
  }
  return all_fit || !any_time;
}

BasketWindows WindowsOfSessions(const BasketSet& sessions, absl::Span<const std::uint32_t> customer_of,
                                const BasketSet& baskets, std::int64_t window_micros) {
  BasketWindows windows;
  windows.from = &sessions;
  windows.to = &baskets;
  windows.unit = BasketWindows::Unit::kBasket;
  windows.windows.resize(sessions.size());
  const std::int64_t span = SpanOfTimes(baskets);
  for (std::size_t s = 0; s < sessions.size(); ++s) {
    const std::int64_t time = sessions.time_micros[s];
    const std::uint32_t buyer = sessions.buyers[s];
    if (time == kNoTime || buyer >= customer_of.size() || customer_of[buyer] == orders::kNoCustomer) continue;
    const Window own = BasketsOf(baskets, customer_of[buyer]);
    windows.windows[s] = {FirstAfter(baskets, own, time - span - 1), FirstAfter(baskets, own, time + window_micros)};
  }
  return windows;
}

}  // namespace awase::relations
