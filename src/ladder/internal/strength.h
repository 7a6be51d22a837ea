#ifndef AWASE_LADDER_INTERNAL_STRENGTH_H_
#define AWASE_LADDER_INTERNAL_STRENGTH_H_

// Who is preferred to whom, when all moves of a family are taken together.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace awase::ladder_internal {

// Customers who moved between two of the contestants, by their positions.
struct Duel {
  std::uint32_t one;
  std::uint32_t other;
  double to_one;
  double to_other;
};

// The Bradley–Terry model (Bradley and Terry 1952): the odds of a move from a to b against one from b to a are
// exp(strength b − strength a). The strengths that are likeliest when each, before anything is seen, is normal around
// its `prior` with variance 1/20 (as Caron and Doucet 2012 do with gamma priors): so what nobody moved between stays in
// the order of the priors, and one customer does not overturn it. Found by Newton steps, one strength after the
// other; the posterior is concave, so they end at its only maximum.
std::vector<double> Strengths(const std::vector<double>& prior, absl::Span<const Duel> duels);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_STRENGTH_H_
