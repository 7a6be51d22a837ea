#ifndef AWASE_RELATIONS_INTERNAL_WINDOW_UNITS_H_
#define AWASE_RELATIONS_INTERNAL_WINDOW_UNITS_H_

// What is known of the units of basket windows before any pair is counted.

#include <cstdint>
#include <vector>

#include "awase/relations/basket_windows.h"
#include "awase/relations/build_relation.h"

namespace awase::relations_internal {

struct WindowUnits {
  std::uint64_t count = 0;                // N: with a window that is not empty
  std::vector<std::uint32_t> from_units;  // n_i, by product
  std::vector<std::uint32_t> to_units;    // n_j, by product
  std::vector<float> weights;             // by unit number; 0 for those that take no part
};

// O(lines of both sets).
WindowUnits DescribeUnits(const relations::BasketWindows& windows, const relations::RankingOptions& ranking);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_WINDOW_UNITS_H_
