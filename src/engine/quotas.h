#ifndef AWASE_ENGINE_QUOTAS_H_
#define AWASE_ENGINE_QUOTAS_H_

// Part of stage 8: how many offers of a row are of a set at least (quota rules), as far as the row's own candidates go.

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Gives seats of a full row to candidates behind it, the best of the set first, until every quota is met or has no
// candidate left that passes all stages. Who loses a seat is the last one that is not pinned, not of the set, and not
// needed by a quota before; it is counted as kLimit under the rule. Newcomers stand at the end, in their order. Quotas
// act by rank, and none undoes what one before has reached.
// `rest`: the candidates that the row had no seat for, best first. Those that take one, or are of a set and do not
// pass, are taken out of it: they are chosen or counted.
// REQUIRES: the row is full, its pinned products come first, and the others stand in the order of the candidates.
// O(1) without quotas; else, for each quota that the row does not meet, stages 3 to 7 of the rest.
void SeatQuotas(const Context& context, Candidates& rest, SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_QUOTAS_H_
