#ifndef AWASE_INGEST_INTERNAL_TABLE_READER_H_
#define AWASE_INGEST_INTERNAL_TABLE_READER_H_

// From files and a dataset map to rows of our columns, whatever the format.

#include <cstdint>
#include <functional>
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
#include "ingest/internal/read_meter.h"
#include "ingest/internal/row_tally.h"

namespace awase::ingest_internal {

// The files of `patterns`, or of the map when there are none. kInvalidArgument when neither names any; errors of
// FindSourceFiles.
absl::StatusOr<std::vector<SourceFile>> FilesOf(absl::Span<const std::string> patterns, const ingest::TableMap& map,
                                                const TableSchema& schema);

// The map's delimiter; nothing = to be found. kInvalidArgument when it is not one byte.
absl::StatusOr<std::optional<char>> DelimiterOf(const ingest::TableMap& map);

// Reads one table once. Borrows everything it is given. single-thread.
class TableReader {
 public:
  using RowFunction = std::function<void(const Row&)>;

  TableReader(const TableSchema& schema, const ingest::TableMap& map, const ingest::ReadOptions& options,
              RowTally* tally, ingest::ReadReport* report);

  // Calls `take` for every row; lines that are none go to the tally. Fills in the report's files, columns and notes.
  // Errors as ingest::ReadOrders, but for the share of bad rows.
  absl::Status Read(absl::Span<const std::string> patterns, const RowFunction& take);

 private:
  // One query of text columns in the order of `plan.sources`.
  struct TextQuery {
    std::string sql;
    std::string label;
    std::uint64_t bytes;
  };

  absl::Status ReadDelimited(const SourceFile& file, const RowFunction& take);
  absl::Status ReadThroughQuery(const SourceFile& file, const RowFunction& take);
  absl::Status ReadThroughSql(const std::vector<SourceFile>& files, const RowFunction& take);
  absl::Status MakeView(const std::string& name, const std::vector<SourceFile>& files);
  absl::StatusOr<FileQuery> QueryOf(const SourceFile& file);
  absl::Status TakeRows(const TextQuery& query, const ColumnPlan& plan, const RowFunction& take);
  absl::Status OpenSession();
  absl::Status VerifyFile(const SourceFile& file);
  void NotePlan(const ColumnPlan& plan);
  void Finish();
  double Share(double bytes_of_file) const;

  const TableSchema& schema_;
  const ingest::TableMap& map_;
  const ingest::ReadOptions& options_;
  RowTally* tally_;
  ingest::ReadReport* report_;
  ReadMeter meter_;
  ColumnSet columns_;
  TextEncoding encoding_ = TextEncoding::kUtf8;
  std::optional<char> delimiter_;
  std::uint64_t total_bytes_ = 0;
  std::uint64_t done_bytes_ = 0;
  std::set<std::string> unused_columns_;
  std::set<std::string> notes_;
  CsvRegistry registry_;                    // outlives session_
  std::unique_ptr<DuckDbSession> session_;  // opened when a file needs it
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_TABLE_READER_H_
