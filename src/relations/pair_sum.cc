#include "relations/internal/pair_sum.h"

#include <algorithm>
#include <bit>

namespace awase::relations_internal {

SumLayout::SumLayout(std::uint32_t max_units) {
  const int units_bits = std::bit_width(max_units);
  const int weight_bits = std::min(64 - 2 * units_bits, 31);
  units_shift_ = 64 - units_bits;
  weight_mask_ = (std::uint64_t{1} << units_shift_) - 1;
  max_weight_ = static_cast<std::uint32_t>((std::uint64_t{1} << weight_bits) - 1);
}

}  // namespace awase::relations_internal
