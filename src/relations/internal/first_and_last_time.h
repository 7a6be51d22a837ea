#ifndef AWASE_RELATIONS_INTERNAL_FIRST_AND_LAST_TIME_H_
#define AWASE_RELATIONS_INTERNAL_FIRST_AND_LAST_TIME_H_

#include <cstdint>

#include "absl/types/span.h"

namespace awase::relations_internal {

// The time that one in a thousand is earlier than, or later than: the first or last itself may be a mistyped year.
// orders::kNoTime among the times is none; kNoTime when there is no other. O(times).
std::int64_t FirstTime(absl::Span<const std::int64_t> times);
std::int64_t LastTime(absl::Span<const std::int64_t> times);

// Below 0 where `from` is the later one. REQUIRES: neither is kNoTime.
double DaysBetween(std::int64_t from, std::int64_t to);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_FIRST_AND_LAST_TIME_H_
