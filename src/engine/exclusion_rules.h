#ifndef AWASE_ENGINE_EXCLUSION_RULES_H_
#define AWASE_ENGINE_EXCLUSION_RULES_H_

// Stage 5: what the merchandiser forbids. Hiding a root hides its variants; hiding a variant hides only that one.

#include <optional>

#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/engine/placements.h"
#include "awase/rules/rule_set.h"
#include "context.h"

namespace awase::engine {

struct BoundAnchors;

// Whether the page is one of a rule's: about one of its anchors or a variant of one.
bool IsOnPage(const Context& context, const BoundAnchors& anchors);

// A rule that takes a product away, and what that is counted as.
struct Exclusion {
  RemovalCause cause;
  const rules::Rule* rule;
};

// Why rules do not let the product be offered in a slot of this kind: it is hidden, kept apart from what the page is
// about or the cart has, not what is required, or of a price that is out of bounds. Of several reasons the first in
// this order; nothing when it may be offered.
std::optional<Exclusion> WhyExcluded(const Context& context, SlotKind slot, ProductIndex product);

// The first rule (by priority) that hides the product here and now; null when none does. O(hide rules that list the
// product + those by set that apply to the request).
const rules::Rule* HidingRule(const Context& context, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_EXCLUSION_RULES_H_
