#include "trainer/internal/tune_lists.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "awase/orders/baskets.h"
#include "awase/orders/split_log.h"

namespace awase::trainer_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using orders::BasketSet;
using orders::OrderLog;

constexpr double kMostOrders = 3e5;  // more say nothing new about which settings are best, and take time and memory
constexpr double kJudgedBy = 0.1;

std::string TypeOf(const Product& product) {
  return product.product_type.empty() ? catalog::CategoryLeaf(product.category) : product.product_type;
}

BasketSet BasketsOf(const OrderLog& log, absl::Span<const ProductIndex> index_of, std::size_t product_count,
                    std::size_t max_basket, std::size_t threads) {
  orders::CleaningReport report;
  BasketSet baskets = orders::BuildBaskets(log, index_of, product_count, &report, threads);
  orders::DropLargeBaskets(max_basket, &baskets);
  return baskets;
}

}  // namespace

lists::ProductTypes TypesOf(const Catalog& catalog) {
  lists::ProductTypes types;
  types.of.assign(catalog.size(), lists::kNoType);
  absl::flat_hash_map<std::string, std::uint32_t> numbers;
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    const std::string type = TypeOf(catalog.product(ProductAt(p)));
    if (type.empty()) continue;
    types.of[p] = numbers.try_emplace(type, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    std::uint32_t& of_root = types.of[Slot(catalog.root(ProductAt(p)))];
    if (of_root == lists::kNoType) of_root = types.of[p];
  }
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    if (catalog.root(ProductAt(p)) != ProductAt(p)) types.of[p] = lists::kNoType;  // lists are of roots
  }
  types.count = static_cast<std::uint32_t>(numbers.size());
  if (types.count == 0) types.of.clear();
  return types;
}

absl::StatusOr<lists::TuneResult> TuneOnLog(const OrderLog& log, absl::Span<const ProductIndex> index_of,
                                            std::size_t product_count, std::size_t max_basket,
                                            const lists::ProductTypes& types, const lists::TuneOptions& options) {
  const auto orders = static_cast<double>(log.order_count());
  OrderLog last_orders;
  if (orders > kMostOrders) last_orders = orders::SplitLog(log, 1 - kMostOrders / orders).later;
  orders::LogSplit split = orders::SplitLog(orders > kMostOrders ? last_orders : log, 1 - kJudgedBy);
  last_orders = OrderLog();
  const BasketSet earlier = BasketsOf(split.earlier, index_of, product_count, max_basket, options.threads);
  const BasketSet later = BasketsOf(split.later, index_of, product_count, max_basket, options.threads);
  split = orders::LogSplit();
  return lists::TuneLists(earlier, later, types, options);
}

}  // namespace awase::trainer_internal
