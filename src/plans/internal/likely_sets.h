#ifndef AWASE_PLANS_INTERNAL_LIKELY_SETS_H_
#define AWASE_PLANS_INTERNAL_LIKELY_SETS_H_

// Which sets of many options for capacity may be the best for a need.

#include <cstddef>
#include <vector>

#include "awase/plans/cost.h"
#include "awase/plans/plan.h"
#include "plans/internal/need.h"

namespace awase::plans_internal {

using OptionSet = std::vector<const plans::Option*>;  // by product

// So many options are tried as one more or one less than what is held: held ones first, then those of the lowest fees.
inline constexpr std::size_t kMostVaried = 50;

// `base` with the options of the set.
plans::Configuration With(plans::Configuration base, const OptionSet& set);

// None, what is held, each option alone, what is held with one more or one less (kMostVaried of them), and each of
// these sets but the single ones filled: as long as a metric lacks, the cheapest option that ends the lack, else the
// one that adds most. What all options together do not fill is not filled. Distinct. `held` and `options` are by
// product, and the one is part of the other. O(options · log options + kMostVaried · options · metrics).
std::vector<OptionSet> LikelySets(const plans::Configuration& base, const OptionSet& held, const OptionSet& options,
                                  const Need& need);

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_LIKELY_SETS_H_
