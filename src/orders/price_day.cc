#include "orders/internal/price_day.h"

#include <algorithm>
#include <tuple>

namespace awase::orders_internal {

using orders::ObservedPrice;
using orders::PriceCount;

void PriceDay::ObserveOther(const Money& price, std::int64_t day) {
  if (day > day_) {
    day_ = day;
    first_ = {price, 1};
    others_.reset();
    return;
  }
  if (others_ == nullptr) others_ = std::make_unique<Others>();
  ++(*others_)[price];
}

ObservedPrice PriceDay::Take() && {
  ObservedPrice observed;
  observed.day = day_;
  if (first_.lines > 0) observed.of_day.push_back(first_);
  if (others_ != nullptr) {
    for (const auto& [price, lines] : *others_) observed.of_day.push_back({price, lines});
    others_.reset();
  }
  return observed;
}

namespace {

// Puts equal prices together, by currency and price.
void Canonicalise(std::vector<PriceCount>* prices) {
  std::sort(prices->begin(), prices->end(), [](const PriceCount& a, const PriceCount& b) {
    return std::tie(a.price.currency, a.price.minor_units) < std::tie(b.price.currency, b.price.minor_units);
  });
  std::size_t kept = 0;
  for (const PriceCount& next : *prices) {
    if (kept > 0 && (*prices)[kept - 1].price == next.price) {
      (*prices)[kept - 1].lines += next.lines;
    } else {
      (*prices)[kept++] = next;
    }
  }
  prices->resize(kept);
}

// The lower median within the currency of most lines (ties: first by code).
Money LowerMedian(absl::Span<const PriceCount> prices) {
  absl::Span<const PriceCount> best;
  std::uint64_t best_lines = 0;
  for (std::size_t first = 0; first < prices.size();) {
    std::uint64_t lines = 0;
    std::size_t last = first;
    for (; last < prices.size() && prices[last].price.currency == prices[first].price.currency; ++last) {
      lines += prices[last].lines;
    }
    if (lines > best_lines) {
      best = prices.subspan(first, last - first);
      best_lines = lines;
    }
    first = last;
  }
  std::uint64_t before = 0;
  for (const PriceCount& price : best) {
    before += price.lines;
    if (before > (best_lines - 1) / 2) return price.price;
  }
  return best.back().price;
}

}  // namespace

ObservedPrice Summarise(absl::Span<const ObservedPrice* const> days) {
  ObservedPrice result;
  for (const ObservedPrice* day : days) result.day = std::max(result.day, day->day);
  for (const ObservedPrice* day : days) {
    if (day->day == result.day) result.of_day.insert(result.of_day.end(), day->of_day.begin(), day->of_day.end());
  }
  if (result.of_day.empty()) return result;
  Canonicalise(&result.of_day);
  result.price = LowerMedian(result.of_day);
  return result;
}

}  // namespace awase::orders_internal
