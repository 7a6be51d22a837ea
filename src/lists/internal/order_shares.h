#ifndef AWASE_LISTS_INTERNAL_ORDER_SHARES_H_
#define AWASE_LISTS_INTERNAL_ORDER_SHARES_H_

#include <cstdint>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"
#include "awase/relations/build_relation.h"

namespace awase::lists_internal {

// The margins of the weighted counts. An order of a single product says nothing about what goes together: it weighs
// nothing here. Counts are in average orders: Σ w / mean weight.
struct OrderShares {
  std::vector<float> weights;  // per basket: w
  double mean_weight = 1;      // Σ w |b| / Σ |b|
  double companions = 0;       // how many others a product of an order has on average: Σ w |b| (|b| − 1) / Σ w |b|
  std::vector<double> orders;  // per product: n_i
  std::vector<double> shares;  // per product: of all that is bought, p_j; sums to 1
};

// Whether any basket has a time.
bool HasTimes(const orders::BasketSet& baskets);

// O(size of the set).
OrderShares SharesOf(const orders::BasketSet& baskets, const relations::RankingOptions& ranking);

// Per product: how often it was bought lately against usually, r_j = (f_j + k q_j) / ((F + k) q_j), as a logarithm. f
// and F count orders with a half-life of ten days, q_j is the share of orders with j by the age and season of the
// ranking, and k = 100 orders steady it. All 0 when no basket has a time. O(size of the set).
std::vector<double> LogTrends(const orders::BasketSet& baskets, const relations::RankingOptions& ranking);

// Per product: how many of `cases` pages are expected to be its own, by the orders of the last months.
std::vector<double> ExpectedPages(const orders::BasketSet& baskets, double cases);

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_ORDER_SHARES_H_
