#ifndef AWASE_RULES_ROW_LIMITS_H_
#define AWASE_RULES_ROW_LIMITS_H_

#include <cstddef>

namespace awase::rules {

// Offers of one product type in a row of also_bought, but for pins, which may be more: one film is an accessory and two
// are a choice; the third only pushes another idea off the row.
inline constexpr std::size_t kMostOfOneType = 2;

}  // namespace awase::rules

#endif  // AWASE_RULES_ROW_LIMITS_H_
