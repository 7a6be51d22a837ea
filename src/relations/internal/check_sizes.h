#ifndef AWASE_RELATIONS_INTERNAL_CHECK_SIZES_H_
#define AWASE_RELATIONS_INTERNAL_CHECK_SIZES_H_

#include <cstdint>

#include "absl/status/status.h"

namespace awase::relations_internal {

// kFailedPrecondition when the integers of counting are too small for a set of so many lines and units, whose products
// are in at most `most_together` units in pairs. Says which number is too large.
absl::Status CheckSizes(std::uint64_t lines, std::uint64_t units, std::uint64_t most_together);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_CHECK_SIZES_H_
