#ifndef AWASE_TRAINER_INTERNAL_PLAN_STAGE_H_
#define AWASE_TRAINER_INTERNAL_PLAN_STAGE_H_

// The plans of a catalogue, and what customers' use and changes say of them. For the report alone: nothing of a
// customer gets into a version.

#include <cstddef>
#include <vector>

#include "awase/catalog/catalog.h"
#include "awase/ingest/read_subscribers.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

struct PlanStageOptions {
  std::size_t min_buyers = 2;  // changes that fewer customers made are not told
  std::size_t threads = 1;
};

// Figures of use are told of ten customers or more: a quantile of two is what one of them used.
inline constexpr std::size_t kLeastCustomersOfUse = 10;

// `usage` and `subscriptions` as ingest reads them; either may be empty. Does not depend on the number of threads.
// O(customers · plans · periods).
trainer::PlanReport StudyPlans(const catalog::Catalog& catalog, const ingest::UsageLog& usage,
                               const std::vector<ingest::SubscriptionRow>& subscriptions,
                               const PlanStageOptions& options);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_PLAN_STAGE_H_
