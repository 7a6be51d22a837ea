#ifndef AWASE_LISTS_INTERNAL_SIMILAR_SHARES_H_
#define AWASE_LISTS_INTERNAL_SIMILAR_SHARES_H_

#include <vector>

#include "awase/base/product_index.h"
#include "awase/relations/relation.h"
#include "awase/similarity/near_products.h"
#include "lists/internal/order_shares.h"

namespace awase::lists_internal {

struct SimilarShare {
  ProductIndex product;
  float share;
};

// How often products like i are bought with j, were they one product:
//   S_ij = Σ s_k C_kj / Σ s_k n_k over the products k near i, s_k being the cosine.
// Of each list of k only the first 64 entries are added up; they have passed the floor of buyers. Immutable;
// thread-safe. Borrows all of them.
class SimilarShares {
 public:
  // `counted`: lists by C_ij · shares.mean_weight, as relations::BuildRelation makes them without β.
  SimilarShares(const relations::Relation& counted, const OrderShares& shares, const similarity::NearProducts& near)
      : counted_(counted), shares_(shares), near_(near) {}

  // The S_ij above 0, by product, without i. Empty where nothing is near i. O(neighbours · 64 · log).
  std::vector<SimilarShare> Of(ProductIndex i) const;

 private:
  const relations::Relation& counted_;
  const OrderShares& shares_;
  const similarity::NearProducts& near_;
};

// S_ij of j in what SimilarShares::Of returned, 0 for who is not there. O(log).
float ShareOf(const std::vector<SimilarShare>& shares, ProductIndex j);

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_SIMILAR_SHARES_H_
