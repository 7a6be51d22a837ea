#ifndef AWASE_ENGINE_PLAN_REASONS_H_
#define AWASE_ENGINE_PLAN_REASONS_H_

#include <string>

#include "awase/engine/answer.h"
#include "awase/plans/fit_plan.h"
#include "context.h"

namespace awase::engine {

// Part of stage 11: what a change of plan is for (the limit that is near, the kind of use, seats, options), and what
// the customer's own use costs now and would cost then. REQUIRES: context.plan_fit; offer.plan_change is filled in.
std::string PlanSentences(const Context& context, const plans::Move& move, const Offer& offer);

// Why lower or higher is empty although the customer's use is known; for the page's owner.
std::string NoPlanReason(const plans::Fit& fit, Intent intent);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PLAN_REASONS_H_
