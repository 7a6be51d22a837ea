#include "tests/testing/reference_baskets.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>
#include <utility>

#include "orders/internal/hash_id.h"

namespace awase::testing {
namespace {

using orders::kNoTime;
using orders::LineStatus;

struct RefPurchase {
  std::int64_t bought = 0, returned = 0;
  std::uint64_t bought_lines = 0, returned_lines = 0, cancelled_lines = 0;
  std::int64_t left = 0;  // bought − returned, not below zero; later less what other orders returned
};

struct RefOrder {
  std::string customer;
  std::int64_t time = kNoTime;
  std::map<std::string, RefPurchase> purchases;
  std::uint64_t content = 0;
};

using RefOrders = std::map<std::string, RefOrder>;

RefOrders Collect(const std::vector<ReferenceLine>& lines, std::uint64_t* two_customers) {
  RefOrders orders;
  std::map<std::string, std::set<std::pair<orders::IdKey, std::string>>> customers;
  for (const ReferenceLine& line : lines) {
    RefOrder& order = orders[line.order];
    if (line.time != kNoTime) order.time = order.time == kNoTime ? line.time : std::min(order.time, line.time);
    if (!line.customer.empty()) {
      customers[line.order].emplace(orders_internal::KeyOf(orders_internal::IdKind::kCustomer, line.customer),
                                    line.customer);
    }
    RefPurchase& purchase = order.purchases[line.product];
    if (line.status == LineStatus::kCancelled) {
      ++purchase.cancelled_lines;
    } else if (line.status == LineStatus::kReturned || line.quantity_milli < 0) {
      ++purchase.returned_lines;
      purchase.returned += std::abs(line.quantity_milli);
    } else {
      ++purchase.bought_lines;
      purchase.bought += line.quantity_milli;
    }
    purchase.left = std::max<std::int64_t>(purchase.bought - purchase.returned, 0);
  }
  for (const auto& [order, named] : customers) {
    orders[order].customer = named.begin()->second;
    *two_customers += named.size() > 1 ? 1 : 0;
  }
  return orders;
}

std::uint64_t ContentOf(const RefOrder& order) {
  std::uint64_t content = 0;
  for (const auto& [id, purchase] : order.purchases) {
    if (purchase.cancelled_lines > 0 || purchase.bought_lines == 0) continue;
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    hash += static_cast<std::uint64_t>(purchase.left);
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
    content += hash ^ (hash >> 31);
  }
  return content;
}

struct RefReturn {
  std::string customer, product;
  std::int64_t time, left;
  std::uint64_t lines;
};

// Among the customer's orders up to then that have some of it left, the one to take from next.
RefPurchase* LatestPurchase(RefOrders* orders, const RefReturn& open) {
  RefPurchase* best = nullptr;
  std::tuple<std::int64_t, std::int64_t, std::uint64_t, orders::IdKey> best_rank;
  for (auto& [id, order] : *orders) {
    const auto found = order.purchases.find(open.product);
    if (order.customer != open.customer || order.time > open.time || found == order.purchases.end()) continue;
    RefPurchase& purchase = found->second;
    if (purchase.cancelled_lines > 0 || purchase.left == 0) continue;
    const std::int64_t own_left = std::max<std::int64_t>(purchase.bought - purchase.returned, 0);
    const auto rank =
        std::tuple(order.time, own_left, order.content, orders_internal::KeyOf(orders_internal::IdKind::kOrder, id));
    if (best == nullptr || rank > best_rank) {
      best = &purchase;
      best_rank = rank;
    }
  }
  return best;
}

void Settle(RefOrders* orders, orders::CleaningReport* report) {
  std::vector<RefReturn> returns;
  for (auto& [unused, order] : *orders) {
    order.content = ContentOf(order);
    for (const auto& [product, purchase] : order.purchases) {
      report->lines_returned += purchase.returned_lines;
      if (purchase.cancelled_lines > 0 || purchase.returned <= purchase.bought) {
        report->returns_matched += purchase.returned_lines;
      } else {
        returns.push_back(
            {order.customer, product, order.time, purchase.returned - purchase.bought, purchase.returned_lines});
      }
    }
  }
  std::sort(returns.begin(), returns.end(), [](const RefReturn& a, const RefReturn& b) {
    return std::tie(a.time, a.left, a.lines) < std::tie(b.time, b.left, b.lines);
  });
  for (const RefReturn& open : returns) {
    std::int64_t left = open.left;
    while (left > 0 && !open.customer.empty()) {
      RefPurchase* const purchase = LatestPurchase(orders, open);
      if (purchase == nullptr) break;
      const std::int64_t taken = std::min(left, purchase->left);
      purchase->left -= taken;
      left -= taken;
    }
    (left < open.left ? report->returns_matched : report->returns_unmatched) += open.lines;
  }
}

}  // namespace

ReferenceCleaning CleanByReference(const std::vector<ReferenceLine>& lines,
                                   const std::map<std::string, std::string>& root_of) {
  ReferenceCleaning result;
  orders::CleaningReport& report = result.report;
  RefOrders orders = Collect(lines, &result.orders_with_two_customers);
  Settle(&orders, &report);
  for (const auto& [unused, order] : orders) {
    std::set<std::string> products;
    for (const auto& [id, purchase] : order.purchases) {
      result.units[id];
      report.lines_cancelled += purchase.cancelled_lines;
      if (purchase.cancelled_lines > 0) {
        report.lines_cancelled += purchase.bought_lines;
      } else if (purchase.left == 0) {
        report.lines_undone += purchase.bought_lines;
      } else {
        ++result.units[id];
        const auto root = root_of.find(id);
        const bool is_new = products.insert(root == root_of.end() ? id : root->second).second;
        report.lines_kept += is_new ? 1 : 0;
        report.lines_duplicate += purchase.bought_lines - (is_new ? 1 : 0);
      }
    }
    ++(products.empty() ? report.orders_emptied : report.orders_kept);
    if (products.empty()) continue;
    result.baskets.push_back({order.customer, order.time, {products.begin(), products.end()}});
  }
  std::sort(result.baskets.begin(), result.baskets.end());
  return result;
}

}  // namespace awase::testing
