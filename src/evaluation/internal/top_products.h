#ifndef AWASE_EVALUATION_INTERNAL_TOP_PRODUCTS_H_
#define AWASE_EVALUATION_INTERNAL_TOP_PRODUCTS_H_

#include <algorithm>
#include <vector>

#include "awase/evaluation/ranker.h"

namespace awase::evaluation_internal {

// The best `count`, best first.
inline std::vector<ProductIndex> TopProducts(std::vector<evaluation::ScoredProduct> scored, std::size_t count) {
  const std::size_t kept = std::min(count, scored.size());
  std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(kept), scored.end(),
                    evaluation::RanksBefore);
  std::vector<ProductIndex> top;
  for (std::size_t i = 0; i < kept; ++i) top.push_back(scored[i].product);
  return top;
}

}  // namespace awase::evaluation_internal

#endif  // AWASE_EVALUATION_INTERNAL_TOP_PRODUCTS_H_
