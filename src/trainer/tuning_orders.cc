#include "trainer/internal/tuning_orders.h"

#include "awase/orders/split_log.h"

namespace awase::trainer_internal {
namespace {

using orders::BasketSet;
using orders::OrderLog;

constexpr double kMostOrders = 3e5;
constexpr double kJudgedBy = 0.1;

BasketSet BasketsOf(const OrderLog& log, absl::Span<const ProductIndex> index_of, std::size_t product_count,
                    std::size_t max_basket, std::size_t threads) {
  orders::CleaningReport report;
  BasketSet baskets = orders::BuildBaskets(log, index_of, product_count, &report, threads);
  orders::DropLargeBaskets(max_basket, &baskets);
  return baskets;
}

}  // namespace

TuningOrders SplitForTuning(const OrderLog& log, absl::Span<const ProductIndex> index_of, std::size_t product_count,
                            std::size_t max_basket, std::size_t threads) {
  const auto orders = static_cast<double>(log.order_count());
  OrderLog last_orders;
  if (orders > kMostOrders) last_orders = orders::SplitLog(log, 1 - kMostOrders / orders).later;
  const orders::LogSplit split = orders::SplitLog(orders > kMostOrders ? last_orders : log, 1 - kJudgedBy);
  last_orders = OrderLog();
  TuningOrders tuning;
  tuning.earlier = BasketsOf(split.earlier, index_of, product_count, max_basket, threads);
  tuning.later = BasketsOf(split.later, index_of, product_count, max_basket, threads);
  return tuning;
}

}  // namespace awase::trainer_internal
