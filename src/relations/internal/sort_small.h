#ifndef AWASE_RELATIONS_INTERNAL_SORT_SMALL_H_
#define AWASE_RELATIONS_INTERNAL_SORT_SMALL_H_

#include <cstddef>
#include <cstdint>

namespace awase::relations_internal {

// Writes the `size` distinct numbers of `from` to `to` in ascending order. Up to some dozens of them by comparing all
// with all, which has no branch that could be mispredicted and eight comparisons to the instruction where the processor
// has AVX2; above by std::sort. The two do not overlap.
void SortDistinct(const std::uint32_t* from, std::size_t size, std::uint32_t* to);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_SORT_SMALL_H_
