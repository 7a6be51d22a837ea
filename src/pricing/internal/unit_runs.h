#ifndef AWASE_PRICING_INTERNAL_UNIT_RUNS_H_
#define AWASE_PRICING_INTERNAL_UNIT_RUNS_H_

// The units of a cart while discounts are applied one after the other, as runs of equal ones.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/pricing/price_cart.h"

namespace awase::pricing::internal {

struct UnitRun {
  std::size_t line = 0;
  std::int64_t price_minor = 0;  // of one unit, by the discounts so far
  bool is_taken = false;         // by a discount before
  std::int64_t quantity = 0;
};

// Units of one run that take part in a discount.
struct Take {
  std::size_t run = 0;
  std::int64_t quantity = 0;
  std::int64_t reduced = 0;  // of them
};

// One run per line. REQUIRES: lines that are in their ranges.
std::vector<UnitRun> RunsOf(absl::Span<const Line> lines);

// Marks what takes part as taken, and gives the reduced units of takes[i] the price reduced_minor[i] together: units
// of a run differ by one minor unit at most. Runs are ordered by line, dearest first.
// REQUIRES: each run is in one take at most; 0 ≤ reduced_minor ≤ what the units cost. O(runs · log runs).
void Apply(absl::Span<const Take> takes, absl::Span<const std::int64_t> reduced_minor, std::vector<UnitRun>& runs);

}  // namespace awase::pricing::internal

#endif  // AWASE_PRICING_INTERNAL_UNIT_RUNS_H_
