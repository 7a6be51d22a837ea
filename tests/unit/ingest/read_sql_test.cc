#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/internal/duckdb_session.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/unit/ingest/dump_files.h"

namespace awase::ingest {
namespace {

using awase::testing::StatusIs;
using awase::testing::TempDir;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TableMap Sql(const std::string& sql) {
  TableMap map;
  map.sql = sql;
  return map;
}

TEST(ReadWithSql, SelectsFromTextColumns) {
  const TempDir folder;
  const std::string path = folder.Write("o.csv", "no,Stock Code,qty\n1,007,2\nC2,8,3\n3,9,\n");
  const OrdersRead read =
      Read({path}, Sql("SELECT no AS order_id, \"stock code\" AS product_id, qty::INT * 2 AS quantity\n"
                       "FROM input WHERE no NOT LIKE 'C%'; -- a comment at the end\n"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("007 × 4000 completed", "9 × 1000 completed"));
  EXPECT_EQ(read.report.rows_read, 2u);
  EXPECT_THAT(read.report.files, SizeIs(1));
}

TEST(ReadWithSql, JoinsFurtherTablesOfOtherFormats) {
  const TempDir folder;
  TableMap map =
      Sql("SELECT order_id, p.sku AS product_id, p.price AS unit_price FROM input JOIN products p USING (nr)");
  WriteDump(folder.Join("p.parquet"), "SELECT 5 AS nr, 'sku-5' AS sku, 9.5::DOUBLE AS price");
  map.tables = {{"products", folder.Join("p.parquet")}};
  const OrdersRead read =
      Read({folder.Write("o.jsonl", "{\"order_id\": \"1\", \"nr\": 5}\n{\"order_id\": \"2\", \"nr\": 6}\n")}, map);
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("sku-5 × 1000 completed"));
  EXPECT_EQ(read.log->observed_prices[0].price, (Money{950, CurrencyCode()}));
  EXPECT_THAT(read.report.files, SizeIs(2));
}

TEST(ReadWithSql, JoinsSeveralFilesByColumnName) {
  const TempDir folder;
  folder.Write("o1.csv", "a,b\n1,x\n");
  folder.Write("o2.csv", "b;c;a\ny;7;2\n");
  const OrdersRead read =
      Read({folder.Join("o*.csv")}, Sql("SELECT a AS order_id, b AS product_id, c AS quantity FROM input"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("x × 1000 completed", "y × 7000 completed"));
}

TEST(ReadWithSql, CountsMalformedLinesOnceHoweverOftenTheFileIsRead) {
  const TempDir folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 10'000; ++i) absl::StrAppend(&text, i, ",p\n");
  absl::StrAppend(&text, "only one\n1,\"open\n2,q\n");
  const OrdersRead read =
      Read({folder.Write("o.csv", text)},
           Sql("SELECT a AS order_id, b AS product_id FROM input WHERE b IN (SELECT b FROM input)"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.report.rows_kept, 10'001u);
  EXPECT_EQ(DroppedFor(read.report, "line has too few columns").count, 1u);
  EXPECT_EQ(DroppedFor(read.report, "line has a quote that is not closed").count, 1u);
}

TEST(ReadWithSql, CountsRowsWithoutNamingAColumn) {
  const TempDir folder;
  const OrdersRead read = Read({folder.Write("o.csv", "a,b\n1,x\n2,y\n")},
                               Sql("SELECT count(*) AS order_id, 'all' AS product_id FROM input"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.report.rows_kept, 1u);
}

TEST(ReadWithSql, GivesDuckDbsWordsForAMistake) {
  const TempDir folder;
  const std::string path = folder.Write("o.csv", "a,b\n1,x\n");
  EXPECT_THAT(Read({path}, Sql("SELECT wrong AS order_id FROM input")).log,
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("orders.sql"), HasSubstr("wrong"))));
  EXPECT_THAT(Read({path}, Sql("SELEC")).log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("orders.sql")));
  EXPECT_THAT(Read({path}, Sql("SELECT b::INT AS order_id, a AS product_id FROM input")).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Could not convert string 'x'")));
  EXPECT_THAT(Read({path}, Sql("SELECT a AS order_id FROM input")).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no column product_id")));
}

TEST(ReadWithSql, TellsABrokenFile) {
  const TempDir folder;
  const std::string gzip = Gzip("a,b\n1,x\n");
  EXPECT_THAT(Read({folder.Write("o.csv.gz", gzip.substr(0, gzip.size() - 5))},
                   Sql("SELECT a AS order_id, b AS product_id FROM input"))
                  .log,
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut short")));
}

TEST(ReadWithSql, NamesATableThatMatchesNoFile) {
  const TempDir folder;
  TableMap map = Sql("SELECT 1 AS order_id, 2 AS product_id FROM input");
  map.tables = {{"t", folder.Join("none.csv")}};
  EXPECT_THAT(Read({folder.Write("o.csv", "a,b\n1,x\n")}, map).log,
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none.csv")));
}

TEST(ReadWithSql, GivesRepeatedAndEmptyNamesNamesOfTheirOwn) {
  const TempDir folder;
  const OrdersRead read =
      Read({folder.Write("o.csv", ",A,a\n1,x,y\n")}, Sql("SELECT column1 AS order_id, a_2 AS product_id FROM input"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("y × 1000 completed"));
}

TEST(DuckDbSession, SaysThatMemoryIsNotEnough) {
  const auto session = ingest_internal::DuckDbSession::Open(1);
  ASSERT_TRUE(session.ok()) << session.status();
  AWASE_ASSERT_OK((*session)->Execute("SET max_temp_directory_size = '0B'"));
  AWASE_ASSERT_OK((*session)->Execute("SET memory_limit = '4MB'"));
  EXPECT_THAT((*session)->Execute("SELECT list(i ORDER BY -i) FROM range(10000000) t(i)"),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace awase::ingest
