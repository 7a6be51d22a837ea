#ifndef AWASE_EVALUATION_CLASSICAL_RANKERS_H_
#define AWASE_EVALUATION_CLASSICAL_RANKERS_H_

// The well-known fixed scores that a version is held against (docs/evaluation.md has formulas and sources).

#include <cstddef>
#include <memory>
#include <vector>

#include "awase/evaluation/ranker.h"
#include "awase/orders/row_counter.h"

namespace awase::evaluation {

// EASE^R needs the inverse of a products × products matrix: beyond this many products with an order it is left out.
inline constexpr double kMostEaseProducts = 6'000;

// "popularity", "count", "cosine", "llr", "bm25", "bm25_implicit" and, if wanted and within kMostEaseProducts,
// "ease": learned from the baskets of `index`, which they borrow. EASE^R takes O(products³) on `threads` threads and
// 4 bytes a pair of products.
std::vector<std::unique_ptr<ListRanker>> ClassicalListRankers(const orders::BasketIndex& index, bool with_ease = true,
                                                              std::size_t threads = 1);

// "popularity", and the sums of "count", "cosine", "bm25" and "bm25_implicit" over the products of the cart.
std::vector<std::unique_ptr<CartRanker>> ClassicalCartRankers(const orders::BasketIndex& index);

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_CLASSICAL_RANKERS_H_
