#include "awase/orders/baskets.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace awase::orders {
namespace {

// All lines of one product in one order, merged.
struct Purchase {
  std::uint32_t order;
  std::uint32_t product;
  std::int64_t left_milli = 0;  // bought minus returned
  std::uint32_t bought_lines = 0;
  bool cancelled = false;
};

// A returned quantity that its own order cannot cover.
struct OpenReturn {
  std::uint32_t customer;
  std::uint32_t product;
  std::int64_t ordered_at_micros;
  std::int64_t left_milli;
  std::uint32_t lines;
};

std::vector<std::uint32_t> SortLines(const OrderLog& log) {
  std::vector<std::uint32_t> positions(log.lines.size());
  std::iota(positions.begin(), positions.end(), 0u);
  std::sort(positions.begin(), positions.end(), [&](std::uint32_t a, std::uint32_t b) {
    const OrderLine& x = log.lines[a];
    const OrderLine& y = log.lines[b];
    return std::tie(x.order, x.product) < std::tie(y.order, y.product);
  });
  return positions;
}

bool IsReturn(const OrderLine& line) { return line.status == LineStatus::kReturned || line.quantity_milli < 0; }

// Merges the lines of each (order, product). What an order returns beyond what it bought goes to `open_returns`.
std::vector<Purchase> MergeLines(const OrderLog& log, std::vector<OpenReturn>* open_returns, CleaningReport* report) {
  std::vector<Purchase> purchases;
  const std::vector<std::uint32_t> sorted = SortLines(log);
  for (std::size_t first = 0; first < sorted.size();) {
    const OrderLine& head = log.lines[sorted[first]];
    Purchase purchase{head.order, head.product};
    std::int64_t returned_milli = 0;
    std::uint32_t returned_lines = 0;
    std::size_t last = first;
    for (; last < sorted.size(); ++last) {
      const OrderLine& line = log.lines[sorted[last]];
      if (line.order != head.order || line.product != head.product) break;
      if (line.status == LineStatus::kCancelled) {
        purchase.cancelled = true;
        ++report->lines_cancelled;
      } else if (IsReturn(line)) {
        returned_milli += std::abs(line.quantity_milli);
        ++returned_lines;
        ++report->lines_returned;
      } else {
        purchase.left_milli += line.quantity_milli;
        ++purchase.bought_lines;
      }
    }
    first = last;
    if (purchase.cancelled) {
      report->lines_cancelled += purchase.bought_lines;
      report->returns_matched += returned_lines;  // nothing is left that they could be subtracted from
      continue;
    }
    const std::int64_t covered = std::min(purchase.left_milli, returned_milli);
    purchase.left_milli -= covered;
    if (returned_milli > covered) {
      const Order& order = log.orders[head.order];
      open_returns->push_back(
          {order.customer, head.product, order.ordered_at_micros, returned_milli - covered, returned_lines});
    } else {
      report->returns_matched += returned_lines;
    }
    if (purchase.bought_lines > 0) purchases.push_back(purchase);
  }
  return purchases;
}

// The purchases (as positions) that each (customer, product) with an open return could be subtracted from.
using PurchasesByKey = absl::flat_hash_map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>>;

PurchasesByKey FindPurchases(const OrderLog& log, absl::Span<const OpenReturn> open_returns,
                             absl::Span<const Purchase> purchases) {
  PurchasesByKey bought;
  for (const OpenReturn& open : open_returns) {
    if (open.customer != kNoCustomer) bought[{open.customer, open.product}];
  }
  for (std::size_t p = 0; p < purchases.size(); ++p) {
    const auto wanted = bought.find({log.orders[purchases[p].order].customer, purchases[p].product});
    if (wanted != bought.end()) wanted->second.push_back(p);
  }
  return bought;
}

// FNV-1a.
std::uint64_t HashOf(absl::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

// Per order, a number made of its products' ids and quantities: the same wherever its lines stood in the dump. Two orders
// that differ share one with a chance of 2^-64, and then merely the choice between them depends on the order of rows.
std::vector<std::uint64_t> ContentHashes(const OrderLog& log, absl::Span<const Purchase> purchases) {
  std::vector<std::uint64_t> products;
  products.reserve(log.product_ids.size());
  for (const std::string& id : log.product_ids) products.push_back(HashOf(id));
  std::vector<std::uint64_t> contents(log.orders.size(), 0);
  for (const Purchase& purchase : purchases) {
    // The finaliser of SplitMix64: a sum of plain products would let quantities of two products be swapped.
    std::uint64_t mixed = products[purchase.product] + static_cast<std::uint64_t>(purchase.left_milli);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    contents[purchase.order] += mixed ^ (mixed >> 31);
  }
  return contents;
}

// Settles the returns of one customer and product, both given by time: each takes the latest purchase before it, on
// top of the stack, until that is used up. O(returns + purchases).
void SettleKey(const OrderLog& log, absl::Span<const OpenReturn> open_returns, absl::Span<const std::size_t> positions,
               std::vector<Purchase>* purchases, CleaningReport* report) {
  std::vector<std::size_t> earlier;
  std::size_t next = 0;
  for (const OpenReturn& open : open_returns) {
    const auto is_earlier = [&](std::size_t p) {
      return log.orders[(*purchases)[p].order].ordered_at_micros <= open.ordered_at_micros;
    };
    for (; next < positions.size() && is_earlier(positions[next]); ++next) earlier.push_back(positions[next]);
    std::int64_t left_milli = open.left_milli;
    while (left_milli > 0 && !earlier.empty()) {
      Purchase& purchase = (*purchases)[earlier.back()];
      const std::int64_t taken = std::min(purchase.left_milli, left_milli);
      purchase.left_milli -= taken;
      left_milli -= taken;
      if (purchase.left_milli == 0) earlier.pop_back();
    }
    (left_milli < open.left_milli ? report->returns_matched : report->returns_unmatched) += open.lines;
  }
}

// Subtracts each open return from the customer's purchases of that product, the latest earlier one first.
void SettleReturns(const OrderLog& log, std::vector<OpenReturn> open_returns, std::vector<Purchase>* purchases,
                   CleaningReport* report) {
  PurchasesByKey bought = FindPurchases(log, open_returns, *purchases);
  const std::vector<std::uint64_t> contents = ContentHashes(log, *purchases);
  for (auto& [unused, positions] : bought) {
    // Of orders at one moment the larger purchase is last, so it is taken from first; then content decides, not row
    // order. Orders alike in everything may go by their number, as long as it is the same for all of their products.
    std::sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
      const Purchase& x = (*purchases)[a];
      const Purchase& y = (*purchases)[b];
      return std::tie(log.orders[x.order].ordered_at_micros, x.left_milli, contents[x.order], x.order) <
             std::tie(log.orders[y.order].ordered_at_micros, y.left_milli, contents[y.order], y.order);
    });
  }
  std::sort(open_returns.begin(), open_returns.end(), [](const OpenReturn& a, const OpenReturn& b) {
    return std::tie(a.customer, a.product, a.ordered_at_micros, a.left_milli, a.lines) <
           std::tie(b.customer, b.product, b.ordered_at_micros, b.left_milli, b.lines);
  });
  for (std::size_t first = 0; first < open_returns.size();) {
    const OpenReturn& head = open_returns[first];
    std::size_t last = first;
    while (last < open_returns.size() && open_returns[last].customer == head.customer &&
           open_returns[last].product == head.product) {
      ++last;
    }
    const auto positions = bought.find({head.customer, head.product});  // nothing without a customer
    SettleKey(log, absl::MakeConstSpan(open_returns).subspan(first, last - first),
              positions == bought.end() ? absl::Span<const std::size_t>() : positions->second, purchases, report);
    first = last;
  }
}

// The canonical order of baskets: see BasketSet.
struct Draft {
  std::uint32_t buyer;
  std::int64_t time_micros;
  std::vector<ProductIndex> products;
};

BasketSet Assemble(std::vector<Draft> drafts, std::size_t product_count) {
  std::sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
    return std::tie(a.buyer, a.time_micros, a.products) < std::tie(b.buyer, b.time_micros, b.products);
  });
  BasketSet set;
  set.product_count = product_count;
  set.buyer_count = drafts.empty() ? 0 : drafts.back().buyer + std::size_t{1};
  set.offsets.reserve(drafts.size() + 1);
  set.buyers.reserve(drafts.size());
  set.time_micros.reserve(drafts.size());
  for (Draft& draft : drafts) {
    set.products.insert(set.products.end(), draft.products.begin(), draft.products.end());
    set.offsets.push_back(set.products.size());
    set.buyers.push_back(draft.buyer);
    set.time_micros.push_back(draft.time_micros);
  }
  return set;
}

}  // namespace

BasketSet BuildBaskets(const OrderLog& log, absl::Span<const ProductIndex> index_of, std::size_t product_count,
                       CleaningReport* report) {
  *report = CleaningReport();
  std::vector<OpenReturn> open_returns;
  std::vector<Purchase> purchases = MergeLines(log, &open_returns, report);
  if (!open_returns.empty()) SettleReturns(log, std::move(open_returns), &purchases, report);

  std::vector<Draft> drafts;
  std::vector<std::uint32_t> log_product_units(log.product_ids.size(), 0);
  auto next_anonymous = static_cast<std::uint32_t>(log.customer_count);
  for (std::size_t first = 0; first < purchases.size();) {
    const std::uint32_t order_number = purchases[first].order;
    const Order& order = log.orders[order_number];
    Draft draft{order.customer, order.ordered_at_micros, {}};
    for (; first < purchases.size() && purchases[first].order == order_number; ++first) {
      const Purchase& purchase = purchases[first];
      if (purchase.left_milli <= 0) {
        report->lines_undone += purchase.bought_lines;
        continue;
      }
      ++report->lines_kept;
      report->lines_duplicate += purchase.bought_lines - 1;
      ++log_product_units[purchase.product];
      draft.products.push_back(index_of[purchase.product]);
    }
    if (draft.products.empty()) continue;
    std::sort(draft.products.begin(), draft.products.end());
    const auto last = std::unique(draft.products.begin(), draft.products.end());
    const auto merged_variants = static_cast<std::uint64_t>(draft.products.end() - last);
    report->lines_kept -= merged_variants;
    report->lines_duplicate += merged_variants;
    draft.products.erase(last, draft.products.end());
    if (draft.buyer == kNoCustomer) draft.buyer = next_anonymous++;
    drafts.push_back(std::move(draft));
  }
  report->orders_kept = drafts.size();
  report->orders_emptied = log.orders.size() - drafts.size();
  BasketSet set = Assemble(std::move(drafts), product_count);
  set.log_product_units = std::move(log_product_units);
  return set;
}

BasketSet MergeByBuyer(const BasketSet& baskets, std::uint32_t customer_count) {
  std::vector<Draft> drafts;
  for (std::size_t first = 0; first < baskets.size() && baskets.buyers[first] < customer_count;) {
    Draft draft{baskets.buyers[first], kNoTime, {}};
    for (; first < baskets.size() && baskets.buyers[first] == draft.buyer; ++first) {
      const absl::Span<const ProductIndex> basket = baskets.basket(first);
      draft.products.insert(draft.products.end(), basket.begin(), basket.end());
      draft.time_micros = std::max(draft.time_micros, baskets.time_micros[first]);
    }
    std::sort(draft.products.begin(), draft.products.end());
    draft.products.erase(std::unique(draft.products.begin(), draft.products.end()), draft.products.end());
    drafts.push_back(std::move(draft));
  }
  return Assemble(std::move(drafts), baskets.product_count);
}

std::uint64_t DropLargeBaskets(std::size_t max_products, BasketSet* set) {
  std::size_t kept = 0;
  std::size_t kept_products = 0;
  for (std::size_t b = 0; b < set->size(); ++b) {
    const std::uint64_t first = set->offsets[b];
    const std::uint64_t last = set->offsets[b + 1];
    if (last - first > max_products) continue;
    // Everything moves towards the front, so nothing that is still to be read is written over.
    std::copy(set->products.begin() + static_cast<std::ptrdiff_t>(first),
              set->products.begin() + static_cast<std::ptrdiff_t>(last),
              set->products.begin() + static_cast<std::ptrdiff_t>(kept_products));
    kept_products += last - first;
    set->buyers[kept] = set->buyers[b];
    set->time_micros[kept] = set->time_micros[b];
    set->offsets[++kept] = kept_products;
  }
  const std::uint64_t dropped = set->size() - kept;
  set->products.resize(kept_products);
  set->offsets.resize(kept + 1);
  set->buyers.resize(kept);
  set->time_micros.resize(kept);
  return dropped;
}

}  // namespace awase::orders
