#ifndef AWASE_ENGINE_CLAIMS_SET_H_
#define AWASE_ENGINE_CLAIMS_SET_H_

// A set made of claims around an anchor, chosen as a set and not from the top of a list: each further product is the
// one of the largest marginal gain, as long as that is large enough.
//
//   gain(j | S) = score(anchor, j) · mean over the members m of S of support(m, j)
//   support(anchor, j) = 1, for j is a claim of the anchor's; support(m, j) = 1 where m's list has j as a claim, else ½
//
// So what the list predicts counts in full when all of the set is claimed with it, and loses where nothing says that it
// goes with the rest. What a set costs and how long it may get: BundleSpec.

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Fills `set`, which holds the anchor alone, and counts what is left out in `draft`: NO_EVIDENCE for what is no claim
// or gains too little, SAME_PRODUCT_TYPE, SUBSTITUTE, PRICE_OUT_OF_BOUNDS, the causes of stages 4 and 5, and LIMIT for
// what is left when the set is full. `set.entry` stays null when no companion is found.
// REQUIRES: the anchor has a price. O(list length · products of the set), and looks at the products that win.
void GrowSet(const Context& context, BundleDraft& set, SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CLAIMS_SET_H_
