#ifndef AWASE_ENGINE_PINS_H_
#define AWASE_ENGINE_PINS_H_

// Stage 8: products that the merchandiser puts at a fixed place of a row. A pin speaks for exactly the product it names
// and never shows what stages 4 and 5 forbid; relevance and product types (6 and 7) do not bind it.

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// The pins that apply to the request; see Context::pins. REQUIRES: all else of the context is resolved.
absl::InlinedVector<const BoundPin*, 4> FindPins(const Context& context);

// Chooses the row's pinned products before all others, so that they keep their seats; a pinned product that may not be
// shown is counted like any candidate. REQUIRES: nothing is chosen yet. O(pins of the page).
void ChoosePinned(const Context& context, SlotDraft& draft);

// Moves pinned products to their positions, or to the end of a row that is too short for that; two pins of one position
// stand in the order of their rules. O(row).
void ArrangePins(SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PINS_H_
