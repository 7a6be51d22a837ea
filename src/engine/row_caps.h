#ifndef AWASE_ENGINE_ROW_CAPS_H_
#define AWASE_ENGINE_ROW_CAPS_H_

// Stage 7: how many offers of a row may share a value, or be of one product set (`cap` rules).

#include "absl/container/inlined_vector.h"
#include "awase/base/product_index.h"
#include "awase/rules/rule_set.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// Context::row_caps_by_value. REQUIRES: all else of the context is resolved.
absl::InlinedVector<const BoundCap*, 4> FindRowCapsByValue(const Context& context);

// The first cap (by priority) that the product would break beside what the row has chosen, pins included; null when
// none. O(caps by value + caps of the product, each times chosen).
const rules::Rule* CapReachedInRow(const Context& context, const SlotDraft& draft, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ROW_CAPS_H_
