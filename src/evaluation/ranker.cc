#include "awase/evaluation/ranker.h"

#include <algorithm>

namespace awase::evaluation {

std::vector<ScoredProduct> SumByProduct(std::vector<ScoredProduct> parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.product < b.product; });
  std::vector<ScoredProduct> sums;
  for (const ScoredProduct& part : parts) {
    if (sums.empty() || sums.back().product != part.product) {
      sums.push_back(part);
    } else {
      sums.back().score += part.score;
    }
  }
  return sums;
}

}  // namespace awase::evaluation
