#ifndef AWASE_TESTS_UNIT_INGEST_DUMP_FILES_H_
#define AWASE_TESTS_UNIT_INGEST_DUMP_FILES_H_

// What the tests of ingest share: files in every format, and short ways to read them.

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/ingest/read_dump.h"

namespace awase::ingest {

std::string Gzip(absl::string_view text);
std::string Zstd(absl::string_view text);

// Writes the rows of a SELECT (DuckDB) as Parquet, JSON lines or delimited text, as the end of the name says;
// "quoted.csv" quotes every field.
void WriteDump(const std::string& path, const std::string& select);

// What came of one read.
struct OrdersRead {
  absl::StatusOr<orders::OrderLog> log;
  ReadReport report;
};
OrdersRead Read(const std::vector<std::string>& patterns, const TableMap& map = {}, double max_bad_share = 1);

// The dropped rows under `reason`; count 0 when there are none.
DroppedRows DroppedFor(const ReadReport& report, absl::string_view reason);

// Each line of the log as "product × thousandths status", sorted: what does not depend on the order of rows.
std::vector<std::string> LinesOf(const orders::OrderLog& log);

// True when one of the notes contains `text`.
bool HasNote(const ReadReport& report, absl::string_view text);

}  // namespace awase::ingest

#endif  // AWASE_TESTS_UNIT_INGEST_DUMP_FILES_H_
