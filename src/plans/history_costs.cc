#include "plans/internal/history_costs.h"

#include <algorithm>

namespace awase::plans_internal {

using plans::kSeatsMetric;
using plans::MetricUse;

HistoryCosts::HistoryCosts(const plans::Subscription& subscription, const plans::UsageHistory& history,
                           const FamilyMetrics& metrics) {
  const auto counts = [&metrics](const std::string& metric) {
    if (metric == kSeatsMetric) return metrics.limits_seats;
    return std::binary_search(metrics.names.begin(), metrics.names.end(), metric);
  };
  for (std::size_t period = 0; period < history.periods().size(); ++period) {
    std::vector<MetricUse>& uses = rows_.emplace_back();
    for (const MetricUse& use : history.row(period)) {
      if (counts(use.metric)) uses.push_back(use);
    }
  }
  if (rows_.empty()) rows_.emplace_back();
  if (!subscription.seats.has_value() || !metrics.limits_seats || history.Mentions(kSeatsMetric)) return;
  for (std::vector<MetricUse>& uses : rows_) {
    uses.push_back({std::string(kSeatsMetric), plans::SeatsAsQuantity(*subscription.seats)});
  }
}

HistoryCosts::Total HistoryCosts::Paid(const plans::Configuration& now) const {
  Total total;
  for (const std::vector<MetricUse>& uses : rows_) {
    const plans::Cost cost = CostOf(now, uses);
    total.uncovered_periods += cost.covers() ? 0 : 1;
    total.minor = std::min(total.minor + cost.total_minor(), plans::kMostTotalMinor);
  }
  return total;
}

HistoryCosts::Total HistoryCosts::InsteadOf(const plans::Configuration& now, const plans::Configuration& then) const {
  Total total;
  for (const std::vector<MetricUse>& uses : rows_) {
    const plans::Cost cost = CostOf(then, uses);
    std::int64_t minor = cost.total_minor();
    if (!cost.covers()) {
      ++total.uncovered_periods;
      minor = std::max(minor, CostOf(now, uses).total_minor());
    }
    total.minor = std::min(total.minor + minor, plans::kMostTotalMinor);
  }
  return total;
}

}  // namespace awase::plans_internal
