#ifndef AWASE_LADDER_INTERNAL_PACK_RUNGS_H_
#define AWASE_LADDER_INTERNAL_PACK_RUNGS_H_

#include "absl/types/span.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/ladder.h"
#include "ladder/internal/pack_steps.h"

namespace awase::ladder_internal {

// The rungs of `models` and of `steps` together, each product's by direction, rung and kind. A step is ASSERTED. Where
// a rung of `models` goes the same way to the same product, the step takes its place and what is known of customers,
// and is CERTIFIED where they move along it. REQUIRES: `steps` as FindPackSteps gives them. O(rungs + steps).
ladder::LadderSet WithPackSteps(const ladder::LadderSet& models, absl::Span<const PackStep> steps,
                                const catalog::Catalog& catalog);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_PACK_RUNGS_H_
