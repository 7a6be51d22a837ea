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

std::int64_t HistoryCosts::TotalOf(const plans::Configuration& configuration) const {
  std::int64_t total = 0;
  for (const std::vector<MetricUse>& uses : rows_) total += CostOf(configuration, uses).total_minor();
  return total;
}

}  // namespace awase::plans_internal
