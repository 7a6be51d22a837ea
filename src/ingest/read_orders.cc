#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

#include "awase/base/status_macros.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/order_rows.h"
#include "ingest/internal/read_baskets.h"
#include "ingest/internal/table_reader.h"
#include "ingest/internal/view_rows.h"

namespace awase::ingest {
namespace {

using ingest_internal::OrderRows;
using ingest_internal::RowSink;
using ingest_internal::TableSchema;
using ingest_internal::ViewRows;

// Reads a table into a log, each thread into a shard of its own by what `make_rows` gives for it.
template <typename Rows, typename MakeRows>
absl::StatusOr<orders::OrderLog> ReadLog(const TableSchema& schema, absl::Span<const std::string> patterns,
                                         const TableMap& map, const ReadOptions& options, const MakeRows& make_rows,
                                         ReadReport* report) {
  *report = ReadReport();
  if (map.one_basket_per_line) return ingest_internal::ReadBaskets(schema, patterns, map, options, report);
  const std::size_t threads = std::max<std::size_t>(options.threads, 1);
  orders::OrderLogBuilder builder(threads);
  std::deque<Rows> rows;
  std::vector<RowSink*> sinks;
  for (std::size_t i = 0; i < threads; ++i) sinks.push_back(&rows.emplace_back(make_rows(&builder.shard(i))));
  ingest_internal::TableReader reader(schema, map, options, sinks, report);
  const absl::Status status = reader.Read(patterns);
  ingest_internal::RowTally tally;
  for (RowSink* sink : sinks) tally.Merge(sink->tally());
  tally.Report(schema.name, report);
  AWASE_RETURN_IF_ERROR(status);
  AWASE_RETURN_IF_ERROR(tally.CheckBadShare(options.max_bad_share, schema.name));
  return builder.Build(threads);
}

}  // namespace

absl::StatusOr<orders::OrderLog> ReadOrders(absl::Span<const std::string> patterns, const TableMap& map,
                                            const ReadOptions& options, ReadReport* report) {
  const auto make_rows = [&](orders::OrderLogBuilder::Shard* shard) {
    return OrderRows(map, options.default_currency, shard);
  };
  return ReadLog<OrderRows>(ingest_internal::OrderSchema(), patterns, map, options, make_rows, report);
}

absl::StatusOr<orders::OrderLog> ReadViews(absl::Span<const std::string> patterns, const TableMap& map,
                                           const ReadOptions& options, ReadReport* report) {
  const auto make_rows = [](orders::OrderLogBuilder::Shard* shard) { return ViewRows(shard); };
  return ReadLog<ViewRows>(ingest_internal::ViewSchema(), patterns, map, options, make_rows, report);
}

}  // namespace awase::ingest
