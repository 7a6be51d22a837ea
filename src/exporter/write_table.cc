#include <duckdb.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/exporter/export_lists.h"

namespace awase::exporter {
namespace {

std::string Quoted(absl::string_view path) { return absl::StrCat("'", absl::StrReplaceAll(path, {{"'", "''"}}), "'"); }

// Ids stay text whatever they look like. The two tables are told apart by their header line.
std::string TypesFor(absl::string_view csv) {
  const bool ladders = absl::StrContains(csv.substr(0, csv.find('\n')), "direction");
  return ladders ? "{'product_id':'VARCHAR','direction':'VARCHAR','rung':'UTINYINT','other_id':'VARCHAR',"
                   "'price_delta_minor':'BIGINT','currency':'VARCHAR','grade':'VARCHAR','evidence':'VARCHAR'}"
                 : "{'product_id':'VARCHAR','rank':'UINTEGER','other_id':'VARCHAR','score':'FLOAT',"
                   "'orders_together':'UINTEGER','orders_product':'UINTEGER','orders_other':'UINTEGER',"
                   "'orders_total':'UBIGINT','buyers_together':'UINTEGER','lift':'FLOAT','lift_low':'FLOAT',"
                   "'lift_high':'FLOAT','claim':'BOOLEAN','class':'VARCHAR','source':'VARCHAR'}";
}

absl::Status RunSql(const std::string& sql) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  duckdb_result result{};
  absl::Status status;
  if (duckdb_open(nullptr, &database) != DuckDBSuccess || duckdb_connect(database, &connection) != DuckDBSuccess) {
    status = absl::InternalError("the Parquet writer could not be started");
  } else if (duckdb_query(connection, sql.c_str(), &result) != DuckDBSuccess) {
    const char* message = duckdb_result_error(&result);
    status = absl::UnavailableError(message == nullptr ? "writing Parquet failed" : message);
  }
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return status;
}

absl::Status WriteParquet(absl::string_view csv, const std::string& path) {
  const std::string text_path = absl::StrCat(path, ".", getpid(), ".csv.tmp");
  const std::string parquet_path = absl::StrCat(path, ".", getpid(), ".tmp");
  absl::Status status = WriteFile(text_path, csv);
  if (status.ok()) {
    status =
        RunSql(absl::StrCat("COPY (SELECT * FROM read_csv(", Quoted(text_path), ", header=true, auto_detect=false, ",
                            "delim=',', quote='\"', escape='\"', columns=", TypesFor(csv), ")) TO ",
                            Quoted(parquet_path), " (FORMAT parquet, COMPRESSION zstd)"));
  }
  if (status.ok()) status = RenamePath(parquet_path, path);
  RemoveTree(text_path).IgnoreError();
  RemoveTree(parquet_path).IgnoreError();
  return SayInstead(SayInstead(status, text_path, path), parquet_path, path);
}

}  // namespace

absl::Status WriteTable(absl::string_view csv, const std::string& path) {
  if (absl::EndsWithIgnoreCase(path, ".parquet")) return WriteParquet(csv, path);
  if (absl::EndsWithIgnoreCase(path, ".csv")) return ReplaceFile(path, csv);
  return absl::InvalidArgumentError(absl::StrCat(path, ": the file name must end in .csv or .parquet"));
}

}  // namespace awase::exporter
