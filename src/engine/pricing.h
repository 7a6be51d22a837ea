#ifndef AWASE_ENGINE_PRICING_H_
#define AWASE_ENGINE_PRICING_H_

// Stage 10: money, exact, in minor units.

#include <cstdint>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/engine/answer.h"
#include "context.h"

namespace awase::engine {

// Splits `set_price` over lines in proportion to their list prices: whole minor units by the largest remainder, ties to
// the earlier line. The shares add up to set_price exactly and none exceeds its list price.
// REQUIRES: list prices ≥ 0; 0 ≤ set_price ≤ their sum, which fits 63 bits. O(lines²).
absl::InlinedVector<std::int64_t, 4> AllocateSetPrice(absl::Span<const std::int64_t> list_prices,
                                                      std::int64_t set_price);

// The lines of a set with their prices. Without `set_price`, or where the list prices have fallen below it since the
// rule was written, the set costs the sum of the list prices: no saving is claimed that there is not.
// Nothing when a product has no price, currencies differ, or the sum does not fit 63 bits.
std::optional<BundleOffer> PriceBundle(const artefact::Model& model, absl::Span<const ProductIndex> products,
                                       std::optional<Money> set_price);

// offer − anchor, when both have a price in one currency.
std::optional<Money> PriceDifference(const artefact::Model& model, ProductIndex anchor, ProductIndex offer);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRICING_H_
