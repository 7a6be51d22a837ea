#ifndef AWASE_LADDER_INTERNAL_RANK_CORRELATION_H_
#define AWASE_LADDER_INTERNAL_RANK_CORRELATION_H_

#include <vector>

namespace awase::ladder_internal {

struct Observation {
  double x;
  double y;
};

// Spearman's: the correlation of the ranks, those of equal numbers averaged. 0 when all x or all y are equal, or there
// is nothing. In [−1, 1]. O(n log n).
double RankCorrelation(const std::vector<Observation>& observations);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_RANK_CORRELATION_H_
