#ifndef AWASE_ENGINE_EMPTY_REASON_H_
#define AWASE_ENGINE_EMPTY_REASON_H_

#include <string>

#include "awase/engine/answer.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// "out of stock", "in the cart": the cause as it stands after a count or after "is".
const char* CausePhrase(RemovalCause cause);

// One sentence on why nothing is left in the slot, naming the stage that emptied it.
// REQUIRES: the draft offers nothing.
std::string EmptyReason(const Context& context, const SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_EMPTY_REASON_H_
