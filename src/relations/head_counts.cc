#include "relations/internal/head_counts.h"

namespace awase::relations_internal {

template <typename Layout>
void HeadCounts<Layout>::AddBuyer(absl::Span<const std::uint32_t> ranks, std::uint32_t buyer) {
  for (std::size_t i = 1; i < ranks.size(); ++i) {
    BuyerRepeats* const row = repeats_.data() + RowOf(ranks[i]);
    for (std::size_t k = 0; k < i; ++k) row[ranks[k]].Add(buyer + 1);  // 0 is nobody
  }
}

template <typename Layout>
void HeadCounts<Layout>::Merge(const HeadCounts& other) {
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += other.sums_[i];
  for (std::size_t i = 0; i < repeats_.size(); ++i) repeats_[i].count += other.repeats_[i].count;
}

template class HeadCounts<SumLayout>;
template class HeadCounts<UnitLayout>;

}  // namespace awase::relations_internal
