#ifndef AWASE_INGEST_INTERNAL_TABLE_READER_H_
#define AWASE_INGEST_INTERNAL_TABLE_READER_H_

// From files and a dataset map to rows of our columns, whatever the format.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "awase/ingest/dataset_map.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/csv_table_function.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/file_query.h"
#include "ingest/internal/input_file.h"
#include "ingest/internal/query_rows.h"
#include "ingest/internal/read_meter.h"
#include "ingest/internal/row_sink.h"

namespace awase::ingest_internal {

// The files of `patterns`, or of the map when there are none, and notes about them. kInvalidArgument when neither names
// any; errors of FindSourceFiles.
absl::StatusOr<std::vector<SourceFile>> FilesOf(absl::Span<const std::string> patterns, const ingest::TableMap& map,
                                                const TableSchema& schema, std::vector<std::string>* notes);

// The map's delimiter; nothing = to be found. kInvalidArgument when it is not one byte.
absl::StatusOr<std::optional<char>> DelimiterOf(const ingest::TableMap& map);

// Reads one table once, on as many threads as there are sinks. Borrows everything it is given, and calls the options'
// functions from the thread that calls Read. single-thread.
class TableReader {
 public:
  TableReader(const TableSchema& schema, const ingest::TableMap& map, const ingest::ReadOptions& options,
              absl::Span<RowSink* const> sinks, ingest::ReadReport* report);

  // Hands every row to one of the sinks; lines that are none go to their tallies. Fills in the report's files, columns
  // and notes. Errors as ingest::ReadOrders, but for the share of bad rows.
  absl::Status Read(absl::Span<const std::string> patterns);

 private:
  absl::Status ReadDelimited(const SourceFile& file);
  absl::Status ReadThroughQuery(const SourceFile& file);
  absl::Status ReadThroughSql(const std::vector<SourceFile>& files);
  absl::Status MakeView(const std::string& name, const std::vector<SourceFile>& files);
  absl::StatusOr<FileQuery> QueryOf(const SourceFile& file);
  absl::Status TakeRows(const QuerySource& source, std::uint64_t bytes, const ColumnPlan& plan);
  absl::Status OpenSession();
  absl::Status VerifyFile(const SourceFile& file);
  void NotePlan(const ColumnPlan& plan);
  absl::Status Finish();
  double Share(double bytes_of_file) const;

  const TableSchema& schema_;
  const ingest::TableMap& map_;
  const ingest::ReadOptions& options_;
  std::vector<RowSink*> sinks_;
  ingest::ReadReport* report_;
  ReadMeter meter_;
  ColumnSet columns_;
  TextEncoding encoding_ = TextEncoding::kUtf8;
  std::optional<char> delimiter_;
  std::uint64_t total_bytes_ = 0;
  std::uint64_t done_bytes_ = 0;
  std::set<std::string> unused_columns_;
  std::set<std::string> notes_;
  CsvRegistry registry_;  // outlives session_, as does rows_
  QueryRows rows_;
  std::unique_ptr<DuckDbSession> session_;  // opened when a file needs it
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_TABLE_READER_H_
