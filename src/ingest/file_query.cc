#include "ingest/internal/file_query.h"

#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/substitute.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/sql_text.h"

namespace awase::ingest_internal {
namespace {

std::string JsonObjects(const SourceFile& file) {
  const char* compression = file.compression == Compression::kGzip   ? "gzip"
                            : file.compression == Compression::kZstd ? "zstd"
                                                                     : "uncompressed";
  // A line that is no JSON is NULL with ignore_errors.
  return absl::Substitute("read_ndjson_objects($0, ignore_errors = true, compression = '$1')", QuotePath(file.path),
                          compression);
}

// RFC 6901: every key has a pointer, whatever its characters.
std::string JsonPointer(absl::string_view key) {
  return QuoteLiteral(absl::StrCat("/", absl::StrReplaceAll(key, {{"~", "~0"}, {"/", "~1"}})));
}

// ignore_errors lets through lines with more text behind a whole value, which every JSON function then fails on.
constexpr absl::string_view kIsObject = "coalesce(json_valid(json) AND starts_with(ltrim(json), '{'), false)";

absl::StatusOr<std::vector<std::string>> FirstColumn(DuckDbSession* session, const std::string& sql,
                                                     absl::FunctionRef<absl::Status()> keep_waiting) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<TextRows> rows, session->Select(sql, keep_waiting));
  std::vector<std::string> values;
  for (;;) {
    AWASE_ASSIGN_OR_RETURN(const bool more, rows->NextPiece());
    if (!more) return values;
    for (std::size_t row = 0; row < rows->size(); ++row) values.emplace_back(rows->at(0, row));
  }
}

// SQL compares names without regard to case, and wants each to be there once.
std::vector<std::string> DistinctNames(const std::vector<std::string>& header) {
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = header[i].empty() ? absl::StrCat("column", i + 1) : header[i];
    std::string distinct = name;
    for (int number = 2; !taken.insert(absl::AsciiStrToLower(distinct)).second; ++number) {
      distinct = absl::StrCat(name, "_", number);
    }
    names.push_back(std::move(distinct));
  }
  return names;
}

}  // namespace

absl::Status UnreadableParquet(const SourceFile& file, absl::string_view duckdb_message) {
  // "Invalid Input Error: why\n\nLINE 1: SELECT …": of that only the why is about the file.
  absl::string_view why = duckdb_message.substr(0, duckdb_message.find('\n'));
  const std::size_t kind = why.find(" Error: ");
  if (kind != absl::string_view::npos) why.remove_prefix(kind + absl::string_view(" Error: ").size());
  return absl::DataLossError(
      absl::StrCat(file.path, ": not a readable Parquet file (", why, "): copy or export it again"));
}

absl::StatusOr<FileQuery> QueryParquet(DuckDbSession* session, const SourceFile& file) {
  if (file.compression != Compression::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.path, ": unpack the Parquet file first, it is compressed inside"));
  }
  FileQuery query;
  // Older writers do not mark their byte arrays as text.
  query.sql = absl::StrCat("SELECT * FROM read_parquet(", QuotePath(file.path), ", binary_as_string = true)");
  auto columns = session->Describe(query.sql);
  if (!columns.ok()) {
    return UnreadableParquet(file, columns.status().message());
  }
  query.columns = *std::move(columns);
  return query;
}

absl::StatusOr<FileQuery> QueryJsonLines(DuckDbSession* session, const SourceFile& file,
                                         absl::FunctionRef<absl::Status()> keep_waiting) {
  const std::string objects = JsonObjects(file);
  // All lines are looked at: a key may turn up late.
  auto keys = FirstColumn(session,
                          absl::StrCat("SELECT DISTINCT unnest(json_keys(json)) AS key FROM ", objects, " WHERE ",
                                       kIsObject, " ORDER BY key"),
                          keep_waiting);
  if (!keys.ok()) return Annotate(keys.status(), file.path);
  if (keys->empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.path, ": there is no JSON object on a line of its own: want one {\"order_id\": …} per line"));
  }
  FileQuery query;
  std::vector<std::string> pointers;
  std::vector<std::string> selected;
  const std::vector<std::string> names = DistinctNames(*keys);
  for (std::size_t i = 0; i < keys->size(); ++i) {
    pointers.push_back(JsonPointer((*keys)[i]));
    selected.push_back(absl::StrCat("fields[", i + 1, "] AS ", QuoteName(names[i])));
    query.columns.push_back({names[i], DUCKDB_TYPE_VARCHAR, 0, 0});
  }
  // One list of pointers: each line is parsed once, not once per column.
  query.sql = absl::Substitute("SELECT $0 FROM (SELECT json_extract_string(json, [$1]) AS fields FROM $2 WHERE $3)",
                               absl::StrJoin(selected, ", "), absl::StrJoin(pointers, ", "), objects, kIsObject);
  AWASE_ASSIGN_OR_RETURN(
      const std::vector<std::string> count,
      FirstColumn(session, absl::StrCat("SELECT CAST(count(*) AS VARCHAR) FROM ", objects, " WHERE NOT ", kIsObject),
                  keep_waiting));
  if (count.size() != 1 || !absl::SimpleAtoi(count[0], &query.malformed_lines)) {
    return absl::InternalError(absl::StrCat(file.path, ": the malformed lines cannot be counted"));
  }
  return query;
}

absl::StatusOr<FileQuery> QueryDelimited(CsvRegistry* registry, const SourceFile& file, TextEncoding encoding,
                                         std::optional<char> delimiter) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvFile> csv,
                         CsvFile::Open(file, encoding, delimiter, CsvHeader::kFirstLine));
  CsvTable table{file, encoding, csv->dialect().delimiter, DistinctNames(csv->header())};
  FileQuery query;
  for (const std::string& name : table.columns) query.columns.push_back({name, DUCKDB_TYPE_VARCHAR, 0, 0});
  query.sql = absl::StrCat("SELECT * FROM awase_csv(", registry->Add(std::move(table)), ")");
  return query;
}

}  // namespace awase::ingest_internal
