#include <duckdb.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/exporter/export_lists.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::exporter {
namespace {

using ::awase::testing::ModelBuilder;
using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using relations::RelationKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// All values of a query as text, row by row.
std::vector<std::string> Query(const std::string& sql) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  EXPECT_EQ(duckdb_open(nullptr, &database), DuckDBSuccess);
  EXPECT_EQ(duckdb_connect(database, &connection), DuckDBSuccess);
  duckdb_result result{};
  EXPECT_EQ(duckdb_query(connection, sql.c_str(), &result), DuckDBSuccess) << duckdb_result_error(&result);
  std::vector<std::string> values;
  for (idx_t row = 0; row < duckdb_row_count(&result); ++row) {
    for (idx_t column = 0; column < duckdb_column_count(&result); ++column) {
      char* text = duckdb_value_varchar(&result, column, row);
      values.emplace_back(text == nullptr ? "NULL" : text);
      duckdb_free(text);
    }
  }
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return values;
}

std::size_t CountFiles(const TempDir& dir) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) count += entry.is_regular_file() ? 1 : 0;
  return count;
}

// A table whose ids do everything that ids can do to CSV.
std::string OddRelation(const TempDir& dir) {
  ModelBuilder builder;
  for (const char* id : {"007", "a,b", "5\" pipe", "two\nlines", "two\r\nends", "it's"}) builder.Add(id);
  for (const char* id : {"a,b", "5\" pipe", "two\nlines", "two\r\nends", "it's"}) {
    builder.Relate(RelationKind::kBoughtTogether, id, "007", {.together = 3});
  }
  return *RelationToCsv(**builder.Build(dir.Join("models")), RelationKind::kBoughtTogether, 5);
}

TEST(WriteTable, WritesParquetWithTheSameIds) {
  TempDir dir;
  const std::string path = dir.Join("it's.parquet");
  AWASE_ASSERT_OK(WriteTable(OddRelation(dir), path));
  const std::string from = absl::StrCat(" FROM read_parquet('", dir.Join("it''s.parquet"), "')");
  EXPECT_THAT(Query("SELECT product_id" + from + " ORDER BY product_id"),
              ElementsAre("5\" pipe", "a,b", "it's", "two\nlines", "two\r\nends"));
  EXPECT_THAT(Query("SELECT DISTINCT other_id, rank, orders_together, claim" + from),
              ElementsAre("007", "1", "3", "true"));
  EXPECT_THAT(Query("SELECT DISTINCT typeof(product_id), typeof(score), typeof(orders_total), typeof(claim)" + from),
              ElementsAre("VARCHAR", "FLOAT", "UBIGINT", "BOOLEAN"));
  EXPECT_EQ(CountFiles(dir), 1u) << "no temporary file is left";
}

TEST(WriteTable, WritesParquetOfLaddersAndOfNoRows) {
  ModelBuilder builder;
  builder.Add("low", 1000).product_type = "T";
  builder.Add("high", 1300).product_type = "T";
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto empty, builder.Build(dir.Join("models")));
  AWASE_ASSERT_OK(WriteTable(LaddersToCsv(*empty), dir.Join("none.parquet")));
  EXPECT_THAT(Query("SELECT count(*) FROM read_parquet('" + dir.Join("none.parquet") + "')"), ElementsAre("0"));
  builder.AddRung("low", "high", ladder::Direction::kHigher);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.Join("models")));
  AWASE_ASSERT_OK(WriteTable(LaddersToCsv(*model), dir.Join("one.PARQUET")));
  EXPECT_THAT(Query("SELECT product_id, other_id, price_delta_minor, currency FROM read_parquet('" +
                    dir.Join("one.PARQUET") + "')"),
              ElementsAre("low", "high", "300", "USD"));
}

TEST(WriteTable, ReplacesACsvFileAsItIs) {
  TempDir dir;
  const std::string path = dir.Write("lists.csv", "old");
  AWASE_ASSERT_OK(WriteTable("a,b\n1,2\n", path));
  EXPECT_EQ(*ReadFile(path), "a,b\n1,2\n");
}

TEST(WriteTable, RefusesOtherEndingsAndPassesOnWhatTheSystemSays) {
  TempDir dir;
  EXPECT_THAT(WriteTable("a\n", dir.Join("lists.xlsx")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(".csv or .parquet")));
  EXPECT_THAT(WriteTable("a\n", dir.Join("none/lists.csv")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(WriteTable("a\n", dir.Join("none/lists.parquet")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(CountFiles(dir), 0u);
}

TEST(WriteTable, LeavesTheOldFileWhenATableCannotBeWritten) {
  TempDir dir;
  const std::string path = dir.Write("lists.parquet", "old");
  const absl::Status status = WriteTable("product_id,rank\nno,table\n", path);
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr(".tmp"))) << "only we know of that name";
  EXPECT_EQ(*ReadFile(path), "old");
  EXPECT_EQ(CountFiles(dir), 1u);
}

}  // namespace
}  // namespace awase::exporter
