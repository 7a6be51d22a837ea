#ifndef AWASE_RELATIONS_LASTING_CLAIMS_H_
#define AWASE_RELATIONS_LASTING_CLAIMS_H_

// Which claims will hold: those that held whenever there was something to see, by a margin that was enough so far.

#include <cstddef>

#include "awase/orders/baskets.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/relation.h"

namespace awase::relations {

// Takes the mark of a claim from all entries of `relation` that do not last (docs/relevance.md, "Claims"), and says in
// relation->claims what it found. For relations whose units are `baskets`, each of one moment: orders and sessions. The
// lists must be in their final order, since the margin is found by what stands among the first ten of them.
// With options.min_share_held 0 nothing is done. The result does not depend on `threads`.
// O(lines · log), see PairsByPeriod. Memory: 9 bytes a basket, 48 a product, 44 a claim.
void KeepLastingClaims(const orders::BasketSet& baskets, const ClaimOptions& options, std::size_t threads,
                       Relation* relation);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_LASTING_CLAIMS_H_
