#ifndef AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
#define AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_

// The counting kernel: what one product shares with each more popular one.

#include <cstddef>
#include <cstdint>

#include "awase/base/huge_array.h"
#include "relations/internal/pair_row.h"
#include "relations/internal/pair_sum.h"
#include "relations/internal/ranked_baskets.h"

namespace awase::relations_internal {

// One thread's counters: 20 bytes per product (16 where Layout has no weight), and 12 more where buyers repeat; pages
// are used as products are met. single-thread.
template <typename Word, typename Layout>
class PairCounter {
 public:
  using Index = typename RankedBaskets<Word, Layout>::Index;
  using Prefix = typename RankedBaskets<Word, Layout>::Prefix;

  PairCounter(const RankedBaskets<Word, Layout>& baskets, const Layout& layout);

  // The pairs of `rank` and the ranks below it, in no particular order; pairs of no unit may be among them, or not.
  // Each unordered pair that ever met thus occurs once over all ranks. Valid until the next call.
  PairRow Count(const Index& index, std::uint32_t rank);

 private:
  using Sum = typename Layout::Sum;

  // The row of `size` pairs whose sums and repeats begin there.
  PairRow ReadRow(const Sum* sums, const BuyerRepeats* repeats, const std::uint32_t* others, std::size_t size);
  void ClearRow(const std::uint32_t* others, std::size_t size);

  // True when all of [0, rank) is to be looked through; else touched_ says where to look.
  bool AddBaskets(const Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kBuyersRepeat>
  void AddAll(const Index& index, std::uint32_t rank);
  template <bool kKeepTouched, bool kInGroup>
  void AddPrefix(const Prefix& prefix);
  void BeginGroup();

  const HeadCounts<Layout>& head_;
  const bool buyers_repeat_;
  const Layout layout_;
  HugeArray<Sum> sums_;               // by rank; see Layout
  HugeArray<BuyerRepeats> repeats_;   // by rank; empty unless buyers repeat
  std::uint32_t group_ = 0;           // the last one begun
  HugeArray<std::uint32_t> touched_;  // the ranks whose sums are not zero, when those are few
  std::size_t touched_size_ = 0;
  // The columns of the row.
  HugeArray<float> weights_;
  HugeArray<std::uint32_t> units_;
  HugeArray<std::uint32_t> buyers_;  // empty unless buyers repeat
};

extern template class PairCounter<std::uint16_t, SumLayout>;
extern template class PairCounter<std::uint32_t, SumLayout>;
extern template class PairCounter<std::uint16_t, UnitLayout>;
extern template class PairCounter<std::uint32_t, UnitLayout>;

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIR_COUNTER_H_
