#ifndef AWASE_ORDERS_INTERNAL_ORDER_LINES_H_
#define AWASE_ORDERS_INTERNAL_ORDER_LINES_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "awase/base/saturating_sum.h"
#include "awase/orders/order_log.h"
#include "orders/internal/line_word.h"

namespace awase::orders_internal {

// All lines of one product in one order, merged.
struct Purchase {
  std::uint32_t product;
  std::int64_t bought_milli = 0;
  std::int64_t returned_milli = 0;  // may be more than was bought
  std::uint64_t bought_lines = 0;
  std::uint64_t returned_lines = 0;
  std::uint64_t bought_lines_returned = 0;  // of these: bought by this very line, whose status says what became of it
  std::uint64_t cancelled_lines = 0;

  bool cancelled() const { return cancelled_lines > 0; }
  std::int64_t left_milli() const { return bought_milli > returned_milli ? bought_milli - returned_milli : 0; }
  // What its own order cannot cover. Of a cancelled purchase nothing is left that could be returned.
  std::int64_t open_milli() const { return returned_milli > bought_milli ? returned_milli - bought_milli : 0; }
  bool has_open_return() const { return !cancelled() && open_milli() > 0; }
};

// Calls take(purchase) for each product of order `order`, ascending.
template <typename Take>
void ForEachPurchase(const orders::OrderLog& log, std::size_t order, const Take& take) {
  const std::uint64_t end = log.line_offsets[order + 1];
  for (std::uint64_t i = log.line_offsets[order]; i < end;) {
    Purchase purchase{ProductOf(log.lines[i])};
    for (; i < end && ProductOf(log.lines[i]) == purchase.product; ++i) {
      const orders::OrderLine line = log.line(i);
      if (line.status == LineStatus::kCancelled) {
        ++purchase.cancelled_lines;
      } else if (line.status == LineStatus::kReturned || line.quantity_milli < 0) {
        purchase.returned_milli = SaturatingSum(purchase.returned_milli, std::abs(line.quantity_milli));
        ++purchase.returned_lines;
        purchase.bought_lines_returned += line.quantity_milli > 0 ? 1 : 0;
      } else {
        purchase.bought_milli = SaturatingSum(purchase.bought_milli, line.quantity_milli);
        ++purchase.bought_lines;
      }
    }
    take(purchase);
  }
}

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_ORDER_LINES_H_
