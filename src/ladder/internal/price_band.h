#ifndef AWASE_LADDER_INTERNAL_PRICE_BAND_H_
#define AWASE_LADDER_INTERNAL_PRICE_BAND_H_

#include <vector>

#include "absl/types/span.h"
#include "awase/ladder/ladder.h"
#include "ladder/internal/families.h"

namespace awase::ladder_internal {

// The highest ratio of one step in a family, from the gaps between its tiers (runs of values within min_step of their
// first): max_step to begin with, more where the tiers of the family are further apart, never more than widest_step.
//   exp(1.5 · (g₀ + Σ g) / (1 + n)),  g the n gaps as logarithms, g₀ = log(max_step) / 1.5
// so a step reaches one and a half of the usual gap; g₀ counts as one gap, lest the only gap of a family justify
// itself.
// `members` are by value; free plans are no tier. O(members).
double WidestStepOf(absl::Span<const Member> members, const ladder::LadderOptions& options);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_PRICE_BAND_H_
