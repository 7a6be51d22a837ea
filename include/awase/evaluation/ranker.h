#ifndef AWASE_EVALUATION_RANKER_H_
#define AWASE_EVALUATION_RANKER_H_

// What is judged: anything that ranks products for an anchor, or for a cart.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"

namespace awase::evaluation {

struct ScoredProduct {
  ProductIndex product;
  float score;
};

// The best first, ties by product id. As std::sort wants it.
inline bool RanksBefore(const ScoredProduct& a, const ScoredProduct& b) {
  return a.score != b.score ? a.score > b.score : a.product < b.product;
}

// Each product once, by product, with the sum of its scores in the order in which they stand. O(n log n).
std::vector<ScoredProduct> SumByProduct(std::vector<ScoredProduct> parts);

// Ranks products for one anchor. Its calls may come from several threads at once.
class ListRanker {
 public:
  virtual ~ListRanker() = default;

  // As it stands in reports: "popularity", "bm25", a version id.
  virtual std::string name() const = 0;

  // The best `count` products, best first, without the anchor; fewer when it knows no more.
  virtual std::vector<ProductIndex> Top(ProductIndex anchor, std::size_t count) const = 0;
};

// Ranks products for a cart. Its calls may come from several threads at once.
class CartRanker {
 public:
  virtual ~CartRanker() = default;
  virtual std::string name() const = 0;

  // All products it would propose at all, each once, in no order; those of the cart may be among them and are passed
  // over. What is not among them has no rank.
  virtual std::vector<ScoredProduct> Score(absl::Span<const ProductIndex> cart) const = 0;
};

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_RANKER_H_
