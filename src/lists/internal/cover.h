#ifndef AWASE_LISTS_INTERNAL_COVER_H_
#define AWASE_LISTS_INTERNAL_COVER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"

namespace awase::lists_internal {

inline constexpr std::size_t kChosen = 10;  // what a page shows of a list

struct Scored {
  ProductIndex product;
  float score;
  std::uint32_t place = 0;  // for the caller: where it came from
};

inline bool RanksBefore(const Scored& a, const Scored& b) {
  return a.score != b.score ? a.score > b.score : a.product < b.product;
}

// Puts the best ten first, in their order; the order of the rest is left open.
inline void SortFirst(std::vector<Scored>* list) {
  const auto last = list->begin() + static_cast<std::ptrdiff_t>(std::min(kChosen, list->size()));
  std::partial_sort(list->begin(), last, list->end(), RanksBefore);
}

// Chooses the first ten of one list after the other so that together they show more of the catalogue: greedily by
//   score + η · (q_i / λ_i) · e^(−0.4 · shown_j),   q_i = 1 − e^(−λ_i),   shown_j = Σ q over the lists that show j
// where λ_i is how many pages of anchor i are expected. A list that is seen often keeps its best ten, since its places
// are dear; one that is hardly ever seen gives its last places to products that no list has shown. Lists are to come by
// falling λ. single-thread.
class CoverageChooser {
 public:
  CoverageChooser(std::size_t products, double bonus) : bonus_(bonus), shown_(products, 0) {}

  // Puts the chosen ten of `list` first, by score; the order of the rest is left open. O(size).
  void Choose(double expected_pages, std::vector<Scored>* list);

 private:
  double bonus_;
  std::vector<float> shown_;
  std::vector<std::pair<float, std::uint32_t>> by_worth_;
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_COVER_H_
