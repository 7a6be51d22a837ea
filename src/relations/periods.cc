#include "relations/internal/periods.h"

#include <algorithm>

#include "awase/orders/order_log.h"
#include "awase/relations/basket_size_factor.h"

namespace awase::relations_internal {
namespace {

using orders::BasketSet;

// The moments at which all periods but the first begin, ascending; empty where no basket has a time.
std::vector<std::int64_t> FirstMoments(const BasketSet& baskets) {
  std::vector<std::int64_t> times;
  times.reserve(baskets.size());
  for (const std::int64_t time : baskets.time_micros) {
    if (time != orders::kNoTime) times.push_back(time);
  }
  std::vector<std::int64_t> moments;
  if (times.empty()) return moments;
  auto from = times.begin();
  for (std::size_t period = 1; period < kPeriods; ++period) {
    const auto cut = times.begin() + static_cast<std::ptrdiff_t>(times.size() * period / kPeriods);
    std::nth_element(from, cut, times.end());
    moments.push_back(*cut);
    from = cut;
  }
  return moments;
}

}  // namespace

Periods SplitIntoPeriods(const BasketSet& baskets) {
  const std::vector<std::int64_t> moments = FirstMoments(baskets);
  Periods periods;
  periods.follow_time = !moments.empty();
  periods.of.resize(baskets.size());
  PerPeriod<relations::BasketSizeSums> sums;
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    const std::int64_t time = baskets.time_micros[b];
    std::size_t period = baskets.buyers[b] % kPeriods;  // one buyer's baskets say the same: they are no test
    if (periods.follow_time) {
      period = time == orders::kNoTime
                   ? 0
                   : static_cast<std::size_t>(std::upper_bound(moments.begin(), moments.end(), time) - moments.begin());
    }
    periods.of[b] = static_cast<std::uint8_t>(period);
    sums[period].Add(baskets.offsets[b + 1] - baskets.offsets[b]);
  }
  for (std::size_t p = 0; p < kPeriods; ++p) {
    periods.units[p] = sums[p].baskets();
    periods.factors[p] = sums[p].Factor();
  }
  return periods;
}

}  // namespace awase::relations_internal
