#ifndef AWASE_LISTS_INTERNAL_NEAR_FOR_H_
#define AWASE_LISTS_INTERNAL_NEAR_FOR_H_

#include <cstddef>
#include <optional>

#include "awase/lists/list_settings.h"
#include "awase/relations/relation.h"
#include "awase/similarity/near_products.h"

namespace awase::lists_internal {

// Who is near whom by `counted`, for settings.similar_orders: nothing where that is 0 or has no say
// (lists::CanRankBySimilar). The result does not depend on `threads`.
std::optional<similarity::NearProducts> NearFor(const relations::Relation& counted, const lists::ListSettings& settings,
                                                std::size_t threads);

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_NEAR_FOR_H_
