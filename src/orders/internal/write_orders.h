#ifndef AWASE_ORDERS_INTERNAL_WRITE_ORDERS_H_
#define AWASE_ORDERS_INTERNAL_WRITE_ORDERS_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "awase/orders/order_log.h"
#include "orders/internal/log_source.h"
#include "orders/internal/sort_orders.h"
#include "orders/internal/source_runs.h"

namespace awase::orders_internal {

// Writes the log's columns of orders, its customers and its lines: each order's sorted, with the log's numbers of
// products. REQUIRES: product_numbers of every source.
void WriteOrders(absl::Span<const LogSource> sources, const SourceRuns& runs, absl::Span<const OrderRow> rows,
                 std::size_t threads, orders::OrderLog* log);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_WRITE_ORDERS_H_
