#include "relations/internal/poisson_intervals.h"

#include <algorithm>

#include "awase/base/parallel.h"

namespace awase::relations_internal {
namespace {

constexpr std::uint32_t kCached = 4096;
constexpr std::size_t kGrain = 64;

}  // namespace

PoissonIntervals::PoissonIntervals(std::uint32_t most_units, std::size_t threads)
    : intervals_(std::min(most_units, kCached) + std::size_t{1}) {
  ParallelFor(threads, intervals_.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t count = first; count < last; ++count) {
      intervals_[count] = PoissonInterval(static_cast<std::uint32_t>(count));
    }
  });
}

}  // namespace awase::relations_internal
