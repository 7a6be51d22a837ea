#ifndef AWASE_ENGINE_RUNG_RULES_H_
#define AWASE_ENGINE_RUNG_RULES_H_

// Steps that merchandisers vouch for or forbid (rung rules), here and now. A ladder that names a root is that of its
// variants too, and a step forbidden to a root is forbidden to its variants; what is offered is exactly what is named.

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "awase/base/product_index.h"
#include "awase/ladder/rung.h"
#include "awase/rules/rule_set.h"
#include "bound_rules.h"
#include "context.h"

namespace awase::engine {

// A step that a rule vouches for.
struct AssertedStep {
  const BoundLadder* ladder;
  ProductIndex to;
  std::uint8_t rung;  // 1 = the next product of the ladder, 2 = the one after
};
using AssertedSteps = absl::InlinedVector<AssertedStep, 4>;

// Those of one ladder from `from` in one direction, the nearest first, whether or not its rule applies; none where it
// forbids, or does not name `from`. O(products of the ladder).
AssertedSteps StepsOf(const Context& context, const BoundLadder& ladder, ProductIndex from,
                      ladder::Direction direction);

// Those of the rules that apply, from `from` in one direction: by rule (priority, then id), of one rule the nearest
// first; a product that several rules name is there once, for the first of them. O(rung rules of the product · their
// products).
AssertedSteps FindAssertedSteps(const Context& context, ProductIndex from, ladder::Direction direction);

// The rule that forbids to propose `to` instead of `from`; null when none does, or when a rule before it vouches for
// the step, whichever way it goes. O(rung rules of `from` · their products).
const rules::Rule* ForbiddingRule(const Context& context, ProductIndex from, ProductIndex to);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_RUNG_RULES_H_
