#ifndef AWASE_LADDER_INTERNAL_STEP_GRADES_H_
#define AWASE_LADDER_INTERNAL_STEP_GRADES_H_

// What customers' behaviour says of steps, and the grade that follows.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/ladder/behaviour.h"
#include "awase/ladder/ladder.h"
#include "awase/ladder/share_bounds.h"
#include "ladder/internal/families.h"
#include "ladder/internal/step_judge.h"

namespace awase::ladder_internal {

// Counts as they may be used and stored: see LadderOptions::min_buyers.
ladder::MoveCounts FloorCounts(ladder::MoveCounts counts, std::uint32_t min_buyers);

struct ReturnShare {
  double share = -1;  // −1: not known
  ladder::ShareBounds bounds;
};
// Not known below kFewPurchases, of fewer than min_buyers customers, or when fewer than that (but more than none) sent
// it back or never did.
inline constexpr std::uint32_t kFewPurchases = 20;
ReturnShare ShareReturned(const ladder::ReturnCount& count, std::uint32_t min_buyers);

// By everything else that the edge says.
ladder::Grade GradeOf(const StepEdge& edge);

// Asks for behaviour and grades steps by it. Behaviour is when, of the customers who moved, more than half moved up:
// past chance (sign test; Benjamini and Hochberg 1995 over all steps of the first call), also by the 95 % lower bound,
// with the dear product the stronger one in the whole family (strength.h), and not sent back more. REQUIRES of the
// second call: families as in the first. Borrows everything; single-thread.
class StepGrader {
 public:
  StepGrader(const Families& families, const ladder::Behaviour& behaviour, const ladder::LadderOptions& options)
      : families_(families), behaviour_(behaviour), options_(options) {}

  // The candidates: they settle the strengths of all members, and the bound that chance has to stay below.
  void GradeCandidates(std::vector<StepEdge>* edges);

  // Further steps, by the same strengths and bound. By cheap member, then dear one.
  void GradeMore(std::vector<StepEdge>* edges) const;

  double returned_share(std::uint32_t member) const { return returned_[member].share; }

 private:
  void FindReturns();
  void Count(std::vector<StepEdge>* edges) const;
  void FindStrengths(const std::vector<StepEdge>& edges);
  void FindStrengthsOf(absl::Span<const StepEdge> edges);  // of one family
  std::uint32_t FamilyOf(const StepEdge& edge) const { return families_.members[edge.cheap].family; }
  void FindBound(const std::vector<StepEdge>& edges);
  void Grade(std::vector<StepEdge>* edges) const;
  void GradeStep(StepEdge* edge) const;

  const Families& families_;
  const ladder::Behaviour& behaviour_;
  const ladder::LadderOptions& options_;
  std::vector<double> strengths_;      // per member
  std::vector<ReturnShare> returned_;  // per member
  double highest_p_ = 0;               // that passes the bound on false steps
};

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_STEP_GRADES_H_
