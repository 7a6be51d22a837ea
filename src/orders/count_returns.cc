#include "awase/orders/count_returns.h"

#include <algorithm>
#include <limits>

#include "orders/internal/order_lines.h"

namespace awase::orders {
namespace {

using orders_internal::ForEachPurchase;
using orders_internal::Purchase;

// Counts an order once for a product, however many variants of it are in it.
class OncePerOrder {
 public:
  explicit OncePerOrder(std::size_t products) : last_(products, kNone) {}
  bool IsNew(std::size_t product, std::size_t order) {
    const bool is_new = last_[product] != order;
    last_[product] = order;
    return is_new;
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> last_;
};

}  // namespace

std::vector<ProductReturns> CountReturns(const OrderLog& log, absl::Span<const ProductIndex> index_of,
                                         std::size_t product_count) {
  if (log.orders_with_returns.empty()) return {};
  std::vector<ProductReturns> counts(product_count);
  OncePerOrder bought(product_count);
  std::vector<std::uint32_t> last_buyer(product_count, kNoCustomer);
  for (std::size_t order = 0; order < log.order_count(); ++order) {  // by customer
    const std::uint32_t customer = log.order_customers[order];
    ForEachPurchase(log, order, [&](const Purchase& purchase) {
      const std::size_t product = Slot(index_of[purchase.product]);
      if (purchase.bought_lines + purchase.bought_lines_returned == 0 || purchase.cancelled()) return;
      if (!bought.IsNew(product, order)) return;
      ++counts[product].purchases;
      if (customer == kNoCustomer || last_buyer[product] != customer) ++counts[product].buyers;
      last_buyer[product] = customer;
    });
  }
  OncePerOrder returned(product_count);
  std::vector<std::uint32_t> last_returner(product_count, kNoCustomer);
  for (const std::uint32_t order : log.orders_with_returns) {  // by customer
    const std::uint32_t customer = log.order_customers[order];
    ForEachPurchase(log, order, [&](const Purchase& purchase) {
      const std::size_t product = Slot(index_of[purchase.product]);
      if (purchase.returned_lines == 0 || purchase.cancelled() || !returned.IsNew(product, order)) return;
      ++counts[product].returned;
      if (customer == kNoCustomer || last_returner[product] != customer) ++counts[product].returners;
      last_returner[product] = customer;
    });
  }
  for (ProductReturns& count : counts) count.returned = std::min(count.returned, count.purchases);
  return counts;
}

}  // namespace awase::orders
