#ifndef AWASE_RELATIONS_LASTING_CLAIMS_H_
#define AWASE_RELATIONS_LASTING_CLAIMS_H_

// Which claims will hold: those that held whenever there was something to see, by a margin that was enough so far.

#include "absl/status/status.h"
#include "awase/orders/baskets.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/relation.h"

namespace awase::relations {

// Takes the mark of a claim from all entries of `relation` that do not last (docs/relevance.md, "Claims"), and says in
// relation->claims what it found. For relations whose units are `baskets`, each of one moment: orders and sessions. The
// lists must be in their final order, since the margin is found by what stands among the first ten of them.
// Of the options it reads claims, threads, on which the result does not depend, and cancelled: kCancelled then, and the
// relation is of no use. With claims.min_share_held 0 nothing is done.
// O(lines · log), see PairsByPeriod. Memory: 9 bytes a basket, 57 a product, 4 a claim and 44 a pair of one.
absl::Status KeepLastingClaims(const orders::BasketSet& baskets, const RelationOptions& options, Relation* relation);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_LASTING_CLAIMS_H_
