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
  std::uint32_t purchases = 0;  // orders that bought it and were not cancelled
  std::uint32_t returned = 0;   // orders with a returned line of it (in many dumps orders of their own); ≤ purchases
  std::uint32_t returners = 0;  // distinct customers among them; an order without a customer is its own

  friend bool operator==(const ProductReturns&, const ProductReturns&) = default;
};

// Per ProductIndex below `product_count`; `index_of` as for BuildBaskets. Empty when nothing was returned: then the dump
// probably does not tell of returns. O(lines).
std::vector<ProductReturns> CountReturns(const OrderLog& log, absl::Span<const ProductIndex> index_of,
                                         std::size_t product_count);

}  // namespace awase::orders

#endif  // AWASE_ORDERS_COUNT_RETURNS_H_
