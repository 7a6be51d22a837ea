#ifndef AWASE_PRICING_MARGIN_FLOOR_H_
#define AWASE_PRICING_MARGIN_FLOOR_H_

// The lowest price at which a shop lets a unit go, where it is known what the unit costs.

#include <cstdint>

namespace awase::pricing {

struct MarginFloor {
  // The least part of the price that is the shop's: (price − cost) / price. 0 = never below cost. 0 to 9,999.
  std::int64_t least_margin_basis_points = 0;

  friend bool operator==(const MarginFloor&, const MarginFloor&) = default;
};

// The lowest whole price with the margin, cost / (1 − margin), rounded up; the largest number where it does not fit 63
// bits. REQUIRES: unit_cost_minor ≥ 0, the margin in its range.
std::int64_t LowestUnitPrice(const MarginFloor& floor, std::int64_t unit_cost_minor);

}  // namespace awase::pricing

#endif  // AWASE_PRICING_MARGIN_FLOOR_H_
