#ifndef AWASE_PRICING_INTERNAL_CHOOSE_SETS_H_
#define AWASE_PRICING_INTERNAL_CHOOSE_SETS_H_

// Which units of a cart make up the sets of a discount.
//
// The units of each part are put in a row, dearest first; the first set takes the first `count` of them, the second set
// the next ones, and so on; of each set the last `reduced` are reduced, its cheapest. No other sets of so many units
// have dearer reduced ones: whatever the sets, the i dearest reduced units are in at least ⌈i / reduced⌉ of them, each
// with count − reduced others that are no cheaper. So i + ⌈i / reduced⌉ · (count − reduced) units are as dear as the
// i-th reduced unit, and in the row it has just this place. What a set reduces falls from set to set, so those that are
// worth it come first.
// Tested against all choices in tests/unit/pricing/price_cart_oracle_test.cc.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "pricing/internal/unit_runs.h"

namespace awase::pricing::internal {

struct Part {
  std::vector<std::size_t> runs;  // dearest first
  std::int64_t count = 1;         // in a set; ≥ 1
  std::int64_t reduced = 1;       // of them; 0 to count
};

// So many whole sets are there. REQUIRES: at least one part.
std::int64_t WholeSets(absl::Span<const UnitRun> runs, absl::Span<const Part> parts);

// What so many sets save whose reduced units cost `reduced_minor` together: a concave function of the number of sets.
using SetsSaving = absl::FunctionRef<absl::int128(std::int64_t sets, std::int64_t reduced_minor)>;

// The most sets, `most_sets` at most, of which each saves something more than those before it.
// REQUIRES: 0 ≤ most_sets ≤ WholeSets. O(runs · log most_sets).
std::int64_t CountWorthySets(absl::Span<const UnitRun> runs, absl::Span<const Part> parts, std::int64_t most_sets,
                             SetsSaving saving);

// The units of the first `sets` sets, by run. O(runs · log runs).
std::vector<Take> TakeSets(absl::Span<const UnitRun> runs, absl::Span<const Part> parts, std::int64_t sets);

}  // namespace awase::pricing::internal

#endif  // AWASE_PRICING_INTERNAL_CHOOSE_SETS_H_
