#ifndef AWASE_RELATIONS_BASKET_SIZE_FACTOR_H_
#define AWASE_RELATIONS_BASKET_SIZE_FACTOR_H_

#include <cstddef>
#include <cstdint>

#include "awase/orders/baskets.h"

namespace awase::relations {

// The sums behind BasketSizeFactor, for baskets that come one by one. single-thread.
class BasketSizeSums {
 public:
  void Add(std::size_t basket_size) {
    const auto size = static_cast<double>(basket_size);
    ++baskets_;
    lines_ += size;  // whole numbers below 2^53: exact, so the order of baskets does not matter
    pairs_ += size * (size - 1);
  }
  std::uint64_t baskets() const { return baskets_; }
  double Factor() const { return pairs_ > 0 ? static_cast<double>(baskets_) * pairs_ / (lines_ * lines_) : 1; }

 private:
  std::uint64_t baskets_ = 0;
  double lines_ = 0;
  double pairs_ = 0;
};

// N · Σ s(s−1) / (Σ s)², over basket sizes s: how much more often than n_i · n_j / N two independent products meet when
// baskets differ in size (1 for equal sizes ≫ 1, above 1 where some baskets are huge). 1 for an empty set. O(baskets).
double BasketSizeFactor(const orders::BasketSet& baskets);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_BASKET_SIZE_FACTOR_H_
