#ifndef AWASE_ENGINE_ARBITRATION_H_
#define AWASE_ENGINE_ARBITRATION_H_

// Stage 9: between the slots of one answer. Today: the slot that is displayed first has the product, no later one
// repeats it. Exclusions between intents, frequency caps, cool-downs and the option limit join here.

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// From now on stage 4 counts what the draft offers, and its variants, as kAlreadyShown.
void ClaimProducts(const SlotDraft& draft, Context& context);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ARBITRATION_H_
