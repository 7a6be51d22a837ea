#ifndef AWASE_INGEST_INTERNAL_DUCKDB_SESSION_H_
#define AWASE_INGEST_INTERNAL_DUCKDB_SESSION_H_

// DuckDB's C API with owners and Status: an in-memory database that reads files and fetches no extensions.

#include <duckdb.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::ingest_internal {

struct QueryColumn {
  std::string name;
  duckdb_type type = DUCKDB_TYPE_INVALID;
  unsigned width = 0;  // of a decimal: its digits,
  unsigned scale = 0;  // and those behind the point
};

// The rows of one query whose columns are all VARCHAR, a piece at a time. single-thread; must not outlive its session.
class TextRows {
 public:
  ~TextRows();
  TextRows(const TextRows&) = delete;
  TextRows& operator=(const TextRows&) = delete;

  // The next piece; false at the end. Errors as DuckDbSession::Select.
  absl::StatusOr<bool> NextPiece();

  std::size_t size() const { return size_; }
  // Empty for NULL. Valid until NextPiece.
  absl::string_view at(std::size_t column, std::size_t row) const;

 private:
  friend class DuckDbSession;
  struct Column {
    duckdb_string_t* values;
    std::uint64_t* validity;
  };
  TextRows() = default;
  void DropPiece();

  duckdb_prepared_statement statement_ = nullptr;
  duckdb_result result_{};
  duckdb_data_chunk chunk_ = nullptr;
  std::vector<Column> columns_;
  std::size_t size_ = 0;
};

// single-thread, except for the threads DuckDB itself starts.
class DuckDbSession {
 public:
  // DuckDB takes half of `memory_limit_bytes` (0 = no limit) at most, and spills to the system's temporary folder what
  // a query needs beyond.
  static absl::StatusOr<std::unique_ptr<DuckDbSession>> Open(std::size_t threads, std::uint64_t memory_limit_bytes = 0);
  ~DuckDbSession();
  DuckDbSession(const DuckDbSession&) = delete;
  DuckDbSession& operator=(const DuckDbSession&) = delete;

  absl::Status Execute(const std::string& sql);

  // The columns a SELECT would give.
  absl::StatusOr<std::vector<QueryColumn>> Describe(const std::string& sql);

  // Runs a SELECT whose columns are all VARCHAR; the calling thread works along. `keep_waiting` is asked every few
  // milliseconds; its error ends the query and is returned. Calls of SQL functions may go on for a moment then.
  // kDataLoss when a file cannot be read, kResourceExhausted without memory, kInvalidArgument for every other failure
  // of the query.
  absl::StatusOr<std::unique_ptr<TextRows>> Select(const std::string& sql,
                                                   absl::FunctionRef<absl::Status()> keep_waiting);

  // Of the running query, in [0, 1]; −1 when DuckDB does not know.
  double Progress() const;

  duckdb_connection connection() { return connection_; }

 private:
  DuckDbSession() = default;
  absl::StatusOr<duckdb_prepared_statement> Prepare(const std::string& sql);

  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_DUCKDB_SESSION_H_
