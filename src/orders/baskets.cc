#include "awase/orders/baskets.h"

#include <algorithm>
#include <numeric>

#include "awase/base/parallel.h"
#include "orders/internal/basket_pieces.h"
#include "orders/internal/line_word.h"
#include "orders/internal/order_lines.h"
#include "orders/internal/settle_returns.h"

// The log has its orders as a BasketSet has its baskets, and the lines of an order by product. What is left to do is to
// merge neighbours; returns that reach into other orders are settled before (settle_returns.cc).

namespace awase::orders {
namespace {

using orders_internal::BasketPieces;
using orders_internal::Purchase;
using orders_internal::SettledReturns;
using orders_internal::UndonePurchase;

constexpr std::size_t kGrain = 1 << 12;  // orders or baskets per piece

void AddTo(CleaningReport* sum, const CleaningReport& part) {
  sum->lines_kept += part.lines_kept;
  sum->lines_duplicate += part.lines_duplicate;
  sum->lines_cancelled += part.lines_cancelled;
  sum->lines_returned += part.lines_returned;
  sum->lines_undone += part.lines_undone;
  sum->returns_matched += part.returns_matched;
  sum->returns_unmatched += part.returns_unmatched;
  sum->orders_kept += part.orders_kept;
  sum->orders_emptied += part.orders_emptied;
}

// Cleans orders one after the other; one per thread.
class OrderCleaner {
 public:
  OrderCleaner(const OrderLog& log, absl::Span<const ProductIndex> index_of, const std::vector<UndonePurchase>& undone)
      : log_(log), index_of_(index_of), undone_(undone), units_(log.product_ids.size(), 0) {}

  void CleanOrders(std::size_t first, std::size_t last, BasketPieces::Writer* writer) {
    next_undone_ = static_cast<std::size_t>(
        std::lower_bound(undone_.begin(), undone_.end(), UndonePurchase{static_cast<std::uint32_t>(first), 0}) -
        undone_.begin());
    for (std::size_t order = first; order < last; ++order) {
      ProductIndex* const products = writer->products();
      const std::size_t found = IsPlainOrder(order) ? TakePlain(order, products) : TakePurchases(order, products);
      if (found == 0) {
        ++report_.orders_emptied;
        continue;
      }
      ++report_.orders_kept;
      writer->EndBasket(Unite(products, found), log_.order_customers[order], log_.order_times[order]);
    }
  }

  const CleaningReport& report() const { return report_; }
  const std::vector<std::uint32_t>& units() const { return units_; }

 private:
  bool IsPlainOrder(std::size_t order) const {
    if (next_undone_ < undone_.size() && undone_[next_undone_].order == order) return false;
    const std::uint64_t end = log_.line_offsets[order + 1];
    for (std::uint64_t i = log_.line_offsets[order]; i < end; ++i) {
      if (!orders_internal::IsPlain(log_.lines[i])) return false;
    }
    return true;
  }

  // Nothing but purchases: quantities do not matter.
  std::size_t TakePlain(std::size_t order, ProductIndex* products) {
    const std::uint64_t begin = log_.line_offsets[order];
    const std::uint64_t end = log_.line_offsets[order + 1];
    std::size_t found = 0;
    for (std::uint64_t i = begin; i < end; ++i) {
      const std::uint32_t product = orders_internal::ProductOf(log_.lines[i]);
      if (i > begin && product == orders_internal::ProductOf(log_.lines[i - 1])) continue;
      ++units_[product];
      products[found++] = index_of_[product];
    }
    report_.lines_kept += found;
    report_.lines_duplicate += end - begin - found;
    return found;
  }

  std::size_t TakePurchases(std::size_t order, ProductIndex* products) {
    std::size_t found = 0;
    orders_internal::ForEachPurchase(log_, order, [&](const Purchase& purchase) {
      report_.lines_cancelled += purchase.cancelled_lines;
      report_.lines_returned += purchase.returned_lines;
      if (!purchase.has_open_return()) report_.returns_matched += purchase.returned_lines;
      if (purchase.cancelled()) {
        report_.lines_cancelled += purchase.bought_lines;
        return;
      }
      if (purchase.left_milli() == 0 || WasUndone(order, purchase.product)) {
        report_.lines_undone += purchase.bought_lines;
        return;
      }
      ++report_.lines_kept;
      report_.lines_duplicate += purchase.bought_lines - 1;
      ++units_[purchase.product];
      products[found++] = index_of_[purchase.product];
    });
    return found;
  }

  // REQUIRES: asked in ascending order.
  bool WasUndone(std::size_t order, std::uint32_t product) {
    const UndonePurchase wanted{static_cast<std::uint32_t>(order), product};
    if (next_undone_ == undone_.size() || undone_[next_undone_] != wanted) return false;
    ++next_undone_;
    return true;
  }

  // Makes indices ascending and distinct: variants of one product may be among them. Returns how many are left.
  std::size_t Unite(ProductIndex* products, std::size_t count) {
    if (std::adjacent_find(products, products + count, std::greater_equal<>()) == products + count) return count;
    std::sort(products, products + count);
    const auto left = static_cast<std::size_t>(std::unique(products, products + count) - products);
    report_.lines_kept -= count - left;
    report_.lines_duplicate += count - left;
    return left;
  }

  const OrderLog& log_;
  const absl::Span<const ProductIndex> index_of_;
  const std::vector<UndonePurchase>& undone_;
  std::size_t next_undone_ = 0;
  CleaningReport report_;
  std::vector<std::uint32_t> units_;
};

// Gives each basket without a customer a buyer of its own; they are the last ones.
void NumberAnonymousBuyers(std::size_t customer_count, BasketSet* set) {
  const auto first = std::lower_bound(set->buyers.begin(), set->buyers.end(), kNoCustomer);
  std::iota(first, set->buyers.end(), static_cast<std::uint32_t>(customer_count));
  set->buyer_count = set->buyers.empty() ? 0 : set->buyers.back() + std::size_t{1};
}

// The distinct products of some baskets; one per thread.
class ProductUnion {
 public:
  explicit ProductUnion(std::size_t product_count) : product_count_(product_count) {}

  // Makes `count` products ascending and distinct; returns how many are left.
  std::size_t Unite(ProductIndex* products, std::size_t count) {
    // Marking costs a pass over all products of the shop, sorting a few passes over these.
    if (count > product_count_ / 16 && count > 64) return UniteByMarks(products, count);
    std::sort(products, products + count);
    return static_cast<std::size_t>(std::unique(products, products + count) - products);
  }

 private:
  std::size_t UniteByMarks(ProductIndex* products, std::size_t count) {
    marks_.resize(product_count_, 0);
    for (std::size_t i = 0; i < count; ++i) marks_[Slot(products[i])] = 1;
    std::size_t left = 0;
    for (std::size_t p = 0; p < product_count_; ++p) {
      if (marks_[p] != 0) products[left++] = ProductAt(p);
      marks_[p] = 0;
    }
    return left;
  }

  const std::size_t product_count_;
  std::vector<std::uint8_t> marks_;
};

// Unites the baskets of the buyers that begin within [first, last).
void UniteBuyers(const BasketSet& baskets, std::size_t known, std::size_t first, std::size_t last, ProductUnion* unite,
                 BasketPieces::Writer* writer) {
  for (std::size_t b = first; b < last;) {
    const std::uint32_t buyer = baskets.buyers[b];
    std::int64_t latest = kNoTime;
    std::size_t end = b;
    for (; end < known && baskets.buyers[end] == buyer; ++end) latest = std::max(latest, baskets.time_micros[end]);
    const std::size_t count = baskets.offsets[end] - baskets.offsets[b];
    ProductIndex* const products = writer->products();
    std::copy_n(baskets.products.begin() + static_cast<std::ptrdiff_t>(baskets.offsets[b]), count, products);
    writer->EndBasket(end - b == 1 ? count : unite->Unite(products, count), buyer, latest);
    b = end;
  }
}

}  // namespace

BasketSet BuildBaskets(const OrderLog& log, absl::Span<const ProductIndex> index_of, std::size_t product_count,
                       CleaningReport* report, std::size_t threads) {
  const SettledReturns settled = orders_internal::SettleReturns(log, threads);
  const std::size_t orders = log.order_count();
  BasketPieces pieces(orders, log.line_count(), (orders + kGrain - 1) / kGrain);
  std::vector<OrderCleaner> cleaners(std::max<std::size_t>(threads, 1), OrderCleaner(log, index_of, settled.undone));
  ParallelFor(threads, orders, kGrain, [&](std::size_t first, std::size_t last, std::size_t worker) {
    BasketPieces::Writer writer = pieces.Begin(first / kGrain, first, log.line_offsets[first]);
    cleaners[worker].CleanOrders(first, last, &writer);
    pieces.End(first / kGrain, writer);
  });
  BasketSet set = pieces.Close(threads);
  set.product_count = product_count;
  NumberAnonymousBuyers(log.customer_keys.size(), &set);

  *report = CleaningReport();
  report->returns_matched = settled.lines_matched;
  report->returns_unmatched = settled.lines_unmatched;
  set.log_product_units.assign(log.product_ids.size(), 0);
  for (const OrderCleaner& cleaner : cleaners) {
    AddTo(report, cleaner.report());
    for (std::size_t p = 0; p < cleaner.units().size(); ++p) set.log_product_units[p] += cleaner.units()[p];
  }
  return set;
}

BasketSet MergeByBuyer(const BasketSet& baskets, std::uint32_t customer_count, std::size_t threads) {
  const auto known = static_cast<std::size_t>(
      std::lower_bound(baskets.buyers.begin(), baskets.buyers.end(), customer_count) - baskets.buyers.begin());
  BasketPieces pieces(known, baskets.offsets[known], (known + kGrain - 1) / kGrain);
  std::vector<ProductUnion> unions(std::max<std::size_t>(threads, 1), ProductUnion(baskets.product_count));
  ParallelFor(threads, known, kGrain, [&](std::size_t first, std::size_t last, std::size_t worker) {
    const std::size_t piece = first / kGrain;
    // A buyer belongs to the piece of the first basket.
    while (first > 0 && first < last && baskets.buyers[first] == baskets.buyers[first - 1]) ++first;
    BasketPieces::Writer writer = pieces.Begin(piece, first, baskets.offsets[first]);
    UniteBuyers(baskets, known, first, last, &unions[worker], &writer);
    pieces.End(piece, writer);
  });
  BasketSet set = pieces.Close(threads);
  set.product_count = baskets.product_count;
  set.buyer_count = set.buyers.empty() ? 0 : set.buyers.back() + std::size_t{1};
  return set;
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
