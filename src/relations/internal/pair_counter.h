#ifndef AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
#define AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_

// The counting kernel: what one product shares with each more popular one.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "awase/base/huge_array.h"
#include "relations/internal/pair_sum.h"
#include "relations/internal/ranked_baskets.h"

namespace awase::relations_internal {

// One thread's counters: 12 bytes per product, and 8 more where buyers repeat; pages are used as products are met.
// single-thread.
template <typename Word>
class PairCounter {
 public:
  using Index = typename RankedBaskets<Word>::Index;
  using Prefix = typename RankedBaskets<Word>::Prefix;

  PairCounter(const RankedBaskets<Word>& baskets, const SumLayout& layout);

  // Calls take(absl::Span<const PairCount>) with the pairs of `rank` and each rank below it, in batches and no
  // particular order, but for those of fewer than `min_buyers` (≥ 1) buyers. Each unordered pair thus occurs once over
  // all ranks.
  template <typename Take>
  void Count(const Index& index, std::uint32_t rank, std::uint32_t min_buyers, const Take& take) {
    if (rank < head_.rank_count()) {
      TakeBatches(rank, min_buyers, take,
                  [&](std::size_t i) { return head_.pair(rank, static_cast<std::uint32_t>(i), layout_); });
    } else if (AddBaskets(index, rank)) {
      TakeBatches(rank, min_buyers, take, [&](std::size_t i) { return TakeSum(static_cast<std::uint32_t>(i)); });
    } else {
      TakeBatches(touched_size_, min_buyers, take, [&](std::size_t i) { return TakeSum(touched_[i]); });
    }
  }

  static constexpr std::size_t kBatch = 128;

 private:
  // Hands on next(0) … next(count − 1) but for those of too few buyers. Each is written to the batch and then kept or
  // not: which ones are kept is too irregular for a branch.
  template <typename Take, typename Next>
  void TakeBatches(std::size_t count, std::uint32_t min_buyers, const Take& take, const Next& next) {
    std::array<PairCount, kBatch> batch;
    for (std::size_t first = 0; first < count; first += kBatch) {
      const std::size_t last = std::min(first + kBatch, count);
      std::size_t size = 0;
      for (std::size_t i = first; i < last; ++i) {
        batch[size] = next(i);
        size += batch[size].buyers >= min_buyers ? 1 : 0;
      }
      take(absl::MakeConstSpan(batch.data(), size));
    }
  }

  PairCount TakeSum(std::uint32_t other) {
    const std::uint64_t sum = sums_[other];
    sums_[other] = 0;
    std::uint32_t buyers = layout_.UnitsOf(sum);
    if (buyers_repeat_) {
      buyers -= repeats_[other].count;
      repeats_[other].count = 0;
    }
    return {sum, other, buyers};
  }

  // True when all of [0, rank) is to be looked through; else touched_ says where to look.
  bool AddBaskets(const Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kBuyersRepeat>
  void AddAll(const Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kInGroup>
  void AddPrefix(const Prefix& prefix);
  void BeginGroup();

  const HeadCounts& head_;
  const bool buyers_repeat_;
  const SumLayout layout_;
  HugeArray<std::uint64_t> sums_;     // by rank; see SumLayout
  HugeArray<BuyerRepeats> repeats_;   // by rank; empty unless buyers repeat
  std::uint32_t group_ = 0;           // the last one begun
  HugeArray<std::uint32_t> touched_;  // the ranks whose sums are not zero, when those are few
  std::size_t touched_size_ = 0;
};

extern template class PairCounter<std::uint16_t>;
extern template class PairCounter<std::uint32_t>;

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
