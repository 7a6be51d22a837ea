#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

#include "awase/base/status_macros.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/order_rows.h"
#include "ingest/internal/read_baskets.h"
#include "ingest/internal/table_reader.h"

namespace awase::ingest {

absl::StatusOr<orders::OrderLog> ReadOrders(absl::Span<const std::string> patterns, const TableMap& map,
                                            const ReadOptions& options, ReadReport* report) {
  *report = ReadReport();
  if (map.one_basket_per_line) return ingest_internal::ReadBaskets(patterns, map, options, report);
  const std::size_t threads = std::max<std::size_t>(options.threads, 1);
  orders::OrderLogBuilder builder(threads);
  std::deque<ingest_internal::OrderRows> rows;
  std::vector<ingest_internal::RowSink*> sinks;
  for (std::size_t i = 0; i < threads; ++i) {
    sinks.push_back(&rows.emplace_back(map, options.default_currency, &builder.shard(i)));
  }
  ingest_internal::TableReader reader(ingest_internal::OrderSchema(), map, options, sinks, report);
  const absl::Status status = reader.Read(patterns);
  ingest_internal::RowTally tally;
  for (ingest_internal::RowSink* sink : sinks) tally.Merge(sink->tally());
  tally.Report(report);
  AWASE_RETURN_IF_ERROR(status);
  AWASE_RETURN_IF_ERROR(tally.CheckBadShare(options.max_bad_share));
  return builder.Build(threads);
}

}  // namespace awase::ingest
