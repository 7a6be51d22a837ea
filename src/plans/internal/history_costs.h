#ifndef AWASE_PLANS_INTERNAL_HISTORY_COSTS_H_
#define AWASE_PLANS_INTERNAL_HISTORY_COSTS_H_

// What a subscription costs over a history.

#include <cstddef>
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

  struct Total {
    std::int64_t minor = 0;
    std::size_t uncovered_periods = 0;  // in which more was used than can be had at any price
  };

  // What was paid, at most kMostTotalMinor: use that could not be had cost nothing.
  Total Paid(const plans::Configuration& now) const;
  // What it would cost instead of `now`. A period that it does not cover counts as at least what it costs now: nothing
  // is saved by use that cannot be had.
  Total InsteadOf(const plans::Configuration& now, const plans::Configuration& then) const;

 private:
  std::vector<std::vector<plans::MetricUse>> rows_;  // by period; at least one
};

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_HISTORY_COSTS_H_
