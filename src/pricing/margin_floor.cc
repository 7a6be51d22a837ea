#include "awase/pricing/margin_floor.h"

#include <limits>

#include "absl/numeric/int128.h"
#include "awase/pricing/discount.h"

namespace awase::pricing {

std::int64_t LowestUnitPrice(const MarginFloor& floor, std::int64_t unit_cost_minor) {
  const std::int64_t cost_share = kBasisPoints - floor.least_margin_basis_points;
  const absl::int128 price = (absl::int128(unit_cost_minor) * kBasisPoints + cost_share - 1) / cost_share;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return price > kMost ? kMost : static_cast<std::int64_t>(price);
}

}  // namespace awase::pricing
