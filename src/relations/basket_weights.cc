#include "relations/internal/basket_weights.h"

#include <algorithm>
#include <cmath>

#include "awase/base/parallel.h"
#include "awase/relations/order_weights.h"

namespace awase::relations_internal {

std::vector<std::uint32_t> BasketWeights(const orders::BasketSet& baskets, const relations::RankingOptions& ranking,
                                         std::uint32_t one, std::size_t threads) {
  const relations::OrderWeights weight_of(baskets, ranking);
  std::vector<std::uint32_t> weights(baskets.size());
  ParallelFor(threads, baskets.size(), 1 << 16, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t b = first; b < last; ++b) {
      weights[b] = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::llround(weight_of(b) * one)));
    }
  });
  return weights;
}

}  // namespace awase::relations_internal
