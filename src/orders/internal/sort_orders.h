#ifndef AWASE_ORDERS_INTERNAL_SORT_ORDERS_H_
#define AWASE_ORDERS_INTERNAL_SORT_ORDERS_H_

// Which orders of the sources are one and the same, and in what sequence the log has them.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/orders/unfilled_vector.h"
#include "orders/internal/log_source.h"
#include "orders/internal/source_runs.h"

namespace awase::orders_internal {

// An order on its way to its place in the log.
struct OrderRow {
  IdKey place;  // the key of its customer; of an order without a customer its own
  IdKey key;
  std::int64_t time;
  Run run;  // in the common numbering

  bool has_customer() const { return place != key; }  // keys of customers are none of orders
};

// Joins orders that several sources have, and gives all orders as the log has them: by customer, time and key, then
// those without a customer by key. Frees the sources' records and what their keys are searched with.
orders::UnfilledVector<OrderRow> SortOrders(std::vector<LogSource>* sources, std::size_t threads, SourceRuns* runs);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_SORT_ORDERS_H_
