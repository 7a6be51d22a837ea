#ifndef AWASE_RULES_PRICE_ACTIONS_H_
#define AWASE_RULES_PRICE_ACTIONS_H_

// What merchandisers say of prices, as the engine reads it: plain data, checked by LoadRules.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "awase/base/money.h"
#include "awase/pricing/discount.h"
#include "awase/rules/condition.h"

namespace awase::rules {

// Units of a cart, or steps up, that cost less.
struct Discount {
  // What awase::pricing applies, but for its lines: those are the cart's, of the products of `takes`.
  pricing::Discount terms;
  // Of a quantity and of a basket one, of sets one per part; a product belongs to the first that has it. A set that
  // asks nothing has every product.
  std::vector<ProductSet> takes;
  // Of all amounts in the terms; nothing = there are none, and prices of any currency are reduced.
  std::optional<CurrencyCode> currency;
  std::string text;  // for customers; may be empty
  // The terms are those of one unit of a better model, offered on the page of a lower one; carts do not have it.
  bool is_step_up = false;
};

struct FreeShipping {};
// Exactly one of the two is above 0.
struct Points {
  std::uint32_t points = 0;  // so many more
  std::uint32_t factor = 0;  // so many times the usual ones
};
struct Coupon {
  std::string code;
};
struct Gift {
  std::string product;
};

// What a cart earns from an amount on.
struct Benefit {
  std::variant<FreeShipping, Points, Coupon, Gift> gives;
  std::optional<Money> above;  // what the cart must cost, > 0; nothing = it is given without
  std::string text;            // for customers; empty = a sentence is made
};

}  // namespace awase::rules

#endif  // AWASE_RULES_PRICE_ACTIONS_H_
