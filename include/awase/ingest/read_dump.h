#ifndef AWASE_INGEST_READ_DUMP_H_
#define AWASE_INGEST_READ_DUMP_H_

// Reads dumps of orders, products and views: CSV, TSV, Parquet, JSON lines, plain or .gz or .zst, one file or many.
// Streams, on several threads; a row that cannot be used is counted under its reason with samples, never dropped
// silently. What is read does not depend on the number of threads.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/catalog/product.h"
#include "awase/ingest/dataset_map.h"
#include "awase/orders/order_log.h"

namespace awase::ingest {

struct ReadProgress {
  std::uint64_t rows = 0;  // so far
  double share = -1;       // of the input, in [0, 1]; −1 = not known
};

struct ReadOptions {
  CurrencyCode default_currency;  // for rows without one
  // More than this share of bad rows (dropped for a reason that is the row's own fault) fails the run. [0, 1].
  double max_bad_share = 0.05;
  std::size_t threads = 1;               // the calling one among them; orders and views only
  std::uint64_t memory_limit_bytes = 0;  // of the process; a query of a dataset map spills to disk rather; 0 = none
  // How many files were read before these ones: where a line of a file is a basket, its id is made of the number of the
  // file.
  std::size_t files_before = 0;
  std::function<void(const ReadProgress&)> progress;  // from the calling thread; may be empty
  std::function<bool()> cancelled;  // asked now and then, likewise; true ends the read with kCancelled
};

// Rows that were dropped for one reason.
struct DroppedRows {
  std::string reason;  // "quantity is no number", …
  std::uint64_t count = 0;
  bool bad = true;  // false: dropped as the map or the format says, not a fault
  // The three that are smallest by text, so that shuffled input gives the same; ≤ 200 bytes each, without customer ids.
  // Of a line that does not fit the header only its place is told.
  std::vector<std::string> samples;
};

struct InputFile {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct ReadReport {
  std::vector<InputFile> files;
  std::uint64_t rows_read = 0;
  std::uint64_t rows_kept = 0;
  std::vector<DroppedRows> dropped;  // rows_read = rows_kept + Σ count
  std::vector<std::string> columns;  // our columns that were found
  std::vector<std::string> notes;    // whatever else the reader settled, one sentence each
};

// Fills an OrderLog from `patterns` (files or globs; when empty, the map's own files). *report is filled in as far as
// the read came, also on an error. What each column may hold: docs/dataset_map.md.
//   kNotFound            a pattern matches nothing (named)
//   kInvalidArgument     a required column is missing (says which were found), an empty file, unreadable format, a
//                        mistake in the map's SQL, more bad rows than allowed (says the share, each reason and one
//                        sample of it)
//   kDataLoss            a .gz, .zst or Parquet file is cut short or broken
//   kUnavailable         the system cannot read a file
//   kResourceExhausted   not enough memory
//   kCancelled           options.cancelled said so
// A bad quantity, price, date or status drops its row; a line that does not fit the header drops that line only.
absl::StatusOr<orders::OrderLog> ReadOrders(absl::Span<const std::string> patterns, const TableMap& map,
                                            const ReadOptions& options, ReadReport* report);

// Reads session logs. What is an order in the log is a session here: its key, its customer and its time (of its first
// view) are the session's, its lines the products viewed, each once completed. Contract and errors of ReadOrders; a row
// with a viewed_at that is no date is bad. Samples hold neither customer nor session ids.
absl::StatusOr<orders::OrderLog> ReadViews(absl::Span<const std::string> patterns, const TableMap& map,
                                           const ReadOptions& options, ReadReport* report);

// What one ReadOrders over the files of both would have reported. kInvalidArgument, naming it, when a file of `later`
// is already among those of `earlier` (by its bytes): its quantities would count twice.
absl::StatusOr<ReadReport> JoinReports(const ReadReport& earlier, const ReadReport& later);

// Errors as ReadOrders. A product with an unreadable price, cost, stock, visible or pack_quantity is dropped as a bad
// row: shown with a wrong price it would do more harm than missing. Rows of one product_id may repeat:
// catalog::Catalog::Build settles that.
absl::StatusOr<std::vector<catalog::Product>> ReadProducts(absl::Span<const std::string> patterns, const TableMap& map,
                                                           const ReadOptions& options, ReadReport* report);

}  // namespace awase::ingest

#endif  // AWASE_INGEST_READ_DUMP_H_
