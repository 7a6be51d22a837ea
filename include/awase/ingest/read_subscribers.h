#ifndef AWASE_INGEST_READ_SUBSCRIBERS_H_
#define AWASE_INGEST_READ_SUBSCRIBERS_H_

// Reads what customers use and what they subscribe to, in the formats of read_dump.h. Both are about customers: they
// stay in memory, and no sample in a report names one.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/ingest/dataset_map.h"
#include "awase/ingest/read_dump.h"

namespace awase::ingest {

// How much of a metric one customer used in one period.
struct UsageRow {
  std::uint32_t customer;  // of UsageLog::customer_ids
  std::uint32_t period;
  std::uint32_t metric;
  std::int64_t quantity_micro;  // in millionths; ≥ 0

  friend bool operator==(const UsageRow&, const UsageRow&) = default;
};

struct UsageLog {
  std::vector<std::string> customer_ids;  // in byte order, as are the next two
  std::vector<std::string> periods;
  std::vector<std::string> metrics;
  std::vector<UsageRow> rows;  // by customer, period, metric; one for each such triple, with the sum of its rows
};

// Contract and errors of ReadOrders. A quantity is a decimal ≥ 0, kept to millionths, up to a trillion; a row without
// any of the four columns is bad.
absl::StatusOr<UsageLog> ReadUsage(absl::Span<const std::string> patterns, const TableMap& map,
                                   const ReadOptions& options, ReadReport* report);

// One subscription, or one change of it: a customer's row of a later started_at replaces an earlier one.
struct SubscriptionRow {
  std::string customer_id;
  std::string product_id;
  std::optional<std::int64_t> seats;    // 1 … 1,000,000
  std::vector<std::string> option_ids;  // in byte order
  std::int64_t started_at_micros = orders::kNoTime;

  friend bool operator==(const SubscriptionRow&, const SubscriptionRow&) = default;
};

// Contract and errors of ReadOrders. By customer, started_at, product, and then the other columns: rows that are alike
// in all are one.
absl::StatusOr<std::vector<SubscriptionRow>> ReadSubscriptions(absl::Span<const std::string> patterns,
                                                               const TableMap& map, const ReadOptions& options,
                                                               ReadReport* report);

}  // namespace awase::ingest

#endif  // AWASE_INGEST_READ_SUBSCRIBERS_H_
