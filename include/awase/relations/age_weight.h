#ifndef AWASE_RELATIONS_AGE_WEIGHT_H_
#define AWASE_RELATIONS_AGE_WEIGHT_H_

#include <cstdint>

#include "absl/types/span.h"
#include "awase/relations/build_relation.h"

namespace awase::relations {

// (2^(−age / half-life) + s · SeasonNearness(age)) / (1 + s), where s is the season weight. Age counts from the time
// that one in a thousand is later than: the latest itself would let a single mistyped year make everything else old.
// What has no time is as old as the oldest, and of no season. Immutable; thread-safe.
class AgeWeight {
 public:
  // Of all times that will be asked about; kNoTime among them is none. Uses the half-life, where 0 means that age does
  // not matter, and the season weight, which is 0 where HasEarlierSeason(times) is false. O(times).
  AgeWeight(absl::Span<const std::int64_t> times, const RankingOptions& ranking);

  // In [0, 1].
  double operator()(std::int64_t time) const;

 private:
  double half_life_days_;
  double season_weight_;
  std::int64_t newest_;  // kNoTime where neither age nor season matters
  std::int64_t oldest_;
};

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_AGE_WEIGHT_H_
