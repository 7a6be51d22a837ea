#ifndef AWASE_RELATIONS_BASKET_SIZE_FACTOR_H_
#define AWASE_RELATIONS_BASKET_SIZE_FACTOR_H_

#include "awase/orders/baskets.h"

namespace awase::relations {

// N · Σ s(s−1) / (Σ s)², over basket sizes s: how much more often than n_i · n_j / N two independent products meet when
// baskets differ in size (1 for equal sizes ≫ 1, above 1 where some baskets are huge). 1 for an empty set. O(baskets).
double BasketSizeFactor(const orders::BasketSet& baskets);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_BASKET_SIZE_FACTOR_H_
