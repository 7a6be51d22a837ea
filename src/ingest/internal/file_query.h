#ifndef AWASE_INGEST_INTERNAL_FILE_QUERY_H_
#define AWASE_INGEST_INTERNAL_FILE_QUERY_H_

// Files as SQL: what DuckDB has to be asked to get their columns.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/internal/csv_table_function.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/input_file.h"

namespace awase::ingest_internal {

struct FileQuery {
  std::string sql;  // a SELECT of all columns
  std::vector<QueryColumn> columns;
  std::uint64_t malformed_lines = 0;  // of JSON lines; left out by the SELECT
};

// kDataLoss, with the reason that DuckDB gives, without its query.
absl::Status UnreadableParquet(const SourceFile& file, absl::string_view duckdb_message);

// Parquet: the columns with their own types. kDataLoss when the file is broken or cut short.
absl::StatusOr<FileQuery> QueryParquet(DuckDbSession* session, const SourceFile& file);

// JSON lines: the top-level keys of all objects, as text (a nested value is its JSON). Reads the file, and asks
// `keep_waiting` meanwhile. kInvalidArgument when there is no object in it.
absl::StatusOr<FileQuery> QueryJsonLines(DuckDbSession* session, const SourceFile& file,
                                         absl::FunctionRef<absl::Status()> keep_waiting);

// Delimited text, through `registry`: all columns as text. Errors of CsvFile::Open.
absl::StatusOr<FileQuery> QueryDelimited(CsvRegistry* registry, const SourceFile& file, TextEncoding encoding,
                                         std::optional<char> delimiter);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_FILE_QUERY_H_
