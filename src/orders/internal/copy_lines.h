#ifndef AWASE_ORDERS_INTERNAL_COPY_LINES_H_
#define AWASE_ORDERS_INTERNAL_COPY_LINES_H_

#include <cstddef>
#include <vector>

#include "awase/orders/order_log.h"
#include "orders/internal/group_orders.h"
#include "orders/internal/log_source.h"

namespace awase::orders_internal {

// Brings the sources' lines into the log, order by order, with the log's numbers of products; each order's sorted.
// Fills in lines, large_quantities and orders_with_returns.
// REQUIRES: line_offsets is there, and product_numbers of every source.
void CopyLines(const std::vector<LogSource>& sources, const OrderGroups& groups, std::size_t threads,
               orders::OrderLog* log);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_COPY_LINES_H_
