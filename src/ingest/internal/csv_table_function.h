#ifndef AWASE_INGEST_INTERNAL_CSV_TABLE_FUNCTION_H_
#define AWASE_INGEST_INTERNAL_CSV_TABLE_FUNCTION_H_

// CsvFile as a table of DuckDB, for the SQL of a dataset map: awase_csv(k) is the k-th file of a registry, with all its
// columns as text (an empty field is NULL). All of DuckDB's threads read it.

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "awase/base/mutex.h"
#include "ingest/internal/csv_file.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/first_error.h"
#include "ingest/internal/row_tally.h"

namespace awase::ingest_internal {

// One delimited file as SQL sees it.
struct CsvTable {
  SourceFile file;
  TextEncoding encoding = TextEncoding::kUtf8;
  std::optional<char> delimiter;
  std::vector<std::string> columns;  // distinct without regard to case, as SQL wants it
};

// The files behind awase_csv, and what went wrong in them. Must outlive the session it is registered with. thread-safe,
// except that tables are added before the first query.
class CsvRegistry {
 public:
  std::size_t Add(CsvTable table);
  const CsvTable& table(std::size_t index) const { return tables_[index]; }
  std::size_t size() const { return tables_.size(); }

  // Makes awase_csv known; a scan of a file then uses up to `threads` threads. Called once per session.
  absl::Status Register(DuckDbSession* session, std::size_t threads);
  std::size_t threads() const { return threads_; }

  // Adds every malformed line once, however often a query has read its file. A query that stopped reading a file has
  // seen a part of them.
  void ReportMalformed(RowTally* tally) const;
  // The first failure to read a file; DuckDB itself only passes on its text.
  absl::Status status() const { return failure_.status(); }

  // For the table function. A scan is one reading of one table.
  std::size_t StartScan(std::size_t table);
  void NoteMalformed(std::size_t scan, const CsvRecords& line);
  void NoteFailure(const absl::Status& status) { failure_.Note(status); }

 private:
  struct Scan {
    std::size_t table;
    RowTally malformed;
  };

  std::deque<CsvTable> tables_;
  std::size_t threads_ = 1;
  FirstError failure_;
  mutable Mutex mutex_;
  std::deque<Scan> scans_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_CSV_TABLE_FUNCTION_H_
