#ifndef AWASE_EVALUATION_INTERNAL_EASE_H_
#define AWASE_EVALUATION_INTERNAL_EASE_H_

// EASE^R (Steck 2019, arXiv 1905.03375): the linear autoencoder with a zero diagonal, in closed form.

#include <memory>

#include "awase/evaluation/ranker.h"
#include "awase/orders/row_counter.h"

namespace awase::evaluation_internal {

// B = I − P · diag(1 / P), P = (XᵀX + λ I)⁻¹, over the products with an order; the score of j for an anchor i is B_ij.
// The rank does not depend on `threads`.
std::unique_ptr<evaluation::ListRanker> MakeEaseRanker(const orders::BasketIndex& index, double lambda,
                                                       std::size_t threads);

}  // namespace awase::evaluation_internal

#endif  // AWASE_EVALUATION_INTERNAL_EASE_H_
