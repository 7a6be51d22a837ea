#ifndef AWASE_ENGINE_SET_CHOICE_H_
#define AWASE_ENGINE_SET_CHOICE_H_

// Stage 7: what goes well with what is already chosen.

#include <optional>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// The counted entry of `root` in the bought_together list of `product`, or null. O(list length).
const relations::RelationEntry* FindTogether(const artefact::Model& model, ProductIndex product, ProductIndex root);

// In lower and higher: whether the product's price is on the wrong side of the page product's (or equal), or it is
// the same product at another price (title, brand, tier, pack, interval and attributes are equal). Never in other
// slots. A ladder is built from prices at training time, a pin and an asserted rung from none, so the prices of now
// decide. Unless the ladder has learned the step, the two prices must also be paid for the same, each month or once.
// REQUIRES: in lower and higher, both have a price in the answer's currency. O(attributes).
bool IsNoStep(const Context& context, const SlotSpec& slot, ProductIndex product, bool is_learned);

// Why `candidate` does not belong beside the seeds and the chosen candidates of its row; nothing when it does. No row
// shows a product or a variant of it twice. A row of cross-sell keeps out what is of a seed's type (but for multi-packs
// and what is of its series or author), and shows at most two products of one type; ladders are made of substitutes and
// only ask for a step in their direction. O(chosen + seed types).
std::optional<RemovalCause> WhyNotInRow(const Context& context, const SlotDraft& draft, const Candidate& candidate);

// Why `product` cannot join the set (the anchor first): a product type that the set has already, or a companion that it
// is a substitute of or together with no more often than by chance. O(set · list length).
std::optional<RemovalCause> WhyNotInSet(const Context& context, absl::Span<const ProductIndex> set,
                                        ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_SET_CHOICE_H_
