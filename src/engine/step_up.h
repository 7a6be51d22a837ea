#ifndef AWASE_ENGINE_STEP_UP_H_
#define AWASE_ENGINE_STEP_UP_H_

// Stage 10 for higher: discounts on the better model, for who comes from a lower one.

#include "awase/engine/answer.h"
#include "bound_rules.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Gives the offer the price of the first rule by rank that makes this step up cheaper, with its list price; null, and
// the offer stays as it is, where there is none. Steps to a larger pack or a subscription keep their prices: what they
// say of prices per unit is of these. So does a step that would cost no more than the page's product: it would be none.
// REQUIRES: the offer has the product and its price. O(rules that may take the product).
const BoundDiscount* ReduceStepUp(const Context& context, const SlotSpec& slot, const Candidate& candidate,
                                  Offer& offer);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_STEP_UP_H_
