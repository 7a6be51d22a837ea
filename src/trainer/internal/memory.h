#ifndef AWASE_TRAINER_INTERNAL_MEMORY_H_
#define AWASE_TRAINER_INTERNAL_MEMORY_H_

#include <cstddef>
#include <cstdint>

#include "awase/orders/baskets.h"

namespace awase::trainer_internal {

// What relations::RelationOptions::max_index_bytes may be so that counting `baskets` for lists of `top_k`, on
// `threads`, keeps the process within `memory_limit_bytes` (0 = no limit), given what it takes now. Lists are taken to
// get full. Never so little that counting would need more than some dozens of passes: then the limit is passed.
std::uint64_t IndexBytesWithin(std::uint64_t memory_limit_bytes, const orders::BasketSet& baskets, std::size_t top_k,
                               std::size_t threads);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_MEMORY_H_
