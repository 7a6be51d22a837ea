#ifndef AWASE_ENGINE_CUSTOMER_CAPS_H_
#define AWASE_ENGINE_CUSTOMER_CAPS_H_

// Stage 9: how often something may be offered to one customer in a time, wherever that was (`cap` rules with `within`).

#include <array>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "awase/base/product_index.h"
#include "awase/engine/intent.h"
#include "awase/rules/rule_set.h"

namespace awase::engine {

struct BoundCap;
struct Context;

// The caps that the customer's exposures have reached. What one answer shows counts once for a cap, so nothing that is
// chosen for this answer changes them.
struct ReachedCaps {
  std::array<const BoundCap*, kIntentCount> of_intents{};  // the first by priority, of intents as a whole; null = none
  absl::InlinedVector<const BoundCap*, 2> of_sets;         // by rank
  std::vector<std::pair<ProductIndex, const BoundCap*>> of_products;  // root and its first cap, by root
};

// REQUIRES: all else of the context is resolved. O(exposures · (log exposures + caps that apply to them)); nothing
// without exposures.
ReachedCaps FindReachedCaps(const Context& context);

// The first cap (by priority) that keeps the product from being offered with this intent; null when none does.
// O(log products + caps of sets that are reached).
const rules::Rule* CapReachedByCustomer(const Context& context, Intent intent, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CUSTOMER_CAPS_H_
