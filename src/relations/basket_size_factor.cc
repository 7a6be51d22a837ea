#include "awase/relations/basket_size_factor.h"

#include <cstddef>

namespace awase::relations {

double BasketSizeFactor(const orders::BasketSet& baskets) {
  double sum = 0;
  double pairs = 0;
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    const auto size = static_cast<double>(baskets.offsets[b + 1] - baskets.offsets[b]);
    sum += size;  // whole numbers below 2^53: exact, so the order of baskets does not matter
    pairs += size * (size - 1);
  }
  return pairs > 0 ? static_cast<double>(baskets.size()) * pairs / (sum * sum) : 1;
}

}  // namespace awase::relations
