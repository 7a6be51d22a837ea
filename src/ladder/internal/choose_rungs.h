#ifndef AWASE_LADDER_INTERNAL_CHOOSE_RUNGS_H_
#define AWASE_LADDER_INTERNAL_CHOOSE_RUNGS_H_

// From graded steps to the rungs of each member.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "awase/ladder/ladder.h"
#include "ladder/internal/families.h"
#include "ladder/internal/step_grades.h"
#include "ladder/internal/step_judge.h"

namespace awase::ladder_internal {

inline constexpr std::uint32_t kNoEdge = std::numeric_limits<std::uint32_t>::max();

// The rungs of one member: positions in ChosenRungs::edges by direction, then rung; kNoEdge.
using MemberRungs = std::array<std::array<std::uint32_t, 2>, 2>;

struct ChosenRungs {
  std::vector<StepEdge> edges;
  std::vector<MemberRungs> of_member;
};

// In each direction the nearest step above WEAK opens a tier of price, and the best backed step within tier_width of it
// is rung 1: by grade, tier column, series, what sells best. What can be reached by two steps of the tier is left out.
// Where there is no step above WEAK the best seller of the nearest tier is a WEAK rung 1, of those that are not worse
// in every spec nor refuted by customers. Rung 2 is rung 1 of a rung 1 above WEAK, graded by what is known of the two
// ends. A member of a family of three or more that has no rung yet gets the nearest product in price, WEAK, of the
// 256 dearer and 256 cheaper ones: so one among more duplicates or lower tiers than that gets none.
//
// `edges` are graded candidates, by cheap member, then dear one. O(edges · log edges).
ChosenRungs ChooseRungs(std::vector<StepEdge> edges, const Families& families, const StepJudge& judge,
                        const StepGrader& grader, const ladder::LadderOptions& options);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_CHOOSE_RUNGS_H_
