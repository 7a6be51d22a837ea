#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/parallel.h"
#include "orders/internal/log_source.h"
#include "orders/internal/price_day.h"
#include "orders/internal/sort_orders.h"
#include "orders/internal/write_orders.h"

namespace awase::orders_internal {
namespace {

using orders::ObservedPrice;
using orders::OrderLog;

// A source's product. Ids are mostly told apart by their first bytes, compared as one number.
struct SourceProduct {
  std::uint64_t prefix;
  std::uint32_t source;
  std::uint32_t product;
};

std::uint64_t PrefixOf(absl::string_view id) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0u);
  }
  return prefix;
}

// All products of all sources by id; each source is sorted by a thread of its own.
std::vector<SourceProduct> SortProducts(const std::vector<LogSource>& sources, std::size_t threads) {
  const auto less = [&](const SourceProduct& a, const SourceProduct& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return sources[a.source].product_ids[a.product] < sources[b.source].product_ids[b.product];
  };
  std::vector<std::size_t> starts{0};
  for (const LogSource& source : sources) starts.push_back(starts.back() + source.product_ids.size());
  std::vector<SourceProduct> products(starts.back());
  ParallelFor(threads, sources.size(), 1, [&](std::size_t s, std::size_t /*last*/, std::size_t /*worker*/) {
    const std::vector<std::string>& ids = sources[s].product_ids;
    for (std::size_t p = 0; p < ids.size(); ++p) {
      products[starts[s] + p] = {PrefixOf(ids[p]), static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(p)};
    }
    std::sort(products.begin() + static_cast<std::ptrdiff_t>(starts[s]),
              products.begin() + static_cast<std::ptrdiff_t>(starts[s + 1]), less);
  });
  for (std::size_t s = 1; s < sources.size(); ++s) {
    std::inplace_merge(products.begin(), products.begin() + static_cast<std::ptrdiff_t>(starts[s]),
                       products.begin() + static_cast<std::ptrdiff_t>(starts[s + 1]), less);
  }
  return products;
}

// Numbers the products by id, and settles their prices.
void NumberProducts(std::vector<LogSource>* sources, std::size_t threads, OrderLog* log) {
  for (LogSource& source : *sources) source.product_numbers.resize(source.product_ids.size());
  const std::vector<SourceProduct> products = SortProducts(*sources, threads);
  std::vector<const ObservedPrice*> days;
  for (std::size_t i = 0; i < products.size(); ++i) {
    LogSource& source = (*sources)[products[i].source];
    source.product_numbers[products[i].product] = static_cast<std::uint32_t>(log->product_ids.size());
    days.push_back(&source.prices[products[i].product]);
    std::string& id = source.product_ids[products[i].product];
    if (i + 1 < products.size() && (*sources)[products[i + 1].source].product_ids[products[i + 1].product] == id)
      continue;
    log->product_ids.push_back(std::move(id));
    log->observed_prices.push_back(Summarise(days));
    days.clear();
  }
  for (LogSource& source : *sources) {
    orders::ReleaseMemory(&source.product_ids);
    orders::ReleaseMemory(&source.prices);
  }
}

}  // namespace

OrderLog MergeSources(std::vector<LogSource> sources, std::size_t threads) {
  OrderLog log;
  NumberProducts(&sources, threads, &log);
  SourceRuns runs(sources);
  const orders::UnfilledVector<OrderRow> rows = SortOrders(&sources, threads, &runs);
  WriteOrders(sources, runs, rows, threads, &log);
  return log;
}

}  // namespace awase::orders_internal
