#include "awase/relations/basket_size_factor.h"

namespace awase::relations {

double BasketSizeFactor(const orders::BasketSet& baskets) {
  BasketSizeSums sums;
  for (std::size_t b = 0; b < baskets.size(); ++b) sums.Add(baskets.offsets[b + 1] - baskets.offsets[b]);
  return sums.Factor();
}

}  // namespace awase::relations
