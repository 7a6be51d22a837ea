#ifndef AWASE_ENGINE_ROWS_H_
#define AWASE_ENGINE_ROWS_H_

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Stages 3 to 8 for a row of single products: also_bought, lower, higher. Every candidate is then either chosen or
// counted as removed. REQUIRES: the slot's gate is open.
void FillRow(const Context& context, SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ROWS_H_
