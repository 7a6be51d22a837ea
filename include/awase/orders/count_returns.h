#ifndef AWASE_ORDERS_COUNT_RETURNS_H_
#define AWASE_ORDERS_COUNT_RETURNS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/order_log.h"

namespace awase::orders {

// How often a product was bought and sent back.
struct ProductReturns {
  // Orders that bought it and were not cancelled. A line of which the status is returned was bought by its order, unless
  // its quantity is below zero: then it is of a purchase elsewhere.
  std::uint32_t purchases = 0;
  std::uint32_t buyers = 0;     // distinct customers among them; an order without a customer is its own
  std::uint32_t returned = 0;   // orders with a returned line of it (in many dumps orders of their own); ≤ purchases
  std::uint32_t returners = 0;  // distinct customers among these

  friend bool operator==(const ProductReturns&, const ProductReturns&) = default;
};

// Per ProductIndex below `product_count`; `index_of` as for BuildBaskets. Empty when nothing was returned: then the dump
// probably does not tell of returns. O(lines).
std::vector<ProductReturns> CountReturns(const OrderLog& log, absl::Span<const ProductIndex> index_of,
                                         std::size_t product_count);

}  // namespace awase::orders

#endif  // AWASE_ORDERS_COUNT_RETURNS_H_
