#ifndef AWASE_ENGINE_REASONS_H_
#define AWASE_ENGINE_REASONS_H_

// Stage 11: why an offer is there: source, rules, and with Explanation::kReason and above the counts and a sentence in
// the language of the request. A sentence says "times as often as by chance" only of a claim, and by chance means the
// null that the claim was tested against, which knows basket sizes: units_together / expected_together.

#include "awase/engine/answer.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Counts of an entry of `seed`'s list, as they can be recomputed from the dump.
Evidence MakeEvidence(const artefact::Model& model, relations::RelationKind kind, ProductIndex seed,
                      const relations::RelationEntry& entry);

// REQUIRES: the offer is priced (stage 10).
Reason ExplainRowOffer(const Context& context, const SlotSpec& slot, const Candidate& candidate, const Offer& offer);
Reason ExplainBundleOffer(const Context& context, const BundleDraft& set, const BundleOffer& offer);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REASONS_H_
