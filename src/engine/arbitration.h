#ifndef AWASE_ENGINE_ARBITRATION_H_
#define AWASE_ENGINE_ARBITRATION_H_

// Stage 9: between the slots of one answer. The slot that is filled first has a product, no later one repeats it; one
// way along a ladder is proposed, unless the placement is there to compare; what goes only with a product that the
// answer advises against is not sold; and there are no more offers than the answer may have.

#include <cstddef>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Places of the placement's slots in the order in which they are filled: that of display; but where plans are advised,
// or one of lower and higher must yield, these two come first (by priority, then display).
absl::InlinedVector<std::size_t, 4> FillOrder(const Placement& placement);

// Takes from a filled row of steps what it offers, as kExcluded, where the other one of lower and higher offers
// something already and the placement is not there to compare. Other slots stay as they are.
void YieldToOtherStep(const Context& context, absl::Span<const SlotDraft> drafts, SlotDraft& draft);

// From now on stage 4 counts what the draft offers, and its variants, as kAlreadyShown; and later slots know what is
// advised instead of step_from().
void ClaimProducts(const SlotDraft& draft, Context& context);

// Whether the candidate of also_bought goes with the product that the answer advises to replace, and neither with what
// it advises nor with any other product of the request. O(list length · (products + advised)).
bool GoesOnlyWithReplaced(const Context& context, const Candidate& candidate);

// Leaves the placement's or the request's max_offers, whichever is less, in all drafts together; the others are kLimit.
// Slots of higher priority come first; then pins and curated sets, which somebody has put there; then offers by their
// worth: the score, at most 1; 1 of changes of plan and of the next rung and ½ of the one after it. Ties go to the slot
// displayed first, then to the earlier place. Who stays keeps the order of its slot. O(offers · log offers).
void LimitOffers(const Context& context, absl::Span<SlotDraft> drafts);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ARBITRATION_H_
