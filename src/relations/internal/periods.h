#ifndef AWASE_RELATIONS_INTERNAL_PERIODS_H_
#define AWASE_RELATIONS_INTERNAL_PERIODS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/orders/baskets.h"

namespace awase::relations_internal {

inline constexpr std::size_t kPeriods = 10;

// One number for each period, the earliest first.
template <typename T>
using PerPeriod = std::array<T, kPeriods>;

// The time that a basket set covers, cut into periods of about as many baskets each.
struct Periods {
  bool follow_time = false;      // false: no basket has a time, and none of them is earlier than another
  std::vector<std::uint8_t> of;  // per basket
  PerPeriod<std::uint64_t> units{};
  PerPeriod<double> factors{};  // the basket size factor of each period's baskets; see BasketSizeFactor
};

// Baskets of one moment are of one period, so that a period may be larger than the others, or empty. Baskets without a
// time count as the earliest; where none has one the periods are of every tenth buyer in turn, which says at least
// whether others bought the same. O(baskets). Memory: 9 bytes a basket, 1 of them for good.
Periods SplitIntoPeriods(const orders::BasketSet& baskets);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PERIODS_H_
