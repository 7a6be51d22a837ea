#ifndef AWASE_TESTS_TESTING_REFERENCE_RELATION_H_
#define AWASE_TESTS_TESTING_REFERENCE_RELATION_H_

// The simplest right co-purchase counts, kept as the oracle of relations::BuildRelation: a few lines that share nothing
// with it but the definition.

#include <cstdint>
#include <vector>

#include "awase/base/product_index.h"

namespace awase::testing {

struct ReferenceBasket {
  std::uint32_t buyer;
  std::vector<ProductIndex> products;  // distinct
};

struct ReferenceCounts {
  std::size_t products = 0;
  std::vector<std::uint32_t> units;   // n_i
  std::vector<std::uint32_t> pairs;   // n_ij at [i · products + j]; the diagonal is n_i
  std::vector<std::uint32_t> buyers;  // distinct buyers of both, likewise

  std::uint32_t pair(std::size_t i, std::size_t j) const { return pairs[i * products + j]; }
  std::uint32_t pair_buyers(std::size_t i, std::size_t j) const { return buyers[i * products + j]; }
};

// Ten lines of loops and a std::set.
ReferenceCounts CountByLoops(std::size_t products, const std::vector<ReferenceBasket>& baskets);

// Σ over the baskets with both of |b|^−exponent, at [i · products + j].
std::vector<double> WeighByLoops(std::size_t products, const std::vector<ReferenceBasket>& baskets, double exponent);

// n_ij as XᵀX of the 0/1 basket × product matrix, by Eigen's sparse product. Buyers are left empty.
ReferenceCounts CountByMatrixProduct(std::size_t products, const std::vector<ReferenceBasket>& baskets);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_REFERENCE_RELATION_H_
