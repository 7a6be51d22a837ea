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

struct MetricNeed {
  std::string metric;
  plans::Quantity use;                    // the quantile of the history; 0 where it does not mention the metric
  std::optional<plans::Quantity> amount;  // with headroom; nothing = unlimited
  bool is_mentioned = true;               // by the history; else the amount is what the subscription allows now
};

class Need {
 public:
  // `metrics`: those that the family's plans speak of, ascending. `now` has one seat where nobody says how
  // many there are.
  Need(const plans::Subscription& subscription, const plans::Configuration& now, const plans::UsageHistory& history,
       absl::Span<const std::string> metrics, const plans::FitOptions& options);

  absl::Span<const MetricNeed> metrics() const { return metrics_; }
  // Whole seats for the members, at least 1.
  std::int64_t seats() const { return seats_; }

  // The first metric of which the configuration does not give enough; null when it meets the need. What can be had at a
  // tariff is enough.
  const MetricNeed* FindLack(const plans::Configuration& configuration) const;

 private:
  std::vector<MetricNeed> metrics_;
  std::int64_t seats_ = 1;
};

// Whether use beyond the limit can be had at a price.
bool HasOverage(const plans::Configuration& configuration, absl::string_view metric);

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_NEED_H_
