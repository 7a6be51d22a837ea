#include "tests/unit/ingest/dump_files.h"

#include <duckdb.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace awase::ingest {

std::string Gzip(absl::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(absl::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3);
  EXPECT_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

void WriteDump(const std::string& path, const std::string& select) {
  const absl::string_view name = path;
  std::string options = "FORMAT csv, HEADER";
  if (absl::EndsWith(name, "quoted.csv")) options += ", FORCE_QUOTE *";
  if (absl::EndsWith(name, ".gz")) options += ", COMPRESSION gzip";
  if (absl::EndsWith(name, ".json")) options = "FORMAT json";
  if (absl::EndsWith(name, ".parquet")) options = "FORMAT parquet";
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  ASSERT_EQ(duckdb_open(nullptr, &database), DuckDBSuccess);
  ASSERT_EQ(duckdb_connect(database, &connection), DuckDBSuccess);
  duckdb_result result{};
  const std::string sql = absl::StrCat("COPY (", select, ") TO '", path, "' (", options, ")");
  EXPECT_EQ(duckdb_query(connection, sql.c_str(), &result), DuckDBSuccess) << duckdb_result_error(&result);
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
}

OrdersRead Read(const std::vector<std::string>& patterns, const TableMap& map, double max_bad_share) {
  ReadOptions options;
  options.max_bad_share = max_bad_share;
  OrdersRead read{absl::UnknownError("not read"), {}};
  read.log = ReadOrders(patterns, map, options, &read.report);
  return read;
}

DroppedRows DroppedFor(const ReadReport& report, absl::string_view reason) {
  for (const DroppedRows& dropped : report.dropped) {
    if (dropped.reason == reason) return dropped;
  }
  return {};
}

std::vector<std::string> LinesOf(const orders::OrderLog& log) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < log.line_count(); ++i) {
    const orders::OrderLine line = log.line(i);
    constexpr const char* kStatuses[] = {"completed", "cancelled", "returned"};
    lines.push_back(absl::StrCat(log.product_ids[line.product], " × ", line.quantity_milli, " ",
                                 kStatuses[static_cast<int>(line.status)]));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

bool HasNote(const ReadReport& report, absl::string_view text) {
  return std::any_of(report.notes.begin(), report.notes.end(),
                     [text](const std::string& note) { return absl::StrContains(note, text); });
}

}  // namespace awase::ingest
