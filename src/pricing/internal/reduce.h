#ifndef AWASE_PRICING_INTERNAL_REDUCE_H_
#define AWASE_PRICING_INTERNAL_REDUCE_H_

// What the reduced units of one discount cost.

#include <cstdint>
#include <optional>

#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "awase/pricing/allocate.h"
#include "awase/pricing/discount.h"

namespace awase::pricing::internal {

struct ReducedUnits {
  std::int64_t unit_price_minor = 0;
  std::int64_t quantity = 0;
  std::int64_t unit_floor_minor = 0;  // ≤ unit_price_minor
};

// `exact` in ten-thousandths of a minor unit, 0 to price_minor · 10,000. The answer is at most price_minor.
std::int64_t RoundUnitPrice(const UnitRounding& rounding, absl::int128 exact, std::int64_t price_minor);

// All return what units[i] cost together. What they cost before fits 63 bits.

// The price of each unit by itself; a floor makes no other unit cheaper. Without `rounding`, whole minor units.
Shares ReduceEach(absl::Span<const ReducedUnits> units, const Reduction& reduction,
                  const std::optional<UnitRounding>& rounding);

// The percentage of all of them, rounded down once; a floor makes no other unit cheaper.
Shares ReduceByPercent(absl::Span<const ReducedUnits> units, PercentOff percent);

// All of them for `price_minor`, in proportion to what they cost: what floors keep from one unit, others bear as far as
// theirs allow. REQUIRES: 0 ≤ price_minor ≤ what they cost.
Shares ReduceTogether(absl::Span<const ReducedUnits> units, std::int64_t price_minor);

}  // namespace awase::pricing::internal

#endif  // AWASE_PRICING_INTERNAL_REDUCE_H_
