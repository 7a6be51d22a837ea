#include "relations/internal/check_sizes.h"

#include "absl/strings/str_cat.h"
#include "relations/internal/pair_sum.h"
#include "relations/internal/ranked_baskets.h"

namespace awase::relations_internal {

absl::Status CheckSizes(std::uint64_t lines, std::uint64_t units, std::uint64_t most_together) {
  const std::uint64_t words = RankedBaskets<std::uint32_t, SumLayout>::WordsFor(lines, units);
  if (words >= RankedBaskets<std::uint32_t, SumLayout>::kMaxWords) {
    return absl::FailedPreconditionError(absl::StrCat(lines, " lines and three times ", units, " baskets are ", words,
                                                      ", above 2^32 − 1: train on fewer orders"));
  }
  if (most_together >= SumLayout::kMaxUnits) {
    return absl::FailedPreconditionError(absl::StrCat("the second most popular product is in ", most_together,
                                                      " baskets, above 2^28 − 1: train on fewer orders"));
  }
  return absl::OkStatus();
}

}  // namespace awase::relations_internal
