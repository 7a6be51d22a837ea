#include "ladder/internal/dominance.h"

#include <cstddef>

namespace awase::ladder_internal {
namespace {

void ComparePair(const Spec& from, const Spec& to, std::size_t position, Comparison* comparison) {
  if (from.IsEqualTo(to)) return;
  comparison->differs = true;
  if (!from.IsComparableWith(to) || from.sign == 0) return;
  const bool is_better = (to.value > from.value) == (from.sign > 0);
  ++(is_better ? comparison->better : comparison->worse);
  if (!from.is_firm) return;
  ++(is_better ? comparison->firm_better : comparison->firm_worse);
  if (position < 32) (is_better ? comparison->gained_mask : comparison->given_up_mask) |= std::uint32_t{1} << position;
}

}  // namespace

Comparison Compare(absl::Span<const Spec> from, absl::Span<const Spec> to) {
  Comparison comparison;
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < from.size() && b < to.size()) {
    if (from[a].column == to[b].column) {
      ComparePair(from[a], to[b], a, &comparison);
      ++a;
      ++b;
      continue;
    }
    comparison.differs = true;
    ++(from[a].column < to[b].column ? a : b);
  }
  comparison.differs = comparison.differs || a < from.size() || b < to.size();
  return comparison;
}

}  // namespace awase::ladder_internal
