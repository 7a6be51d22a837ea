#include "relations/internal/pair_counter.h"

#include <algorithm>
#include <bit>

namespace awase::relations_internal {
namespace {

// Baskets ahead that are brought into the cache: far enough to hide a miss to memory, near enough to be still there.
constexpr std::size_t kPrefetchDistance = 24;

// Looking through all sums in order beats a list of those touched when at least one in so many is expected to be.
constexpr std::uint64_t kDenseShare = 3;

constexpr int kMaxWeightBits = 31;

}  // namespace

SumLayout::SumLayout(std::uint32_t max_units) {
  const int units_bits = std::bit_width(max_units);
  const int weight_bits = std::min(64 - 2 * units_bits, kMaxWeightBits);
  units_shift_ = 64 - units_bits;
  weight_mask_ = (std::uint64_t{1} << units_shift_) - 1;
  max_weight_ = static_cast<std::uint32_t>((std::uint64_t{1} << weight_bits) - 1);
}

// One place more than products: the one that is written without being kept.
template <typename Word>
PairCounter<Word>::PairCounter(const RankedBaskets<Word>& baskets, const SumLayout& layout)
    : buyers_repeat_(baskets.buyers_repeat()),
      layout_(layout),
      sums_(baskets.product_count()),
      repeats_(baskets.buyers_repeat() ? baskets.product_count() : 0),
      touched_(baskets.product_count() + 1) {}

template <typename Word>
bool PairCounter<Word>::AddBaskets(const Index& index, std::uint32_t rank) {
  touched_size_ = 0;
  const bool dense = index.additions(rank) * kDenseShare > rank;
  if (buyers_repeat_) {
    dense ? AddAll<false, true>(index, rank) : AddAll<true, true>(index, rank);
  } else {
    dense ? AddAll<false, false>(index, rank) : AddAll<true, false>(index, rank);
  }
  return dense;
}

template <typename Word>
template <bool kKeepTouched, bool kBuyersRepeat>
void PairCounter<Word>::AddAll(const Index& index, std::uint32_t rank) {
  const std::size_t size = index.size(rank);
  for (std::size_t i = 0; i < size; ++i) {
    index.Prefetch(rank, i + kPrefetchDistance);
    const Prefix prefix = index.prefix(rank, i);
    if constexpr (kBuyersRepeat) {
      // Buyers ascend: the baskets of one buyer stand side by side.
      const bool as_before = i > 0 && index.prefix(rank, i - 1).buyer == prefix.buyer;
      const bool as_after = i + 1 < size && index.prefix(rank, i + 1).buyer == prefix.buyer;
      if (!as_before) BeginGroup();
      if (as_before || as_after) {
        AddPrefix<kKeepTouched, true>(prefix);
        continue;
      }
    }
    AddPrefix<kKeepTouched, false>(prefix);
  }
}

template <typename Word>
template <bool kKeepTouched, bool kInGroup>
inline void PairCounter<Word>::AddPrefix(const Prefix& prefix) {
  const std::uint64_t one_basket = layout_.OneBasket(prefix.weight);
  for (const Word other : prefix.ranks) {
    const std::uint64_t sum = sums_[other];
    if constexpr (kKeepTouched) {
      touched_[touched_size_] = other;  // kept only when it is new: no branch to mispredict
      touched_size_ += sum == 0 ? 1 : 0;
    }
    sums_[other] = sum + one_basket;
    if constexpr (kInGroup) {
      Repeats& repeats = repeats_[other];
      repeats.count += repeats.last_group == group_ ? 1 : 0;
      repeats.last_group = group_;
    }
  }
}

// Groups are numbered over all ranks, so that last_group need not be cleared in between; but numbers come to an end.
template <typename Word>
void PairCounter<Word>::BeginGroup() {
  if (++group_ != 0) return;
  for (std::size_t i = 0; i < repeats_.size(); ++i) repeats_[i].last_group = 0;
  group_ = 1;
}

template class PairCounter<std::uint16_t>;
template class PairCounter<std::uint32_t>;

}  // namespace awase::relations_internal
