#ifndef AWASE_ENGINE_CART_CANDIDATES_H_
#define AWASE_ENGINE_CART_CANDIDATES_H_

// Stage 3 for an open cart of several products: what the model of whole carts asks for (include/awase/cart).

#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// What the seeds together speak for, each root once, in no order. The score is that of the cart model, as a share of
// the best one's; the evidence is the bought_together entry of the seed that names it most strongly: what no seed's
// list names could not be explained and is no candidate. Empty when the model has no cart weights, the placement is no
// open cart, fewer than two seeds differ in their root, or nothing is left.
// O(n log n) in the weights of the seeds; they take two blocks of memory.
Candidates GatherCartCandidates(const Context& context);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CART_CANDIDATES_H_
