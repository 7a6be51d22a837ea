#ifndef AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
#define AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_

// The counting kernel: what one product shares with each more popular one.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "awase/base/huge_array.h"
#include "relations/internal/ranked_baskets.h"

namespace awase::relations_internal {

// A pair's units and weight are summed in one 64-bit number, so that a basket costs one addition per pair: the upper bits
// count, the lower ones weigh. The more baskets a pair can be in, the fewer bits are left for a weight.
class SumLayout {
 public:
  // For pairs of at most `max_units` baskets. REQUIRES: max_units < kMaxUnits.
  explicit SumLayout(std::uint32_t max_units);
  static constexpr std::uint32_t kMaxUnits = std::uint32_t{1} << 28;  // leaves 8 bits for a weight

  // Weights are in [1, max_weight()].
  std::uint32_t max_weight() const { return max_weight_; }
  std::uint64_t OneBasket(std::uint32_t weight) const { return (std::uint64_t{1} << units_shift_) + weight; }
  std::uint32_t UnitsOf(std::uint64_t sum) const { return static_cast<std::uint32_t>(sum >> units_shift_); }
  std::uint64_t WeightOf(std::uint64_t sum) const { return sum & weight_mask_; }

 private:
  int units_shift_;
  std::uint64_t weight_mask_;
  std::uint32_t max_weight_;
};

// What the product that is counted has in common with another one.
struct PairCount {
  std::uint64_t sum;     // units and weight; see SumLayout
  std::uint32_t other;   // rank
  std::uint32_t buyers;  // distinct, of the units
};

// One thread's counters: 12 bytes per product, and 8 more where buyers repeat; pages are used as products are met.
// single-thread.
template <typename Word>
class PairCounter {
 public:
  using Index = typename RankedBaskets<Word>::Index;
  using Prefix = typename RankedBaskets<Word>::Prefix;

  PairCounter(const RankedBaskets<Word>& baskets, const SumLayout& layout);

  // Calls take(absl::Span<const PairCount>) with the pairs of `rank` and each rank below it, in batches and no particular
  // order, but for those of fewer than `min_buyers` (≥ 1) buyers. Each unordered pair thus occurs once over all ranks.
  template <typename Take>
  void Count(const Index& index, std::uint32_t rank, std::uint32_t min_buyers, const Take& take) {
    const bool dense = AddBaskets(index, rank);
    const std::size_t end = dense ? rank : touched_size_;
    std::array<PairCount, kBatch> batch;
    for (std::size_t first = 0; first < end; first += kBatch) {
      const std::size_t last = std::min(first + kBatch, end);
      std::size_t size = 0;
      if (dense) {
        for (std::size_t i = first; i < last; ++i) {
          TakeSum(static_cast<std::uint32_t>(i), min_buyers, batch.data(), &size);
        }
      } else {
        for (std::size_t i = first; i < last; ++i) TakeSum(touched_[i], min_buyers, batch.data(), &size);
      }
      take(absl::MakeConstSpan(batch.data(), size));
    }
  }

  static constexpr std::size_t kBatch = 128;

 private:
  // The baskets of a buyer that has several with the product: a further one with the same other product adds no buyer.
  struct Repeats {
    std::uint32_t last_group = 0;  // the group of baskets that was the last to have it
    std::uint32_t count = 0;       // baskets that brought no new buyer
  };

  // Written in any case and kept if it counts: whether it does is too irregular for a branch.
  void TakeSum(std::uint32_t other, std::uint32_t min_buyers, PairCount* batch, std::size_t* size) {
    const std::uint64_t sum = sums_[other];
    sums_[other] = 0;
    std::uint32_t buyers = layout_.UnitsOf(sum);
    if (buyers_repeat_) {
      buyers -= repeats_[other].count;
      repeats_[other].count = 0;
    }
    batch[*size] = {sum, other, buyers};
    *size += buyers >= min_buyers ? 1 : 0;
  }

  // True when all of [0, rank) is to be looked through; else touched_ says where to look.
  bool AddBaskets(const Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kBuyersRepeat>
  void AddAll(const Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kInGroup>
  void AddPrefix(const Prefix& prefix);
  void BeginGroup();

  const bool buyers_repeat_;
  const SumLayout layout_;
  HugeArray<std::uint64_t> sums_;  // by rank; see SumLayout
  HugeArray<Repeats> repeats_;     // by rank; empty unless buyers repeat
  std::uint32_t group_ = 0;
  HugeArray<std::uint32_t> touched_;  // the ranks whose sums are not zero, when those are few
  std::size_t touched_size_ = 0;
};

extern template class PairCounter<std::uint16_t>;
extern template class PairCounter<std::uint32_t>;

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
