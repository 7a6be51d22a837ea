#ifndef AWASE_PLANS_INTERNAL_HISTORY_COSTS_H_
#define AWASE_PLANS_INTERNAL_HISTORY_COSTS_H_

// What a subscription costs over a history.

#include <cstdint>
#include <string>
#include <vector>

#include "awase/plans/cost.h"
#include "awase/plans/fit_plan.h"
#include "awase/plans/usage_history.h"
#include "plans/internal/need.h"

namespace awase::plans_internal {

class HistoryCosts {
 public:
  // Of the use that the family speaks of. Seats that are bought are used in every period of a history that does not
  // mention them. Without a history: of one interval in which nothing else is used.
  HistoryCosts(const plans::Subscription& subscription, const plans::UsageHistory& history,
               const FamilyMetrics& metrics);

  std::int64_t TotalOf(const plans::Configuration& configuration) const;

 private:
  std::vector<std::vector<plans::MetricUse>> rows_;  // by period; at least one
};

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_HISTORY_COSTS_H_
