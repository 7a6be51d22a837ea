#ifndef AWASE_RELATIONS_INTERNAL_HEAD_COUNTS_H_
#define AWASE_RELATIONS_INTERNAL_HEAD_COUNTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "relations/internal/pair_sum.h"

namespace awase::relations_internal {

// The pairs among the most popular products, counted basket by basket. By Zipf's law half of all lines are theirs:
// their sums fit the cache, so that adding a basket while it is at hand is far cheaper than visiting it again for each
// of them. Memory: ¼ MiB, ¾ MiB where buyers repeat. thread-compatible.
class HeadCounts {
 public:
  // Ranks that are counted so.
  static constexpr std::uint32_t kMaxRanks = 256;

  HeadCounts(std::size_t products, bool buyers_repeat)
      : rank_count_(static_cast<std::uint32_t>(std::min<std::size_t>(products, kMaxRanks))),
        sums_(RowOf(rank_count_)),
        repeats_(buyers_repeat ? RowOf(rank_count_) : 0) {}

  // Ranks below this are counted.
  std::uint32_t rank_count() const { return rank_count_; }

  // Adds a basket of which `ranks` (ascending) are below rank_count(). Baskets of one buyer come one after another.
  void AddBasket(absl::Span<const std::uint32_t> ranks, std::uint64_t one_basket, std::uint32_t buyer) {
    for (std::size_t i = 1; i < ranks.size(); ++i) {
      std::uint64_t* const row = sums_.data() + RowOf(ranks[i]);
      for (std::size_t k = 0; k < i; ++k) row[ranks[k]] += one_basket;
    }
    if (!repeats_.empty()) AddBuyer(ranks, buyer);
  }

  // Adds what another one counted, of other buyers.
  void Merge(const HeadCounts& other);

  // REQUIRES: other < rank < rank_count().
  PairCount pair(std::uint32_t rank, std::uint32_t other, const SumLayout& layout) const {
    const std::uint64_t sum = sums_[RowOf(rank) + other];
    const std::uint32_t repeats = repeats_.empty() ? 0 : repeats_[RowOf(rank) + other].count;
    return {sum, other, layout.UnitsOf(sum) - repeats};
  }

 private:
  static std::size_t RowOf(std::size_t rank) { return rank * (rank - 1) / 2; }
  void AddBuyer(absl::Span<const std::uint32_t> ranks, std::uint32_t buyer);

  std::uint32_t rank_count_;
  std::vector<std::uint64_t> sums_;    // see SumLayout
  std::vector<BuyerRepeats> repeats_;  // empty unless buyers repeat
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_HEAD_COUNTS_H_
