#ifndef AWASE_RELATIONS_INTERNAL_PAIRS_BY_PERIOD_H_
#define AWASE_RELATIONS_INTERNAL_PAIRS_BY_PERIOD_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"
#include "awase/relations/relation.h"
#include "relations/internal/periods.h"

namespace awase::relations_internal {

// In how many baskets of each period the claims of a relation are, and the products of claims. Immutable; thread-safe.
class PairsByPeriod {
 public:
  // Counts the pairs of `relation` that are claims from one side or the other. O(claims log claims), and for each line
  // of a basket the smaller one of the basket and the claims of its product with more popular ones, times the logarithm
  // of the larger one. Memory: 44 bytes a pair and 4 a claim, 49 a
  // product and another 8 while pairs are collected.
  PairsByPeriod(const relations::Relation& relation, const orders::BasketSet& baskets, const Periods& periods,
                std::size_t threads);

  // Zeros for a product without a claim.
  const PerPeriod<std::uint32_t>& units(ProductIndex product) const { return units_[Slot(product)]; }
  // REQUIRES: the two are a claim.
  const PerPeriod<std::uint32_t>& together(ProductIndex a, ProductIndex b) const;

 private:
  // A pair stands with the less popular of its products: popular ones are in the lists of thousands.
  bool StandsWithFirst(ProductIndex a, ProductIndex b) const;
  absl::Span<const ProductIndex> others(ProductIndex product) const;
  void CollectPairs(const relations::Relation& relation);
  template <typename Work>
  void ForEachClaim(const relations::Relation& relation, const Work& work) const;
  void CountBasket(absl::Span<const ProductIndex> claimed, std::size_t period);

  const std::vector<std::uint32_t>& popularity_;    // baskets with each product
  std::vector<std::uint64_t> offsets_;              // product i's pairs are others_[offsets_[i] … offsets_[i+1])
  std::vector<ProductIndex> others_;                // ascending within a product
  std::vector<PerPeriod<std::uint32_t>> together_;  // by pair
  std::vector<PerPeriod<std::uint32_t>> units_;     // by product
  std::vector<bool> is_claimed_;                    // by product: most stand in no claim, and are passed over
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIRS_BY_PERIOD_H_
