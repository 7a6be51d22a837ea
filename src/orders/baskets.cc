#include "awase/orders/baskets.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"

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
  std::uint32_t order;
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
      open_returns->push_back({order.customer, head.product, head.order, order.ordered_at_micros,
                               returned_milli - covered, returned_lines});
    } else {
      report->returns_matched += returned_lines;
    }
    if (purchase.bought_lines > 0) purchases.push_back(purchase);
  }
  return purchases;
}

// Subtracts each open return from the customer's purchases of that product, the latest earlier one first.
void SettleReturns(const OrderLog& log, std::vector<OpenReturn> open_returns, std::vector<Purchase>* purchases,
                   CleaningReport* report) {
  const auto key = [](std::uint32_t customer, std::uint32_t product) {
    return (static_cast<std::uint64_t>(customer) << 32) | product;
  };
  absl::flat_hash_map<std::uint64_t, std::vector<std::size_t>> bought;
  for (const OpenReturn& open : open_returns) {
    if (open.customer != kNoCustomer) bought[key(open.customer, open.product)];
  }
  for (std::size_t p = 0; p < purchases->size(); ++p) {
    const Purchase& purchase = (*purchases)[p];
    const std::uint32_t customer = log.orders[purchase.order].customer;
    if (customer == kNoCustomer) continue;
    const auto wanted = bought.find(key(customer, purchase.product));
    if (wanted != bought.end()) wanted->second.push_back(p);
  }
  // Earlier returns first, so that each takes the latest purchase before it. Returns of one moment are merged: which of
  // them goes first cannot matter then.
  std::sort(open_returns.begin(), open_returns.end(), [](const OpenReturn& a, const OpenReturn& b) {
    return std::tie(a.customer, a.product, a.ordered_at_micros) < std::tie(b.customer, b.product, b.ordered_at_micros);
  });
  for (auto& [unused, positions] : bought) {
    std::sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
      const Order& x = log.orders[(*purchases)[a].order];
      const Order& y = log.orders[(*purchases)[b].order];
      // Of orders at one moment the larger purchase is first: a choice by content, not by row order.
      return std::tuple(y.ordered_at_micros, (*purchases)[b].left_milli) <
             std::tuple(x.ordered_at_micros, (*purchases)[a].left_milli);
    });
  }
  for (OpenReturn& open : open_returns) {
    std::int64_t before = open.left_milli;
    if (open.customer != kNoCustomer) {
      for (const std::size_t p : bought[key(open.customer, open.product)]) {
        Purchase& purchase = (*purchases)[p];
        if (log.orders[purchase.order].ordered_at_micros > open.ordered_at_micros) continue;
        const std::int64_t taken = std::min(purchase.left_milli, open.left_milli);
        purchase.left_milli -= taken;
        open.left_milli -= taken;
        if (open.left_milli == 0) break;
      }
    }
    (open.left_milli < before ? report->returns_matched : report->returns_unmatched) += open.lines;
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
