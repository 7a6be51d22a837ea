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
  const Quantity members = plans::SeatsAsQuantity(plans::SeatsOf(use));
  return Quantity{WithHeadroom(members, headroom).micros / kMicrosPerUnit * kMicrosPerUnit};
}

// Whether use beyond the limit costs more than with the plan, or might.
bool IsOverageDearer(const Configuration& configuration, const plans::Plan& plan, absl::string_view metric) {
  const plans::Term* before = plan.FindTerm(metric);
  if (before == nullptr || !before->overage.has_value()) return false;
  const plans::Term* then = configuration.plan->FindTerm(metric);
  return then == nullptr || !then->overage.has_value() || !IsNoDearer(*then->overage, *before->overage);
}

}  // namespace

bool HasOverage(const Configuration& configuration, absl::string_view metric) {
  const plans::Term* term = configuration.plan->FindTerm(metric);
  return term != nullptr && term->overage.has_value();
}

Need::Need(const plans::Subscription& subscription, const Configuration& now, const plans::UsageHistory& history,
           const FamilyMetrics& metrics, const plans::FitOptions& options)
    : plan_now_(*now.plan), seats_bought_(subscription.seats), limits_seats_(metrics.limits_seats) {
  for (const std::string& metric : metrics.names) {
    if (std::optional<MetricNeed> need = NeedOf(metric, now, history, options)) metrics_.push_back(*std::move(need));
  }
  const std::optional<MetricNeed> seats = NeedOf(std::string(kSeatsMetric), now, history, options);
  if (!seats.has_value() || !seats->amount.has_value()) return;
  const bool are_members_alone = seats->is_known && !seats_bought_.has_value();
  seats_ = std::max<std::int64_t>(1, plans::SeatsOf(are_members_alone ? seats->use : *seats->amount));
}

std::optional<MetricNeed> Need::NeedOf(const std::string& metric, const Configuration& now,
                                       const plans::UsageHistory& history, const plans::FitOptions& options) const {
  MetricNeed need{.metric = metric};
  if (history.Mentions(metric)) {
    need.use = history.QuantileOf(metric, options.quantile);
    need.amount = metric == kSeatsMetric ? SeatsWithHeadroom(need.use, options.headroom)
                                         : WithHeadroom(need.use, options.headroom);
  } else if (metric == kSeatsMetric && seats_bought_.has_value()) {
    need.use = plans::SeatsAsQuantity(*seats_bought_);
    need.amount = need.use;
  } else if (now.Knows(metric)) {
    need.is_known = false;
    // Files of usage leave zeros out. No subscription is without members, though, nor a silent history one of zeros.
    need.must_not_worsen = history.empty() || metric == kSeatsMetric;
    need.amount = now.LimitOf(metric);
  } else {
    return std::nullopt;
  }
  return need;
}

std::optional<Quantity> Need::AllowedBy(const Configuration& configuration, const MetricNeed& need) const {
  if (need.metric != kSeatsMetric || seats_bought_.has_value() || !need.amount.has_value()) {
    return configuration.LimitOf(need.metric);
  }
  Configuration enough = configuration;
  enough.seats = std::max(enough.seats, plans::SeatsOf(*need.amount));
  return enough.LimitOf(need.metric);
}

bool Need::IsEnough(const Configuration& configuration, const MetricNeed& need) const {
  const bool is_of_seats = need.metric == kSeatsMetric;
  if (need.amount.has_value() && *need.amount <= Quantity{is_of_seats ? kMicrosPerUnit : 0}) return true;
  if (!configuration.Knows(need.metric)) return is_of_seats && !limits_seats_;
  const std::optional<Quantity> limit = AllowedBy(configuration, need);
  if (!limit.has_value()) return true;
  const bool is_covered = need.amount.has_value() && *limit >= *need.amount;
  if (!need.must_not_worsen) return is_covered || HasOverage(configuration, need.metric);
  return is_covered && !IsOverageDearer(configuration, plan_now_, need.metric);
}

std::optional<Quantity> Need::MissingIn(const Configuration& configuration, const MetricNeed& lack) const {
  if (!lack.amount.has_value()) return std::nullopt;
  if (lack.must_not_worsen && IsOverageDearer(configuration, plan_now_, lack.metric)) return std::nullopt;
  const Quantity had =
      configuration.Knows(lack.metric) ? AllowedBy(configuration, lack).value_or(Quantity{0}) : Quantity{0};
  return Quantity{std::max<std::int64_t>(lack.amount->micros - had.micros, 0)};
}

const MetricNeed* Need::FindLack(const Configuration& configuration) const {
  const auto lack = std::find_if(metrics_.begin(), metrics_.end(), [this, &configuration](const MetricNeed& need) {
    return !IsEnough(configuration, need);
  });
  return lack == metrics_.end() ? nullptr : &*lack;
}

}  // namespace awase::plans_internal
