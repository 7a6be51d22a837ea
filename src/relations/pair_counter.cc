#include "relations/internal/pair_counter.h"

#include <algorithm>

namespace awase::relations_internal {
namespace {

// Baskets ahead that are brought into the cache: far enough to hide a miss to memory, near enough to be still there.
constexpr std::size_t kPrefetchDistance = 24;

// Looking through all sums in order beats a list of those touched when at least one in so many is expected to be.
constexpr std::uint64_t kDenseShare = 3;

}  // namespace

// One place more than products: the one that is written without being kept.
template <typename Word, typename Layout>
PairCounter<Word, Layout>::PairCounter(const RankedBaskets<Word, Layout>& baskets, const Layout& layout)
    : head_(baskets.head()),
      buyers_repeat_(baskets.buyers_repeat()),
      layout_(layout),
      sums_(baskets.product_count()),
      repeats_(baskets.buyers_repeat() ? baskets.product_count() : 0),
      touched_(baskets.product_count() + 1),
      weights_(baskets.product_count()),
      units_(baskets.product_count()),
      buyers_(baskets.buyers_repeat() ? baskets.product_count() : 0) {}

template <typename Word, typename Layout>
PairRow PairCounter<Word, Layout>::Count(const Index& index, std::uint32_t rank) {
  if (rank < head_.rank_count()) {
    return ReadRow(head_.sums(rank), buyers_repeat_ ? head_.repeats(rank) : nullptr, nullptr, rank);
  }
  const bool dense = AddBaskets(index, rank);
  const std::uint32_t* const others = dense ? nullptr : touched_.data();
  const std::size_t size = dense ? rank : touched_size_;
  const PairRow row = ReadRow(sums_.data(), repeats_.data(), others, size);
  ClearRow(others, size);
  return row;
}

template <typename Word, typename Layout>
PairRow PairCounter<Word, Layout>::ReadRow(const Sum* sums, const BuyerRepeats* repeats, const std::uint32_t* others,
                                           std::size_t size) {
  const auto place = [others](std::size_t i) { return others == nullptr ? i : others[i]; };
  ReadSums(sums, others, size, layout_, units_.data(), weights_.data());
  if (!buyers_repeat_) return {size, others, weights_.data(), units_.data(), units_.data()};
  for (std::size_t i = 0; i < size; ++i) buyers_[i] = units_[i] - repeats[place(i)].count;
  return {size, others, weights_.data(), units_.data(), buyers_.data()};
}

template <typename Word, typename Layout>
void PairCounter<Word, Layout>::ClearRow(const std::uint32_t* others, std::size_t size) {
  if (others == nullptr) {
    std::fill_n(sums_.data(), size, Sum{0});
  } else {
    for (std::size_t i = 0; i < size; ++i) sums_[others[i]] = 0;
  }
  if (!buyers_repeat_) return;
  for (std::size_t i = 0; i < size; ++i) repeats_[others == nullptr ? i : others[i]].count = 0;
}

template <typename Word, typename Layout>
bool PairCounter<Word, Layout>::AddBaskets(const Index& index, std::uint32_t rank) {
  touched_size_ = 0;
  const bool dense = index.additions(rank) * kDenseShare > rank;
  if (buyers_repeat_) {
    dense ? AddAll<false, true>(index, rank) : AddAll<true, true>(index, rank);
  } else {
    dense ? AddAll<false, false>(index, rank) : AddAll<true, false>(index, rank);
  }
  return dense;
}

template <typename Word, typename Layout>
template <bool kKeepTouched, bool kBuyersRepeat>
void PairCounter<Word, Layout>::AddAll(const Index& index, std::uint32_t rank) {
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

template <typename Word, typename Layout>
template <bool kKeepTouched, bool kInGroup>
inline void PairCounter<Word, Layout>::AddPrefix(const Prefix& prefix) {
  const Sum one_basket = layout_.OneBasket(prefix.weight);
  for (const Word other : prefix.ranks) {
    const Sum sum = sums_[other];
    if constexpr (kKeepTouched) {
      touched_[touched_size_] = other;  // kept only when it is new: no branch to mispredict
      touched_size_ += sum == 0 ? 1 : 0;
    }
    sums_[other] = sum + one_basket;
    if constexpr (kInGroup) repeats_[other].Add(group_);
  }
}

// Groups are numbered over all ranks, so that last_group need not be cleared in between; but numbers come to an end.
template <typename Word, typename Layout>
void PairCounter<Word, Layout>::BeginGroup() {
  if (++group_ != 0) return;
  for (std::size_t i = 0; i < repeats_.size(); ++i) repeats_[i].last_group = 0;
  group_ = 1;
}

template class PairCounter<std::uint16_t, SumLayout>;
template class PairCounter<std::uint32_t, SumLayout>;
template class PairCounter<std::uint16_t, UnitLayout>;
template class PairCounter<std::uint32_t, UnitLayout>;

}  // namespace awase::relations_internal
