#ifndef AWASE_ENGINE_OFFER_PRICES_H_
#define AWASE_ENGINE_OFFER_PRICES_H_

// Stage 10, for the answer as a whole: what each product of also_bought costs beside the cart.

#include "awase/engine/answer.h"
#include "cart_pricing.h"

namespace awase::engine {

// Prices, list prices and rule ids of offers that discounts make cheaper. Sets keep the price that their rule gives
// them, rungs compare what products cost by themselves. O(offers · PriceCart) at most.
void PriceOffers(const CartPricing& pricing, Slot& slot);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_OFFER_PRICES_H_
