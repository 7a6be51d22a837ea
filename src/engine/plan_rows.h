#ifndef AWASE_ENGINE_PLAN_ROWS_H_
#define AWASE_ENGINE_PLAN_ROWS_H_

// lower and higher where the customer's use says which plan fits: the best change of plan that may be offered, in the
// slot of its direction. One, not two: it is advice, not a choice.

#include "awase/engine/answer.h"
#include "awase/plans/fit_plan.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Stages 3 to 8: every move of the slot's direction is either chosen or counted as removed. What the customer has
// already (the plan itself, where seats or options change) needs no eligibility; what would be new does. A step between
// plans that a rung rule forbids is not made. Pins and asserted rungs have no effect: they know nothing of the need.
// REQUIRES: context.plan_fit; the slot's gate is open.
void FillPlanRow(const Context& context, SlotDraft& draft);

// Stage 10: the offer's price difference, differences and plan_change.
void DescribePlanChange(const Context& context, const plans::Move& move, Offer& offer);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PLAN_ROWS_H_
