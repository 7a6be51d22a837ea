#include "relations/internal/sort_small.h"

#include <algorithm>

#include "relations/internal/vector_clones.h"

namespace awase::relations_internal {
namespace {

constexpr std::size_t kStep = 8;       // numbers compared at once; fewer are filled up
constexpr std::size_t kMostSteps = 5;  // above 40 numbers n² comparisons cost more than the branches of std::sort
constexpr std::uint32_t kFill = 0xFFFFFFFF;

// A number's position is how many are smaller. kSteps is known to the compiler, so that no loop has a remainder.
template <std::size_t kSteps>
__attribute__((always_inline)) inline void SortByCounting(const std::uint32_t* from, std::size_t size,
                                                          std::uint32_t* to) {
  std::uint32_t numbers[kSteps * kStep];
  std::uint32_t positions[kSteps * kStep] = {};
  for (std::size_t i = 0; i < kSteps * kStep; ++i) numbers[i] = i < size ? from[i] : kFill;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < kSteps * kStep; ++k) positions[k] += numbers[i] < numbers[k] ? 1 : 0;
  }
  for (std::size_t i = 0; i < size; ++i) to[positions[i]] = numbers[i];
}

}  // namespace

AWASE_VECTOR_CLONES("avx2")
void SortDistinct(const std::uint32_t* from, std::size_t size, std::uint32_t* to) {
  switch ((size + kStep - 1) / kStep) {
    case 0:
      return;
    case 1:
      return SortByCounting<1>(from, size, to);
    case 2:
      return SortByCounting<2>(from, size, to);
    case 3:
      return SortByCounting<3>(from, size, to);
    case 4:
      return SortByCounting<4>(from, size, to);
    case kMostSteps:
      return SortByCounting<kMostSteps>(from, size, to);
    default:
      std::copy(from, from + size, to);
      std::sort(to, to + size);
  }
}

}  // namespace awase::relations_internal
