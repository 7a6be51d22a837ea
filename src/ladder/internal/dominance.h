#ifndef AWASE_LADDER_INTERNAL_DOMINANCE_H_
#define AWASE_LADDER_INTERNAL_DOMINANCE_H_

// Whether one product is at least as good as another in everything that can be compared.

#include <cstdint>

#include "absl/types/span.h"
#include "ladder/internal/spec_table.h"

namespace awase::ladder_internal {

struct Comparison {
  std::uint32_t better = 0;       // specs in which the other one is better
  std::uint32_t worse = 0;        // … worse
  std::uint32_t firm_better = 0;  // of these: with a firm sign
  std::uint32_t firm_worse = 0;
  bool differs = false;           // in any attribute, also one that cannot be compared or that only one of them has
  std::uint32_t gained_mask = 0;  // bit i: firm_better in the i-th spec of `from`; the first 32
  std::uint32_t given_up_mask = 0;

  // A guess at a sign is enough to say that something is lost, but not that something is gained.
  bool Dominates() const { return worse == 0 && firm_better > 0; }
  bool IsDominated() const { return better == 0 && firm_worse > 0; }
};

// What `to` is, compared with `from`. Both are by column, of products of one family. O(specs).
Comparison Compare(absl::Span<const Spec> from, absl::Span<const Spec> to);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_DOMINANCE_H_
