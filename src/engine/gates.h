#ifndef AWASE_ENGINE_GATES_H_
#define AWASE_ENGINE_GATES_H_

// Stage 2: may this slot speak here at all? Conditions on the customer (loyalty, milestones, renewal dates) join here.

#include <string>

#include "context.h"
#include "placements.h"

namespace awase::engine {

// Empty when the slot's intent may speak; else one sentence that says why not, for Slot::empty_reason.
std::string ClosedGate(const Context& context, const SlotSpec& slot);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_GATES_H_
