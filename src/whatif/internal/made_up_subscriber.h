#ifndef AWASE_WHATIF_INTERNAL_MADE_UP_SUBSCRIBER_H_
#define AWASE_WHATIF_INTERNAL_MADE_UP_SUBSCRIBER_H_

// What requests that are made up say of a subscription, where plans are advised.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/engine/placements.h"
#include "awase/engine/request.h"
#include "awase/plans/plan_book.h"
#include "awase/rules/rule_set.h"

namespace awase::whatif {

// Dates and usage that rules ask for, and usual ones. Immutable. Borrows the plans.
class SubscriberMaker {
 public:
  // A number below the one that is given.
  using Draw = std::function<std::size_t(std::size_t bound)>;

  SubscriberMaker(const plans::PlanBook& plans, absl::Span<const rules::Rule* const> rules);

  // The customer of a request for the page of `product`. Nothing where the placement advises no plans, or the product
  // is none. Half of the subscribers to plans with limits have used something of each.
  void Add(const engine::Placement& placement, ProductIndex product, absl::Time time, const Draw& draw,
           engine::CustomerState& customer) const;

 private:
  // A date, as many days from today as the rule counts them.
  struct DaysAway {
    std::int64_t days = 0;
    absl::TimeZone time_zone;
  };

  void AddUsage(const plans::Plan& plan, absl::Time time, const Draw& draw, engine::CustomerState& customer) const;

  const plans::PlanBook& plans_;
  std::vector<DaysAway> to_renewal_;
  std::vector<DaysAway> to_trial_end_;
  std::vector<std::int64_t> usual_parts_;                             // of a limit, of rules::kWhole
  std::map<std::string, std::vector<std::int64_t>> parts_by_metric_;  // that rules ask for
};

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_MADE_UP_SUBSCRIBER_H_
