#ifndef AWASE_ORDERS_SPLIT_LOG_H_
#define AWASE_ORDERS_SPLIT_LOG_H_

// Orders to learn from and later ones to be judged by.

#include <cstdint>

#include "awase/orders/order_log.h"

namespace awase::orders {

// Two logs over the products, customers and observed prices of the whole one, under the same numbers, so that what is
// learned from one can be held against the other.
struct LogSplit {
  OrderLog earlier;
  OrderLog later;
  // False when no order has a time: then the keys of the orders decide, which are hashes of their ids.
  bool by_time = false;
  // The time of the first order of `later`; kNoTime when not by_time or `later` is empty.
  std::int64_t later_from_micros = kNoTime;
};

// The first `share` of the orders that buy something go to `earlier`; an order that only cancels or returns goes where
// its time belongs. Orders of one moment are told apart by their keys; orders without a time among others that have one
// are earlier. REQUIRES: 0 <= share <= 1. O(orders + lines) expected.
LogSplit SplitLog(const OrderLog& log, double share);

// The orders of `log` that are not in `known`, by their ids. O((orders of both) · log).
OrderLog WithoutOrdersOf(const OrderLog& log, const OrderLog& known);

}  // namespace awase::orders

#endif  // AWASE_ORDERS_SPLIT_LOG_H_
