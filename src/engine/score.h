#ifndef AWASE_ENGINE_SCORE_H_
#define AWASE_ENGINE_SCORE_H_

// Stage 6: how much a candidate is worth showing. Relevance; rules multiply it in weights.h, margin will do so here.

#include "awase/relations/relation.h"
#include "slot_draft.h"

namespace awase::engine {

// What is backed off has this much of its share: it is ranked among its like, and stands behind all evidence.
inline constexpr double kBackedOff = 1e-6;

// The entry's score as a share of the best entry's of its list: scores are comparable within one list only, this is
// comparable across lists. 0 for a pair that is together no more often than by chance: it must not carry another list's
// candidate upwards.
double Relevance(const relations::RelationEntry& entry, const relations::RelationEntry& best);

// Best first, evidence before what is backed off. Candidates of several seeds are merged by root: their relevance adds
// up, the strongest one's evidence stays, and a substitute of one seed is one for all; ties go to the smaller product
// id. A list that is in order already (one seed, rungs) is left alone.
// Lists are summed only where the model of whole carts does not speak. O(n log n) with several seeds, else O(1).
void RankCandidates(const Context& context, const SlotSpec& slot, Candidates& candidates);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_SCORE_H_
