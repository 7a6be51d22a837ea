#include "whatif/internal/made_up_subscriber.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/time/civil_time.h"

namespace awase::whatif {
namespace {

constexpr std::int64_t kUsualDays = 14;
constexpr std::int64_t kUsualParts[] = {rules::kWhole / 2, rules::kWhole * 9 / 10, rules::kWhole * 5 / 4};

// The number of the range that is nearest to the usual one.
std::int64_t Nearest(const rules::Range& range, std::int64_t usual) { return std::clamp(usual, range.low, range.high); }

// So much that the share, rounded down, is `parts`.
plans::Quantity PartOf(plans::Quantity limit, std::int64_t parts) {
  const absl::int128 micros = (absl::int128(limit.micros) * parts + rules::kWhole - 1) / rules::kWhole;
  return {static_cast<std::int64_t>(std::min<absl::int128>(micros, plans::kMostQuantity.micros))};
}

}  // namespace

SubscriberMaker::SubscriberMaker(const plans::PlanBook& plans, absl::Span<const rules::Rule* const> rules)
    : plans_(plans),
      to_renewal_{{kUsualDays, absl::UTCTimeZone()}},
      to_trial_end_{{kUsualDays, absl::UTCTimeZone()}},
      usual_parts_(std::begin(kUsualParts), std::end(kUsualParts)) {
  for (const rules::Rule* rule : rules) {
    if (!rule->when.has_value()) continue;
    const rules::CustomerCondition& asked = rule->when->customer;
    const absl::TimeZone& zone = rule->when->time_zone;
    if (asked.days_to_renewal.has_value()) to_renewal_.push_back({Nearest(*asked.days_to_renewal, kUsualDays), zone});
    if (asked.days_to_trial_end.has_value()) {
      to_trial_end_.push_back({Nearest(*asked.days_to_trial_end, kUsualDays), zone});
    }
    if (asked.usage.has_value()) {
      parts_by_metric_[asked.usage->metric].push_back(Nearest(asked.usage->parts_of_limit, kUsualParts[1]));
    }
  }
}

void SubscriberMaker::Add(const engine::Placement& placement, ProductIndex product, absl::Time time, const Draw& draw,
                          engine::CustomerState& customer) const {
  const plans::Plan* plan = placement.advises_plans ? plans_.FindPlan(product) : nullptr;
  if (plan == nullptr) return;
  const auto day_of = [&](const std::vector<DaysAway>& dates) {
    const DaysAway& date = dates[draw(dates.size())];
    return absl::ToCivilDay(time, date.time_zone) + date.days;
  };
  engine::SubscriptionState& subscription = customer.subscription.emplace();
  subscription.product_id = plan->product_id;
  subscription.seats = 1;
  subscription.renews_on = day_of(to_renewal_);
  if (placement.ends_trial) subscription.trial_ends_on = day_of(to_trial_end_);
  if (draw(2) == 0) AddUsage(*plan, time, draw, customer);
}

void SubscriberMaker::AddUsage(const plans::Plan& plan, absl::Time time, const Draw& draw,
                               engine::CustomerState& customer) const {
  const std::string period = absl::FormatTime("%Y-%m", time, absl::UTCTimeZone());
  for (const plans::Term& term : plan.terms) {
    if (!term.limit.has_value() || term.limit->micros == 0 || term.metric == plans::kSeatsMetric) continue;
    const auto asked = parts_by_metric_.find(term.metric);
    const std::vector<std::int64_t>& parts =
        asked != parts_by_metric_.end() && draw(2) == 0 ? asked->second : usual_parts_;
    customer.usage.push_back({term.metric, PartOf(*term.limit, parts[draw(parts.size())]), period});
  }
}

}  // namespace awase::whatif
