#ifndef AWASE_ORDERS_INTERNAL_SETTLE_RETURNS_H_
#define AWASE_ORDERS_INTERNAL_SETTLE_RETURNS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/orders/order_log.h"

namespace awase::orders_internal {

// A purchase of which later orders returned all that was left.
struct UndonePurchase {
  std::uint32_t order;
  std::uint32_t product;

  friend auto operator<=>(const UndonePurchase&, const UndonePurchase&) = default;
};

struct SettledReturns {
  std::vector<UndonePurchase> undone;  // ascending
  // Lines that return more than their own order bought.
  std::uint64_t lines_matched = 0;
  std::uint64_t lines_unmatched = 0;
};

// Subtracts what orders return beyond their own purchases from the customer's purchases of that product, the latest
// earlier one first. Looks at nothing but the orders of customers that return something. Independent of `threads`.
SettledReturns SettleReturns(const orders::OrderLog& log, std::size_t threads);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_SETTLE_RETURNS_H_
