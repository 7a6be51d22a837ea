#include <algorithm>
#include <utility>
#include <vector>

#include "awase/orders/order_log.h"
#include "orders/internal/key_table.h"
#include "orders/internal/log_source.h"

namespace awase::orders {
namespace {

using orders_internal::kBlockLines;
using orders_internal::KeyTable;
using orders_internal::LogSource;
using orders_internal::OrderRecord;
using orders_internal::Run;

// Where the lines [first, last) are. A run does not go beyond its block: lines of more than one are listed.
Run RunOfLines(std::uint64_t first, std::uint64_t last, LogSource* source) {
  if (first / kBlockLines == (last - 1) / kBlockLines) return Run(first, last - first);
  const std::size_t list = source->lists.size();
  source->lists.push_back(0);
  while (first < last) {
    const std::uint64_t end = std::min(last, (first / kBlockLines + 1) * kBlockLines);
    source->lists.push_back(Run(first, end - first).bits());
    ++source->lists[list];
    first = end;
  }
  return Run::Several(list);
}

// Takes over the strings of *log and borrows the rest.
LogSource SourceOf(OrderLog* log) {
  LogSource source;
  source.keys = log->order_keys;
  for (std::size_t line = 0; line < log->lines.size(); line += kBlockLines) {
    source.blocks.push_back(log->lines.data() + line);
  }
  source.large_quantities = log->large_quantities;
  source.product_ids = std::move(log->product_ids);
  source.prices = std::move(log->observed_prices);
  source.records.reserve(log->order_count());
  for (std::size_t o = 0; o < log->order_count(); ++o) {
    OrderRecord record;
    if (log->order_customers[o] != kNoCustomer) record.customer = log->customer_keys[log->order_customers[o]];
    record.time = log->order_times[o];
    record.run = RunOfLines(log->line_offsets[o], log->line_offsets[o + 1], &source);
    source.records.push_back(record);
  }
  for (const std::uint32_t o : log->orders_with_two_customers) source.records[o].run.NoteTwoCustomers(true);
  return source;
}

}  // namespace

OrderLog MergeLogs(OrderLog earlier, OrderLog later, std::size_t threads) {
  KeyTable table;
  for (const IdKey& key : later.order_keys) table.FindOrAdd(key);
  std::vector<LogSource> sources;
  sources.push_back(SourceOf(&later));  // a table is needed of all but the last: of the smaller one, as a rule
  sources.back().table = &table;
  sources.push_back(SourceOf(&earlier));
  return orders_internal::MergeSources(std::move(sources), threads);
}

}  // namespace awase::orders
