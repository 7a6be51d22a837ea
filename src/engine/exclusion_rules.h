#ifndef AWASE_ENGINE_EXCLUSION_RULES_H_
#define AWASE_ENGINE_EXCLUSION_RULES_H_

// Stage 5: what the merchandiser forbids. Hiding a root hides its variants; hiding a variant hides only that one.

#include "awase/base/product_index.h"
#include "awase/rules/rule_set.h"
#include "context.h"

namespace awase::engine {

// The first rule (by priority) that hides the product here and now; null when none does. O(hide rules of the product).
const rules::Rule* HidingRule(const Context& context, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_EXCLUSION_RULES_H_
