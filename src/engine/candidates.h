#ifndef AWASE_ENGINE_CANDIDATES_H_
#define AWASE_ENGINE_CANDIDATES_H_

// Stage 3: what may be offered in a row, from relations and ladders; each candidate with its evidence. Pins join in
// stage 8's file, sets of products are made in bundles.h.

#include "context.h"
#include "placements.h"
#include "slot_draft.h"

namespace awase::engine {

// The relation that the slot also_bought speaks from in this model.
relations::RelationKind AlsoBoughtRelation(const artefact::Model& model);

// also_bought: what an open cart asks for as a whole (cart_candidates.h), else the candidates of all seeds, list after
// list; a root that several seeds name is there several times until stage 6 merges it. lower, higher: the page
// product's. Does not look at the candidates' products.
// REQUIRES: the slot's gate is open; slot is not a bundle slot. O(entries).
Candidates GatherCandidates(const Context& context, const SlotSpec& slot);

// Whether the pair is together no more often than by chance: nothing to recommend, however high it ranks. O(1).
bool LacksEvidence(const Candidate& candidate);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CANDIDATES_H_
