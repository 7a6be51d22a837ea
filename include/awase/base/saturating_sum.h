#ifndef AWASE_BASE_SATURATING_SUM_H_
#define AWASE_BASE_SATURATING_SUM_H_

#include <cstdint>

namespace awase {

// a + b, for b ≥ 0; stays at the largest number instead of running over.
inline std::int64_t SaturatingSum(std::int64_t a, std::int64_t b) { return a > INT64_MAX - b ? INT64_MAX : a + b; }

}  // namespace awase

#endif  // AWASE_BASE_SATURATING_SUM_H_
