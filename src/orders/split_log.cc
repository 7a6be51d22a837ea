#include "awase/orders/split_log.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <vector>

namespace awase::orders {
namespace {

// Where an order stands among all: by time, then by key.
struct Place {
  std::int64_t time;
  IdKey key;

  friend auto operator<=>(const Place&, const Place&) = default;
};

Place PlaceOf(const OrderLog& log, std::size_t order) { return {log.order_times[order], log.order_keys[order]}; }

bool BuysSomething(const OrderLog& log, std::size_t order) {
  for (std::uint64_t i = log.line_offsets[order]; i < log.line_offsets[order + 1]; ++i) {
    const OrderLine line = log.line(i);
    if (line.status == LineStatus::kCompleted && line.quantity_milli > 0) return true;
  }
  return false;
}

constexpr std::uint32_t kNotSelected = 0xFFFFFFFF;

// The numbers of `orders` that are selected, as numbers of the selection.
std::vector<std::uint32_t> Renumber(const std::vector<std::uint32_t>& orders,
                                    const std::vector<std::uint32_t>& new_number) {
  std::vector<std::uint32_t> renumbered;
  for (const std::uint32_t order : orders) {
    if (new_number[order] != kNotSelected) renumbered.push_back(new_number[order]);
  }
  return renumbered;
}

// The orders with is_chosen[order] == chosen. What is in canonical order stays so when some of it goes.
OrderLog Select(const OrderLog& log, const std::vector<bool>& is_chosen, bool chosen) {
  OrderLog selected;
  std::vector<std::uint32_t> new_number(log.order_count(), kNotSelected);
  auto large = log.large_quantities.begin();
  for (std::size_t order = 0; order < log.order_count(); ++order) {
    const std::uint64_t first = log.line_offsets[order];
    const std::uint64_t last = log.line_offsets[order + 1];
    const bool wanted = is_chosen[order] == chosen;
    for (; large != log.large_quantities.end() && large->line < last; ++large) {
      if (wanted) {
        selected.large_quantities.push_back({selected.lines.size() + (large->line - first), large->quantity_milli});
      }
    }
    if (!wanted) continue;
    new_number[order] = static_cast<std::uint32_t>(selected.order_keys.size());
    selected.order_keys.push_back(log.order_keys[order]);
    selected.order_customers.push_back(log.order_customers[order]);
    selected.order_times.push_back(log.order_times[order]);
    selected.lines.insert(selected.lines.end(), log.lines.begin() + static_cast<std::ptrdiff_t>(first),
                          log.lines.begin() + static_cast<std::ptrdiff_t>(last));
    selected.line_offsets.push_back(selected.lines.size());
  }
  selected.orders_with_returns = Renumber(log.orders_with_returns, new_number);
  selected.orders_with_two_customers = Renumber(log.orders_with_two_customers, new_number);
  selected.customer_keys = log.customer_keys;
  selected.product_ids = log.product_ids;
  selected.observed_prices = log.observed_prices;
  return selected;
}

}  // namespace

LogSplit SplitLog(const OrderLog& log, double share) {
  std::vector<Place> buying;
  for (std::size_t order = 0; order < log.order_count(); ++order) {
    if (BuysSomething(log, order)) buying.push_back(PlaceOf(log, order));
  }
  const auto earlier = static_cast<std::size_t>(std::llround(share * static_cast<double>(buying.size())));
  std::vector<bool> is_later(log.order_count(), false);
  LogSplit split;
  if (earlier < buying.size()) {
    const auto first_later = buying.begin() + static_cast<std::ptrdiff_t>(earlier);
    std::nth_element(buying.begin(), first_later, buying.end());
    for (std::size_t order = 0; order < log.order_count(); ++order)
      is_later[order] = PlaceOf(log, order) >= *first_later;
    split.later_from_micros = first_later->time;
  }
  split.by_time = std::any_of(buying.begin(), buying.end(), [](const Place& place) { return place.time != kNoTime; });
  split.earlier = Select(log, is_later, false);
  split.later = Select(log, is_later, true);
  return split;
}

OrderLog WithoutOrdersOf(const OrderLog& log, const OrderLog& known) {
  std::vector<IdKey> keys(known.order_keys.begin(), known.order_keys.end());
  std::sort(keys.begin(), keys.end());
  std::vector<bool> is_new(log.order_count());
  for (std::size_t order = 0; order < log.order_count(); ++order) {
    is_new[order] = !std::binary_search(keys.begin(), keys.end(), log.order_keys[order]);
  }
  return Select(log, is_new, true);
}

}  // namespace awase::orders
