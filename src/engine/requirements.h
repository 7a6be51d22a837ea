#ifndef AWASE_ENGINE_REQUIREMENTS_H_
#define AWASE_ENGINE_REQUIREMENTS_H_

// Part of stage 5: what alone may be offered (require rules).

#include "awase/base/product_index.h"
#include "awase/engine/placements.h"
#include "awase/rules/rule_set.h"
#include "context.h"

namespace awase::engine {

// The first rule (by priority) whose demand the product does not meet in a slot of this kind; null when it meets all.
// O(requirements of the request · words).
const rules::Rule* UnmetRequirement(const Context& context, SlotKind slot, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REQUIREMENTS_H_
