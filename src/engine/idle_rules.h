#ifndef AWASE_ENGINE_IDLE_RULES_H_
#define AWASE_ENGINE_IDLE_RULES_H_

// Rules that would show a product, if they applied: what a merchandiser who misses it has to know. They are found by
// walking over all rules, so this is for explanations alone.

#include <vector>

#include "awase/base/product_index.h"
#include "awase/engine/explain_product.h"
#include "awase/engine/placements.h"
#include "context.h"

namespace awase::engine {

// Those that speak for a product of this root in this slot, as SlotVerdict::idle_rules says. O(rules).
std::vector<IdleRule> FindIdleRules(const Context& context, const SlotSpec& slot, ProductIndex root, bool is_candidate);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_IDLE_RULES_H_
