#ifndef AWASE_ENGINE_GATES_H_
#define AWASE_ENGINE_GATES_H_

// Stage 2: may this slot speak here at all? What gate rules and
// defaults say of its intent is in intent_gates.h.

#include <string>

#include "awase/engine/placements.h"
#include "context.h"

namespace awase::engine {

// Empty when the slot's intent may speak; else one sentence that says why not, for Slot::empty_reason.
std::string ClosedGate(const Context& context, const SlotSpec& slot);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_GATES_H_
