#ifndef AWASE_ENGINE_BUNDLES_H_
#define AWASE_ENGINE_BUNDLES_H_

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Stages 3 to 7 for the bundle slot: the curated bundles of the page by rule priority, whole or not at all; when none
// can be sold, a set made of claims (claims_set.h) around the page product (where the cart speaks: around the first
// seed). A set that misses a product is counted once, with the cause of its first product that is missing.
// REQUIRES: the slot's gate is open. O(list length).
void FillBundles(const Context& context, SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BUNDLES_H_
