#ifndef AWASE_ENGINE_JUDGE_CANDIDATE_H_
#define AWASE_ENGINE_JUDGE_CANDIDATE_H_

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "context.h"
#include "eligibility.h"
#include "slot_draft.h"

namespace awase::engine {

// Marks the candidates of also_bought that are worth less than what the placement shows at all. REQUIRES: rules have
// not weighed them yet: a boost is no evidence.
void MarkBelowFloor(const Context& context, const SlotSpec& slot, Candidates& candidates);

// Whether a candidate that JudgeCandidate removes for want of evidence is removed for the floor, which is said apart.
bool LeavesByFloor(const Context& context, const Candidate& candidate);

// Stages 3 to 5 for a candidate of a row: what its list says against it, whether it is below the floor, and what stages
// 4 and 5 say of the product, or of the variants of the root, that it stands for. Looks at nothing that is chosen.
Verdict JudgeCandidate(const Context& context, const SlotSpec& slot, const Candidate& candidate);

// Stages 7 and 9 for a candidate that has passed these: beside what is chosen, and for this customer.
Verdict JudgeInRow(const Context& context, const SlotDraft& draft, const Candidate& candidate);

// Whether exactly this product lies in the cart, and is not paid for: then a set may count on it. A variant of it is
// another thing, which has another price.
bool LiesInCart(const Context& context, ProductIndex product);

// All that speaks against selling what the customer looks at, or has in the cart, as a part of a set: whether it should
// be offered is not in question.
Verdict JudgePresent(const Context& context, ProductIndex product);

// All that speaks against the product as a further line of a set that a rule sells, given the lines before it. What
// lies in the cart is there already. REQUIRES: there are some.
Verdict JudgeSetLine(const Context& context, absl::Span<const ProductIndex> before, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_JUDGE_CANDIDATE_H_
