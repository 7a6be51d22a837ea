#ifndef AWASE_RELATIONS_ORDER_WEIGHTS_H_
#define AWASE_RELATIONS_ORDER_WEIGHTS_H_

#include <cstddef>
#include <vector>

#include "awase/orders/baskets.h"
#include "awase/relations/age_weight.h"
#include "awase/relations/build_relation.h"

namespace awase::relations {

// What each basket weighs: |b|^−γ times what its age and season weigh (AgeWeight). Borrows the baskets. Immutable;
// thread-safe.
class OrderWeights {
 public:
  // Uses all of `ranking` but the popularity exponent. O(baskets).
  OrderWeights(const orders::BasketSet& baskets, const RankingOptions& ranking);

  // In (0, 1]; 0 only where it is too small for a double.
  double operator()(std::size_t basket) const;

 private:
  const orders::BasketSet& baskets_;
  std::vector<double> by_size_;  // |b|^−γ: sizes are few, baskets many
  AgeWeight by_age_;
};

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_ORDER_WEIGHTS_H_
