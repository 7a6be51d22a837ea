#ifndef AWASE_ORDERS_INTERNAL_GROUP_ORDERS_H_
#define AWASE_ORDERS_INTERNAL_GROUP_ORDERS_H_

// Which orders of the sources are one and the same, and in what sequence the log has them.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/orders/order_log.h"
#include "orders/internal/log_source.h"

namespace awase::orders_internal {

// An order as one source knows it.
struct Member {
  std::uint32_t source;
  std::uint32_t order;
};

// Order o of the log is group groups[o]; group g is made of members[offsets[g] … offsets[g + 1]).
struct OrderGroups {
  orders::UnfilledVector<std::uint32_t> groups;
  orders::UnfilledVector<std::uint64_t> offsets;
  orders::UnfilledVector<Member> members;
};

// Fills in the log's columns of orders, its customers, and line_offsets. Frees the sources' keys and records.
OrderGroups GroupOrders(std::vector<LogSource>* sources, std::size_t threads, orders::OrderLog* log);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_GROUP_ORDERS_H_
