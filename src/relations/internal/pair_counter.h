#ifndef AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
#define AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_

// The counting kernel: what one product shares with each more popular one.

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

// One thread's counters: 28 bytes per product, and 8 more where buyers repeat; pages are used as products are met.
// single-thread.
class PairCounter {
 public:
  PairCounter(const RankedBaskets& baskets, const SumLayout& layout);

  // The pairs of `rank` with each rank below it, in no particular order, but for those of fewer than `min_buyers` (≥ 1)
  // buyers. Each unordered pair thus occurs once over all ranks. Valid until the next call.
  absl::Span<const PairCount> Count(const RankedBaskets::Index& index, std::uint32_t rank, std::uint32_t min_buyers);

 private:
  // The baskets of a buyer that has several with the product: a further one with the same other product adds no buyer.
  struct Repeats {
    std::uint32_t last_group = 0;  // the group of baskets that was the last to have it
    std::uint32_t count = 0;       // baskets that brought no new buyer
  };

  void TakeSum(std::uint32_t other, std::uint32_t min_buyers);

  // True when all of [0, rank) is to be looked through; else touched_ says where to look.
  bool AddBaskets(const RankedBaskets::Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kBuyersRepeat>
  void AddAll(const RankedBaskets::Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kInGroup>
  void AddPrefix(const BasketPrefix& prefix);
  template <bool kKeepTouched, bool kInGroup>
  void AddOne(std::uint32_t other, std::uint64_t one_basket);
  void BeginGroup();

  const bool buyers_repeat_;
  const SumLayout layout_;
  HugeArray<std::uint64_t> sums_;  // by rank; see SumLayout
  HugeArray<Repeats> repeats_;     // by rank; empty unless buyers repeat
  std::uint32_t group_ = 0;
  HugeArray<std::uint32_t> touched_;  // the ranks whose sums are not zero, when those are few
  std::size_t touched_size_ = 0;
  HugeArray<PairCount> pairs_;  // the result
  std::size_t pairs_size_ = 0;
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
