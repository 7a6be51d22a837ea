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
// of them. Memory: ¼ MiB, ½ MiB where buyers repeat. thread-compatible.
template <typename Layout>
class HeadCounts {
 public:
  using Sum = typename Layout::Sum;

  // Ranks that are counted so.
  static constexpr std::uint32_t kMaxRanks = 256;

  HeadCounts(std::size_t products, bool buyers_repeat)
      : rank_count_(static_cast<std::uint32_t>(std::min<std::size_t>(products, kMaxRanks))),
        sums_(RowOf(rank_count_)),
        repeats_(buyers_repeat ? RowOf(rank_count_) : 0) {}

  // Ranks below this are counted.
  std::uint32_t rank_count() const { return rank_count_; }

  // Adds a basket of which `ranks` (ascending) are below rank_count(). Baskets of one buyer come one after another.
  void AddBasket(absl::Span<const std::uint32_t> ranks, Sum one_basket, std::uint32_t buyer) {
    for (std::size_t i = 1; i < ranks.size(); ++i) {
      Sum* const row = sums_.data() + RowOf(ranks[i]);
      for (std::size_t k = 0; k < i; ++k) row[ranks[k]] += one_basket;
    }
    if (!repeats_.empty()) AddBuyer(ranks, buyer);
  }

  // Adds what another one counted, of other buyers.
  void Merge(const HeadCounts& other);

  // Of the rank with the ranks 0 … rank − 1. REQUIRES: rank < rank_count().
  const Sum* sums(std::uint32_t rank) const { return sums_.data() + RowOf(rank); }
  // Baskets among them that brought no new buyer. REQUIRES: buyers repeat.
  const BuyerRepeats* repeats(std::uint32_t rank) const { return repeats_.data() + RowOf(rank); }

 private:
  static std::size_t RowOf(std::size_t rank) { return rank * (rank - 1) / 2; }
  void AddBuyer(absl::Span<const std::uint32_t> ranks, std::uint32_t buyer);

  std::uint32_t rank_count_;
  std::vector<Sum> sums_;
  std::vector<BuyerRepeats> repeats_;  // empty unless buyers repeat
};

extern template class HeadCounts<SumLayout>;
extern template class HeadCounts<UnitLayout>;

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_HEAD_COUNTS_H_
