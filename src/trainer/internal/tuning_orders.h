#ifndef AWASE_TRAINER_INTERNAL_TUNING_ORDERS_H_
#define AWASE_TRAINER_INTERNAL_TUNING_ORDERS_H_

#include <cstddef>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"
#include "awase/orders/order_log.h"

namespace awase::trainer_internal {

// The orders by which settings are searched for, those of lists as well as of carts: what a tenth of them judges the
// others say. Of the same products, under the same numbers.
struct TuningOrders {
  orders::BasketSet earlier;
  orders::BasketSet later;
};

// Splits the last 300,000 orders of the log: more say nothing new about which settings are best, and take time and
// memory. `index_of`, product_count: as for orders::BuildBaskets; orders of more than `max_basket` products take no
// part.
TuningOrders SplitForTuning(const orders::OrderLog& log, absl::Span<const ProductIndex> index_of,
                            std::size_t product_count, std::size_t max_basket, std::size_t threads);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_TUNING_ORDERS_H_
