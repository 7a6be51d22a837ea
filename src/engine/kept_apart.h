#ifndef AWASE_ENGINE_KEPT_APART_H_
#define AWASE_ENGINE_KEPT_APART_H_

// Part of stage 5: products that are not offered beside each other (do_not_associate rules), whichever of the two is
// there first.

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/rules/rule_set.h"
#include "bound_selection.h"
#include "context.h"

namespace awase::engine {

// Whether the rule does not let the two stand beside each other. Symmetrical.
bool KeepsApart(const artefact::Model& model, const BoundSeparation& separation, ProductIndex a, ProductIndex b);

// The first rule (by priority) that keeps the product from the request's products, its cart and the members of a set
// that it would join; null when none does. O(rules about one of these that apply).
const rules::Rule* SeparatingRule(const Context& context, ProductIndex product,
                                  absl::Span<const ProductIndex> members = {});

}  // namespace awase::engine

#endif  // AWASE_ENGINE_KEPT_APART_H_
