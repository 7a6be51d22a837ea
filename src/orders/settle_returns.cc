#include "orders/internal/settle_returns.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/parallel.h"
#include "orders/internal/order_lines.h"

namespace awase::orders_internal {
namespace {

using orders::OrderLog;

// A returned quantity that its own order cannot cover.
struct OpenReturn {
  std::uint32_t product;
  std::int64_t time;
  std::int64_t left_milli;
  std::uint64_t lines;
};

// What it may be subtracted from.
struct Bought {
  std::uint32_t product;
  std::int64_t time;
  std::int64_t left_milli;
  std::uint64_t content;  // of the order
  std::uint32_t order;
};

// FNV-1a.
std::uint64_t HashOf(absl::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

// A number made of the order's products and quantities. Two orders that differ share one with a chance of 2^-64, and then
// merely the choice between them depends on their ids.
std::uint64_t ContentOf(const OrderLog& log, std::size_t order) {
  std::uint64_t content = 0;
  ForEachPurchase(log, order, [&](const Purchase& purchase) {
    if (purchase.cancelled() || purchase.bought_lines == 0) return;
    // The finaliser of SplitMix64: a sum of plain products would let quantities of two products be swapped.
    std::uint64_t mixed = HashOf(log.product_ids[purchase.product]) + static_cast<std::uint64_t>(purchase.left_milli());
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    content += mixed ^ (mixed >> 31);
  });
  return content;
}

// The orders [first, last) of one customer, or one order without a customer.
class Customer {
 public:
  Customer(const OrderLog& log, std::size_t first, std::size_t last) : log_(log), first_(first), last_(last) {}

  // `with_returns` are those of its orders that have returned lines.
  void Settle(absl::Span<const std::uint32_t> with_returns, SettledReturns* settled) {
    for (const std::uint32_t order : with_returns) CollectReturns(order);
    if (returns_.empty()) return;
    std::sort(returns_.begin(), returns_.end(), [](const OpenReturn& a, const OpenReturn& b) {
      return std::tie(a.product, a.time, a.left_milli, a.lines) < std::tie(b.product, b.time, b.left_milli, b.lines);
    });
    if (log_.order_customers[first_] != orders::kNoCustomer) CollectPurchases();
    auto bought = bought_.begin();
    for (std::size_t first = 0; first < returns_.size();) {
      const std::uint32_t product = returns_[first].product;
      std::size_t last = first;
      while (last < returns_.size() && returns_[last].product == product) ++last;
      const auto begin = std::find_if(bought, bought_.end(), [&](const Bought& b) { return b.product >= product; });
      bought = std::find_if(begin, bought_.end(), [&](const Bought& b) { return b.product > product; });
      SettleProduct(absl::MakeConstSpan(returns_).subspan(first, last - first),
                    absl::MakeSpan(bought_).subspan(static_cast<std::size_t>(begin - bought_.begin()),
                                                    static_cast<std::size_t>(bought - begin)),
                    settled);
      first = last;
    }
  }

 private:
  void CollectReturns(std::size_t order) {
    ForEachPurchase(log_, order, [&](const Purchase& purchase) {
      if (!purchase.has_open_return()) return;
      returns_.push_back({purchase.product, log_.order_times[order], purchase.open_milli(), purchase.returned_lines});
    });
  }

  void CollectPurchases();
  static void SettleProduct(absl::Span<const OpenReturn> returns, absl::Span<Bought> bought, SettledReturns* settled);

  const OrderLog& log_;
  const std::size_t first_;
  const std::size_t last_;
  std::vector<OpenReturn> returns_;
  std::vector<Bought> bought_;
};

// Those of products with an open return, by product and in the sequence in which they come onto the stack.
void Customer::CollectPurchases() {
  const auto is_returned = [&](std::uint32_t product) {
    const auto found = std::lower_bound(returns_.begin(), returns_.end(), product,
                                        [](const OpenReturn& open, std::uint32_t p) { return open.product < p; });
    return found != returns_.end() && found->product == product;
  };
  for (std::size_t order = first_; order < last_; ++order) {
    const std::size_t before = bought_.size();
    ForEachPurchase(log_, order, [&](const Purchase& purchase) {
      if (purchase.cancelled() || purchase.left_milli() == 0 || !is_returned(purchase.product)) return;
      bought_.push_back(
          {purchase.product, log_.order_times[order], purchase.left_milli(), 0, static_cast<std::uint32_t>(order)});
    });
    if (bought_.size() == before) continue;
    const std::uint64_t content = ContentOf(log_, order);
    for (std::size_t b = before; b < bought_.size(); ++b) bought_[b].content = content;
  }
  // Of orders at one moment the larger purchase is last, so it is taken from first; then content decides. Orders alike
  // in everything may go by their number, as long as it is the same for all of their products.
  std::sort(bought_.begin(), bought_.end(), [](const Bought& a, const Bought& b) {
    return std::tie(a.product, a.time, a.left_milli, a.content, a.order) <
           std::tie(b.product, b.time, b.left_milli, b.content, b.order);
  });
}

// Settles the returns of one product, both given by time: each takes the latest purchase before it, on top of the stack,
// until that is used up. O(returns + purchases).
void Customer::SettleProduct(absl::Span<const OpenReturn> returns, absl::Span<Bought> bought, SettledReturns* settled) {
  std::vector<Bought*> earlier;
  std::size_t next = 0;
  for (const OpenReturn& open : returns) {
    for (; next < bought.size() && bought[next].time <= open.time; ++next) earlier.push_back(&bought[next]);
    std::int64_t left_milli = open.left_milli;
    while (left_milli > 0 && !earlier.empty()) {
      Bought& purchase = *earlier.back();
      const std::int64_t taken = std::min(purchase.left_milli, left_milli);
      purchase.left_milli -= taken;
      left_milli -= taken;
      if (purchase.left_milli > 0) continue;
      settled->undone.push_back({purchase.order, purchase.product});
      earlier.pop_back();
    }
    (left_milli < open.left_milli ? settled->lines_matched : settled->lines_unmatched) += open.lines;
  }
}

}  // namespace

SettledReturns SettleReturns(const OrderLog& log, std::size_t threads) {
  // By customer: orders are, too.
  const std::vector<std::uint32_t>& orders = log.orders_with_returns;
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const std::uint32_t customer = log.order_customers[orders[i]];
    if (i == 0 || customer == orders::kNoCustomer || customer != log.order_customers[orders[i - 1]])
      starts.push_back(i);
  }
  starts.push_back(orders.size());
  std::vector<SettledReturns> parts(std::max<std::size_t>(threads, 1));
  ParallelFor(threads, starts.size() - 1, 16, [&](std::size_t first, std::size_t last, std::size_t worker) {
    for (std::size_t c = first; c < last; ++c) {
      const std::uint32_t customer = log.order_customers[orders[starts[c]]];
      std::size_t begin = orders[starts[c]];
      std::size_t end = begin + 1;
      if (customer != orders::kNoCustomer) {
        const auto range = std::equal_range(log.order_customers.begin(), log.order_customers.end(), customer);
        begin = static_cast<std::size_t>(range.first - log.order_customers.begin());
        end = static_cast<std::size_t>(range.second - log.order_customers.begin());
      }
      Customer(log, begin, end)
          .Settle(absl::MakeConstSpan(orders).subspan(starts[c], starts[c + 1] - starts[c]), &parts[worker]);
    }
  });
  SettledReturns all;
  for (const SettledReturns& part : parts) {
    all.undone.insert(all.undone.end(), part.undone.begin(), part.undone.end());
    all.lines_matched += part.lines_matched;
    all.lines_unmatched += part.lines_unmatched;
  }
  std::sort(all.undone.begin(), all.undone.end());
  return all;
}

}  // namespace awase::orders_internal
