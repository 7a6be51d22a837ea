#ifndef AWASE_LADDER_INTERNAL_STEP_CANDIDATES_H_
#define AWASE_LADDER_INTERNAL_STEP_CANDIDATES_H_

// Which steps are worth judging: a few per product, however large its family.

#include <cstddef>
#include <vector>

#include "awase/ladder/ladder.h"
#include "ladder/internal/families.h"
#include "ladder/internal/step_judge.h"

namespace awase::ladder_internal {

// For each member in each direction, of what is within its family's price band: the nearest kDominating steps to what
// is better in every spec, the kOthers best sellers, and of the next tier kOfTier products, whatever the price. Looked
// at are the nearest kNearest products and the best sellers of every 5 % of price. By cheap member, then dear one;
// distinct. O(members · (kNearest + band) · specs).
inline constexpr std::size_t kNearest = 32;
inline constexpr std::size_t kDominating = 4;
inline constexpr std::size_t kOthers = 3;
inline constexpr std::size_t kOfTier = 3;
std::vector<StepEdge> FindSteps(const Families& families, const StepJudge& judge, const ladder::LadderOptions& options);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_STEP_CANDIDATES_H_
