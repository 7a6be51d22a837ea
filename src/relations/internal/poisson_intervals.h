#ifndef AWASE_RELATIONS_INTERNAL_POISSON_INTERVALS_H_
#define AWASE_RELATIONS_INTERNAL_POISSON_INTERVALS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "relations/internal/claim_test.h"

namespace awase::relations_internal {

// PoissonInterval, which costs about 1 µs, looked up where counts are small, as nearly all are. Immutable; thread-safe.
class PoissonIntervals {
 public:
  // Of counts up to `most_units` or 4,096, whichever is less. Memory: 16 bytes each.
  PoissonIntervals(std::uint32_t most_units, std::size_t threads);

  Interval operator()(std::uint32_t count) const {
    return count < intervals_.size() ? intervals_[count] : PoissonInterval(count);
  }
  // Its lower end alone, at half the price.
  double Low(std::uint32_t count) const {
    return count < intervals_.size() ? intervals_[count].low : PoissonLow(count);
  }

 private:
  std::vector<Interval> intervals_;  // by count
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_POISSON_INTERVALS_H_
