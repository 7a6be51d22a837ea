#ifndef AWASE_WHATIF_INTERNAL_CART_CHANGE_H_
#define AWASE_WHATIF_INTERNAL_CART_CHANGE_H_

// What the cart costs and earns, in two answers to the same request. Pure functions.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "awase/base/money.h"
#include "awase/engine/answer.h"
#include "awase/whatif/compare.h"

namespace awase::whatif {

using CartChanges = std::map<CurrencyCode, CartChange>;

// In what a page shows, whatever the rules behind it are called.
struct CartDifference {
  bool price = false;     // of the cart or a line, or what discounts say
  bool benefits = false;  // given or promised

  bool any() const { return price || benefits; }
};

// `with_text`: sentences were asked for.
CartDifference CompareCarts(const engine::Answer& before, const engine::Answer& after, bool with_text);

// Adds the request to the carts of its currency, where discounts price its cart.
void CountCart(const engine::Answer& before, const engine::Answer& after, std::uint32_t weight, CartChanges& changes);

// The rules of the discounts and benefits that differ; of all where none by itself does. Ascending.
Change<std::vector<std::string>> RulesBehindCart(const engine::Answer& before, const engine::Answer& after,
                                                 bool with_text);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_CART_CHANGE_H_
