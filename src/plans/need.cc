#include "plans/internal/need.h"

#include <algorithm>
#include <cmath>

namespace awase::plans_internal {
namespace {

using plans::Configuration;
using plans::kMicrosPerUnit;
using plans::kMostQuantity;
using plans::kSeatsMetric;
using plans::Quantity;

Quantity WithHeadroom(Quantity use, double headroom) {
  // 1.1 · 10 seats are 11, whatever the nearest double of 0.1 says: a millionth of a millionth is let go.
  const double more = std::ceil(static_cast<double>(use.micros) * headroom * (1 - 1e-12));
  const double room = static_cast<double>(kMostQuantity.micros - use.micros);
  return more >= room ? kMostQuantity : Quantity{use.micros + static_cast<std::int64_t>(more)};
}

// Whole members, and of the headroom only whole seats: one member of a plan for one needs no second seat.
Quantity SeatsWithHeadroom(Quantity use, double headroom) {
  const Quantity members{(use.micros + kMicrosPerUnit - 1) / kMicrosPerUnit * kMicrosPerUnit};
  return Quantity{WithHeadroom(members, headroom).micros / kMicrosPerUnit * kMicrosPerUnit};
}

bool IsEnough(const Configuration& configuration, const MetricNeed& need) {
  if (need.amount == Quantity{0}) return true;
  if (!configuration.Knows(need.metric)) return false;
  const std::optional<Quantity> limit = configuration.LimitOf(need.metric);
  if (!limit.has_value() || HasOverage(configuration, need.metric)) return true;
  return need.amount.has_value() && *limit >= *need.amount;
}

}  // namespace

bool HasOverage(const Configuration& configuration, absl::string_view metric) {
  const plans::Term* term = configuration.plan->FindTerm(metric);
  return term != nullptr && term->overage.has_value();
}

Need::Need(const plans::Subscription& subscription, const Configuration& now, const plans::UsageHistory& history,
           absl::Span<const std::string> metrics, const plans::FitOptions& options) {
  for (const std::string& metric : metrics) {
    MetricNeed need{.metric = metric};
    if (history.Mentions(metric)) {
      need.use = history.QuantileOf(metric, options.quantile);
      need.amount = metric == kSeatsMetric ? SeatsWithHeadroom(need.use, options.headroom)
                                           : WithHeadroom(need.use, options.headroom);
    } else {
      need.is_mentioned = false;
      const bool seats_are_said = metric == kSeatsMetric && subscription.seats.has_value();
      if (!seats_are_said && !now.Knows(metric)) continue;
      need.amount =
          seats_are_said ? std::optional(Quantity{*subscription.seats * kMicrosPerUnit}) : now.LimitOf(metric);
    }
    if (metric == kSeatsMetric && need.amount.has_value()) {
      seats_ = std::max<std::int64_t>(1, need.amount->micros / kMicrosPerUnit);
    }
    metrics_.push_back(need);
  }
}

const MetricNeed* Need::FindLack(const Configuration& configuration) const {
  const auto lack = std::find_if(metrics_.begin(), metrics_.end(),
                                 [&configuration](const MetricNeed& need) { return !IsEnough(configuration, need); });
  return lack == metrics_.end() ? nullptr : &*lack;
}

}  // namespace awase::plans_internal
