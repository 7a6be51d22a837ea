#ifndef AWASE_ENGINE_BENEFITS_H_
#define AWASE_ENGINE_BENEFITS_H_

// What the cart earns by benefit rules, and what closes the gap to what it does not earn yet.

#include <cstddef>
#include <vector>

#include "awase/engine/answer.h"
#include "cart_pricing.h"
#include "context.h"

namespace awase::engine {

inline constexpr std::size_t kMostGapOffers = 3;
// Of what may close a gap, by the score that also_bought gives it: 1 is the best of a list. Further down a list goes
// what is bought with the product a tenth as strongly, and a page that shows it only for its price is noise.
inline constexpr double kLeastGapScore = 0.1;
// So many of the best are weighed: each may have to be priced with the whole cart.
inline constexpr std::size_t kMostGapCandidates = 24;

// The benefits that apply, by rank. Those from an amount on look at what the cart costs, discounts taken off, in the
// answer's currency; they are left out where that is not the rule's, where the cart cannot be priced, and in
// post_purchase, where it is paid for. A gift that cannot be sold is not promised; `trace`, if any, names it. What
// closes a gap are products that also_bought may show, with counts of their own. REQUIRES: no slot is filled yet.
// O(rules found + candidates of also_bought).
std::vector<BenefitOffer> FindBenefits(const Context& context, const CartPricing& pricing,
                                       std::vector<TraceEntry>* trace);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BENEFITS_H_
