#ifndef AWASE_ENGINE_CANDIDATES_H_
#define AWASE_ENGINE_CANDIDATES_H_

// Stage 3: what may be offered in a row, from relations, ladders and rung rules; each candidate with its evidence. Pins
// join in stage 8's file, sets of products are made in bundles.h.

#include <optional>

#include "awase/engine/placements.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// The relation that the slot also_bought speaks from in this model.
relations::RelationKind AlsoBoughtRelation(const artefact::Model& model);

// also_bought: what an open cart asks for as a whole (cart_candidates.h), else the candidates of all seeds, list after
// list; a root that several seeds name is there several times until stage 6 merges it. lower, higher: the page
// product's rungs, first those that rules vouch for, in the order of the rules. Does not look at the candidates'
// products.
// REQUIRES: the slot's gate is open; slot is not a bundle slot. O(entries).
Candidates GatherCandidates(const Context& context, const SlotSpec& slot);

// What its list says against a candidate, however high it ranks there: it is bought instead of a seed, it is a variant,
// the two are together no more often than by chance, or it is backed off to what everybody buys (to anything, where the
// request wants evidence only). What a ladder says against its rung: that it is WEAK. Nothing else for a candidate of
// no list. O(1).
std::optional<RemovalCause> WhyNotByEntry(const Context& context, const Candidate& candidate);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CANDIDATES_H_
