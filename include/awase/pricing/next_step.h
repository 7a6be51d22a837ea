#ifndef AWASE_PRICING_NEXT_STEP_H_
#define AWASE_PRICING_NEXT_STEP_H_

// What a cart is short of before a discount gives something, or more: "1 more for 10 % off".

#include <cstdint>
#include <optional>

#include "awase/pricing/discount.h"
#include "awase/pricing/price_cart.h"

namespace awase::pricing {

// Exactly one of the two amounts is above 0.
struct NextStep {
  std::int64_t units = 0;         // of the discount's lines; of sets, of those parts that lack them, all together
  std::int64_t amount_minor = 0;  // that the lines must cost more, by the discounts before
  Reduction reduction;            // what it gives then

  friend bool operator==(const NextStep&, const NextStep&) = default;
};

// The next tier; of sets the next whole one, where none is there yet or some of its units are. Nothing where there is
// no more to reach. That the units are there for it is said of what discounts before it leave: units that one of those
// takes do not count. `outcome` is what PriceCart says of `discount`. O(parts + tiers).
std::optional<NextStep> FindNextStep(const Discount& discount, const DiscountOutcome& outcome);

}  // namespace awase::pricing

#endif  // AWASE_PRICING_NEXT_STEP_H_
