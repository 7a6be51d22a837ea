#ifndef AWASE_RELATIONS_INTERNAL_BASKET_WEIGHTS_H_
#define AWASE_RELATIONS_INTERNAL_BASKET_WEIGHTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/orders/baskets.h"
#include "awase/relations/build_relation.h"

namespace awase::relations_internal {

// Whether every basket weighs 1.
inline bool AllWeighTheSame(const relations::RankingOptions& ranking) {
  return ranking.basket_size_exponent == 0 && ranking.half_life_days == 0 && ranking.season_weight == 0;
}

// Per basket: its OrderWeights, where 1 is written as `one`, and never less than 1 of those units, so that no purchase
// vanishes.
std::vector<std::uint32_t> BasketWeights(const orders::BasketSet& baskets, const relations::RankingOptions& ranking,
                                         std::uint32_t one, std::size_t threads);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_BASKET_WEIGHTS_H_
