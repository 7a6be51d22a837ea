#ifndef AWASE_ENGINE_STEP_CLAIMS_H_
#define AWASE_ENGINE_STEP_CLAIMS_H_

// What a sentence may claim of a step's place among the others. Ladders are ordered by the prices of the training, and
// rules by what their author thought: the prices of now may say something else.

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// REQUIRES for both: the candidate is a step of the page's product in the slot's direction, and the two have a price in
// one currency.

// Whether the step up is as far up as its rung says: of its own ladder just the nearer step lies between the two.
// O(steps of the ladder).
bool IsAsFarUpAsItsRung(const Context& context, const Candidate& candidate);

// Whether no other step of the page's product, learned, asserted or pinned, costs less, offered or not. O(its steps).
bool IsCheapestStep(const Context& context, const Candidate& candidate);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_STEP_CLAIMS_H_
