#ifndef AWASE_ENGINE_SELECTION_RULES_H_
#define AWASE_ENGINE_SELECTION_RULES_H_

// Part of stage 1: the rules that choose among candidates by what these are, and that apply to the request. Candidates
// are then asked one by one; rules that list products are found by the product, and are not here.

#include "absl/container/inlined_vector.h"

namespace awase::engine {

struct BoundHide;
struct BoundQuota;
struct BoundPriceBand;
struct BoundRequirement;
struct BoundSeparation;
struct BoundWeight;
struct Context;

// Each by rank and once. No memory from the heap for a few.
struct SelectionRules {
  absl::InlinedVector<const BoundHide*, 4> hides;      // by set, on this page
  absl::InlinedVector<const BoundWeight*, 4> weights;  // of sets that list no products
  absl::InlinedVector<const BoundRequirement*, 4> requirements;
  absl::InlinedVector<const BoundPriceBand*, 4> price_bands;
  absl::InlinedVector<const BoundQuota*, 4> quotas;
  // Those that may have a product of the request or its cart on one of their sides.
  absl::InlinedVector<const BoundSeparation*, 4> separations;
};

// REQUIRES: all else of the context is resolved. O(rules found · log), and next to nothing for kinds that the rule set
// does not have.
SelectionRules FindSelectionRules(const Context& context);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_SELECTION_RULES_H_
