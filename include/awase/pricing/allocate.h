#ifndef AWASE_PRICING_ALLOCATE_H_
#define AWASE_PRICING_ALLOCATE_H_

// Splits the price of several things over them, in whole minor units that add up to it.
//
//   AllocateSetPrice({1000, 1000, 1000}, 2000);                  // 667, 667, 666
//   AllocateAboveFloors({1000, 1000}, {900, 0}, 1500);           // 900, 600: the first one cannot go lower

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"

namespace awase::pricing {

using Shares = absl::InlinedVector<std::int64_t, 4>;

// Splits `set_price` over lines in proportion to their list prices: whole minor units by the largest remainder, ties to
// the earlier line. The shares add up to set_price exactly, none is negative and none exceeds its list price.
// REQUIRES: list prices ≥ 0; 0 ≤ set_price ≤ their sum, which fits 63 bits. O(lines · log lines).
Shares AllocateSetPrice(absl::Span<const std::int64_t> list_prices, std::int64_t set_price);

// Likewise, with no share below its floor: a line whose share by proportion would be, gets its floor, and the others
// bear the difference, in proportion to their list prices again.
// REQUIRES: as above; as many floors as lines; 0 ≤ floor ≤ list price; set_price ≥ the sum of the floors.
// O(lines² · log lines) at most, when floors take effect one after the other.
Shares AllocateAboveFloors(absl::Span<const std::int64_t> list_prices, absl::Span<const std::int64_t> floors,
                           std::int64_t set_price);

}  // namespace awase::pricing

#endif  // AWASE_PRICING_ALLOCATE_H_
