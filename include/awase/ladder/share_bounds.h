#ifndef AWASE_LADDER_SHARE_BOUNDS_H_
#define AWASE_LADDER_SHARE_BOUNDS_H_

#include <cstdint>

namespace awase::ladder {

// REQUIRES for both: hits <= all. thread-safe; a look-up where all is below 64.

// The exact 95 % interval of a share (Clopper and Pearson 1934) of which `hits` of `all` were seen: [0, 1] of nothing.
struct ShareBounds {
  double low = 0;
  double high = 1;
};
ShareBounds BoundsOfShare(std::uint64_t hits, std::uint64_t all);

// How likely at least `hits` of `all` are when each is one with probability ½: the one-sided sign test. 1 of nothing.
double SignTest(std::uint64_t hits, std::uint64_t all);

}  // namespace awase::ladder

#endif  // AWASE_LADDER_SHARE_BOUNDS_H_
