#ifndef AWASE_RELATIONS_AGE_WEIGHT_H_
#define AWASE_RELATIONS_AGE_WEIGHT_H_

#include <cstdint>

#include "absl/types/span.h"

namespace awase::relations {

// 2^(−age / half-life). Age counts from the time that one in a thousand is later than: the latest itself would let a
// single mistyped year make everything else old. What has no time is as old as the oldest. Immutable; thread-safe.
class AgeWeight {
 public:
  // Of all times that will be asked about; kNoTime among them is none. half_life_days = 0: age does not matter.
  AgeWeight(absl::Span<const std::int64_t> times, double half_life_days);

  // In [0, 1].
  double operator()(std::int64_t time) const;

 private:
  double half_life_days_;
  std::int64_t newest_;  // kNoTime where age does not matter
  std::int64_t oldest_;
};

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_AGE_WEIGHT_H_
