#ifndef AWASE_INGEST_INTERNAL_CSV_TABLE_FUNCTION_H_
#define AWASE_INGEST_INTERNAL_CSV_TABLE_FUNCTION_H_

// CsvReader as a table of DuckDB, for the SQL of a dataset map: awase_csv(k) is the k-th file of a registry, with all
// its columns as text (an empty field is NULL).

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "ingest/internal/csv_reader.h"
#include "ingest/internal/duckdb_session.h"

namespace awase::ingest_internal {

// One delimited file as SQL sees it.
struct CsvTable {
  SourceFile file;
  TextEncoding encoding = TextEncoding::kUtf8;
  std::optional<char> delimiter;
  std::vector<std::string> columns;  // distinct without regard to case, as SQL wants it
};

struct MalformedLine {
  std::size_t table;
  std::uint64_t line;
  std::string problem;
};

// The files behind awase_csv, and what went wrong in them. Must outlive the session it is registered with. thread-safe,
// except that tables are added before the first query.
class CsvRegistry {
 public:
  std::size_t Add(CsvTable table);
  const CsvTable& table(std::size_t index) const { return tables_[index]; }
  std::size_t size() const { return tables_.size(); }

  // Makes awase_csv known. Called once per session.
  absl::Status Register(DuckDbSession* session);

  // Every malformed line once, however often a query reads its file. Unsorted.
  std::vector<MalformedLine> malformed() const;
  // The first failure to read a file; DuckDB itself only passes on its text.
  absl::Status status() const;

  // For the table function.
  void NoteMalformed(std::size_t table, std::uint64_t line, absl::string_view problem);
  void NoteFailure(const absl::Status& status);

 private:
  std::deque<CsvTable> tables_;
  mutable std::mutex mutex_;
  std::vector<MalformedLine> malformed_;   // guarded by mutex_
  std::vector<std::uint64_t> last_lines_;  // guarded by mutex_; per table the last line noted
  absl::Status status_;                    // guarded by mutex_
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_CSV_TABLE_FUNCTION_H_
