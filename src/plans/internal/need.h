#ifndef AWASE_PLANS_INTERNAL_NEED_H_
#define AWASE_PLANS_INTERNAL_NEED_H_

// What a subscription has to allow so that a customer lacks nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/plans/cost.h"
#include "awase/plans/fit_plan.h"
#include "awase/plans/usage_history.h"

namespace awase::plans_internal {

// What the subscriptions that a customer may choose from speak of.
struct FamilyMetrics {
  std::vector<std::string> names;  // ascending
  // Whether any of them has a word on how many there may be. Else seats are a multiplier of fees, and no limit.
  bool limits_seats = false;
};

struct MetricNeed {
  std::string metric;
  plans::Quantity use;  // the quantile of the history; of seats that it does not mention, those bought
  std::optional<plans::Quantity> amount;  // with headroom; nothing = unlimited
  bool is_known = true;  // from the history, or said; else the amount is what the subscription allows now
  // Not known, and there is no reason to take it that none was used: nothing may become worse or dearer.
  bool must_not_worsen = false;
};

class Need {
 public:
  // `now` has one seat where nobody says how many there are.
  Need(const plans::Subscription& subscription, const plans::Configuration& now, const plans::UsageHistory& history,
       const FamilyMetrics& metrics, const plans::FitOptions& options);

  absl::Span<const MetricNeed> metrics() const { return metrics_; }
  // To be paid for, at least 1: with headroom where those bought are known, else one for each member.
  std::int64_t seats() const { return seats_; }

  // What the configuration allows of the metric. Seats that nobody counted are taken to be enough, up to the plan's own
  // limit. Nothing = unlimited.
  std::optional<plans::Quantity> AllowedBy(const plans::Configuration& configuration, const MetricNeed& need) const;

  // The first metric of which the configuration does not give enough; null when it meets the need. What can be had at a
  // tariff is enough, unless nobody knows how much is used; and so is any plan for one member.
  const MetricNeed* FindLack(const plans::Configuration& configuration) const;

  // Whether what is needed of one metric is included, or can be paid for.
  bool IsEnough(const plans::Configuration& configuration, const MetricNeed& need) const;

  // How much more an option has to give so that nothing of `lack` lacks; nothing = no limit is enough, only unlimited.
  // REQUIRES: the configuration lacks it.
  std::optional<plans::Quantity> MissingIn(const plans::Configuration& configuration, const MetricNeed& lack) const;

 private:
  std::optional<MetricNeed> NeedOf(const std::string& metric, const plans::Configuration& now,
                                   const plans::UsageHistory& history, const plans::FitOptions& options) const;

  const plans::Plan& plan_now_;
  std::vector<MetricNeed> metrics_;
  std::optional<std::int64_t> seats_bought_;
  std::int64_t seats_ = 1;
  bool limits_seats_;
};

// Whether use beyond the limit can be had at a price.
bool HasOverage(const plans::Configuration& configuration, absl::string_view metric);

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_NEED_H_
