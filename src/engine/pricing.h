#ifndef AWASE_ENGINE_PRICING_H_
#define AWASE_ENGINE_PRICING_H_

// Stage 10: money, exact, in minor units.

#include <optional>

#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/engine/answer.h"
#include "awase/rules/rule_set.h"
#include "context.h"

namespace awase::engine {

// The lines of a set with their prices. Without a price or a percentage in `rule`, which may be null, or where the list
// prices have fallen below the price since the rule was written, the set costs the sum of the list prices: no saving is
// claimed that there is not. With a floor no line's share goes below it; where the shares cannot bear the price with
// that, the set costs more.
// Nothing when a product has no price, currencies differ, or the sum does not fit 63 bits.
std::optional<BundleOffer> PriceBundle(const artefact::Model& model, absl::Span<const ProductIndex> products,
                                       const rules::Bundle* rule);

// What the product costs the shop, where that compares with `price`.
std::optional<std::int64_t> ComparableCost(const artefact::ProductView& product, const Money& price);

// offer − anchor, when both have a price in one currency.
std::optional<Money> PriceDifference(const artefact::Model& model, ProductIndex anchor, ProductIndex offer);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRICING_H_
