#ifndef AWASE_ENGINE_PRICE_BANDS_H_
#define AWASE_ENGINE_PRICE_BANDS_H_

// Part of stage 5: what offers may cost beside the page's product or the cart (price_band rules).

#include "awase/base/product_index.h"
#include "awase/engine/placements.h"
#include "awase/rules/rule_set.h"
#include "context.h"

namespace awase::engine {

// The first rule (by priority) out of whose bounds the product's price is in a slot of this kind; null when there is
// none. A range of a price that is not known or is 0, or of another currency, asks nothing; where a range asks
// something, a product without a price is out of its bounds. Exact. O(price bands of the request).
const rules::Rule* MissedPriceBand(const Context& context, SlotKind slot, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRICE_BANDS_H_
