#ifndef AWASE_ENGINE_DISCOUNT_GAP_H_
#define AWASE_ENGINE_DISCOUNT_GAP_H_

// Which next steps of a discount are worth proposing.

#include "awase/pricing/next_step.h"
#include "bound_rules.h"
#include "context.h"

namespace awase::engine {

// False where the step gives a fixed price that nothing of what the rule takes costs more than, at the prices of now:
// who reached it would save nothing. Only of sets that list their products that can be known; of others it may save.
// REQUIRES: `step` is of the rule's discount. O(products listed + variants of them).
bool MaySave(const Context& context, const BoundDiscount& rule, const pricing::NextStep& step);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_DISCOUNT_GAP_H_
