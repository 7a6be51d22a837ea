#ifndef AWASE_PRICING_INTERNAL_CHECK_CART_H_
#define AWASE_PRICING_INTERNAL_CHECK_CART_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "awase/pricing/price_cart.h"

namespace awase::pricing::internal {

// The errors of PriceCart: the first one there is.
absl::Status CheckCart(absl::Span<const Line> lines, absl::Span<const Discount> discounts);

}  // namespace awase::pricing::internal

#endif  // AWASE_PRICING_INTERNAL_CHECK_CART_H_
