#ifndef AWASE_ENGINE_WEIGHTS_H_
#define AWASE_ENGINE_WEIGHTS_H_

// Part of stage 6: boost and bury, what the merchandiser says a product is worth showing. They change orders, and never
// what is evidence: a backed-off product stays behind all that have counts, however much it is boosted.

#include "absl/container/inlined_vector.h"
#include "awase/base/product_index.h"
#include "awase/engine/placements.h"
#include "bound_selection.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// All factors of a product together are at most this, and at least one over it.
inline constexpr double kMostWeight = 1e6;

// What the rules of a product come to.
struct Weight {
  double factor = 1;
  bool is_last = false;  // stands behind all others

  friend bool operator==(const Weight&, const Weight&) = default;
};

using WeightRules = absl::InlinedVector<const BoundWeight*, 2>;

// Whether any product may have a weight other than 1 in this request. O(1).
bool MayWeigh(const Context& context);

// The rules that weigh exactly this product here and now, by rank. O(rules that list the product or variants of it +
// those by set that apply to the request).
WeightRules WeightRulesOf(const Context& context, ProductIndex product);
Weight WeightOf(const Context& context, ProductIndex product);

// The same of a candidate that is a root with its variants: the weight of the one that would be offered in also_bought,
// or in the bundle slot.
Weight WeightOfRoot(const Context& context, SlotKind slot, ProductIndex root);

// The first rule that puts a candidate of this root back, for traces; null when none does.
const rules::Rule* BuryingRule(const Context& context, SlotKind slot, ProductIndex root);

// Multiplies scores by weights and puts the candidates in order again; those of no weight keep theirs among each other.
// Candidates that are pinned already keep their score. REQUIRES: RankCandidates was called, and so was ChoosePinned.
// O(1) where nothing is weighed.
void WeighCandidates(const Context& context, SlotDraft& draft, Candidates& candidates);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_WEIGHTS_H_
