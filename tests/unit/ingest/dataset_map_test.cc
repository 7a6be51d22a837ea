#include "awase/ingest/dataset_map.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::ingest {
namespace {

using awase::testing::StatusIs;
using awase::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

absl::StatusOr<DatasetMap> Load(const TempDir& folder, const std::string& text) {
  return LoadDatasetMap(folder.Write("map.yaml", text));
}

// The messages of a bad map, without the file's name.
std::vector<std::string> Mistakes(const std::string& text) {
  const TempDir folder;
  const absl::StatusOr<DatasetMap> map = Load(folder, text);
  EXPECT_THAT(map, StatusIs(absl::StatusCode::kInvalidArgument));
  std::vector<std::string> mistakes;
  const std::string prefix = folder.Join("map.yaml:");
  for (const absl::string_view line : absl::StrSplit(map.status().message(), '\n')) {
    EXPECT_EQ(line.substr(0, prefix.size()), prefix);
    mistakes.emplace_back(line.substr(std::min(line.size(), prefix.size())));
  }
  return mistakes;
}

TEST(LoadDatasetMap, LoadsTheExampleOfItsDocument) {
  const std::string document = ReadFile(AWASE_SOURCE_DIR "/docs/dataset_map.md").value();
  const std::size_t begin = document.find("```yaml\n") + 8;
  const TempDir folder;
  AWASE_ASSERT_OK_AND_ASSIGN(const DatasetMap map,
                             Load(folder, document.substr(begin, document.find("```", begin) - begin)));
  EXPECT_THAT(map.orders.files, ElementsAre(folder.Join("orders/2025-*.csv.gz"), folder.Join("orders/2026-*.csv.gz")));
  EXPECT_FALSE(map.orders.one_basket_per_line);
  EXPECT_EQ(map.orders.delimiter, ";");
  EXPECT_EQ(map.orders.encoding, "latin-1");
  EXPECT_THAT(map.orders.columns, ElementsAre(Pair("order_id", "InvoiceNo"), Pair("ordered_at", "InvoiceDate"),
                                              Pair("product_id", "StockCode"), Pair("quantity", "Qty")));
  EXPECT_THAT(map.orders.constants, ElementsAre(Pair("currency", "EUR")));
  EXPECT_THAT(map.orders.status_words,
              ElementsAre(Pair("refund", "returned"), Pair("shipped", "completed"), Pair("void", "cancelled")));
  EXPECT_THAT(map.products.files, ElementsAre(EndsWith("/catalogue.parquet")));
  EXPECT_THAT(map.products.sql, HasSubstr("LEFT JOIN groups"));
  EXPECT_THAT(map.products.tables, ElementsAre(Pair("groups", folder.Join("groups.csv"))));
}

TEST(LoadDatasetMap, LoadsBasketsAndAnAbsolutePattern) {
  const TempDir folder;
  AWASE_ASSERT_OK_AND_ASSIGN(const DatasetMap map,
                             Load(folder, "orders: {format: baskets, delimiter: tab, files: /data/*.txt}\n"));
  EXPECT_TRUE(map.orders.one_basket_per_line);
  EXPECT_EQ(map.orders.delimiter, "\t");
  EXPECT_THAT(map.orders.files, ElementsAre("/data/*.txt"));
  EXPECT_THAT(map.products.files, IsEmpty());
}

TEST(LoadDatasetMap, LoadsViews) {
  const TempDir folder;
  AWASE_ASSERT_OK_AND_ASSIGN(const DatasetMap map,
                             Load(folder, "views: {files: clicks.csv, columns: {session_id: visit}}\n"));
  EXPECT_THAT(map.views.files, ElementsAre(folder.Join("clicks.csv")));
  EXPECT_THAT(map.views.columns, ElementsAre(Pair("session_id", "visit")));
  EXPECT_THAT(Mistakes("view: {}\nviews: {columns: {sesion_id: a}}\n"),
              ElementsAre(HasSubstr("view: unknown key; did you mean views?"),
                          HasSubstr("unknown column of views; did you mean session_id?")));
}

TEST(LoadDatasetMap, LoadsUsageAndSubscriptions) {
  AWASE_ASSERT_OK_AND_ASSIGN(const DatasetMap map, LoadDatasetMap(AWASE_SOURCE_DIR "/examples/megaline/dataset.yaml"));
  EXPECT_THAT(map.usage.sql, HasSubstr("'minutes'"));
  EXPECT_THAT(map.subscriptions.columns,
              ElementsAre(Pair("customer_id", "user_id"), Pair("product_id", "plan"), Pair("started_at", "reg_date")));
  EXPECT_THAT(Mistakes("usages: {}\nusage: {columns: {metrics: a}}\nsubscriptions: {format: baskets}\n"),
              ElementsAre(HasSubstr("usages: unknown key; did you mean usage?"),
                          HasSubstr("unknown column of usage; did you mean metric?"),
                          HasSubstr("only orders and views can be baskets")));
}

TEST(LoadDatasetMap, KeepsNumbersAndBooleansAsTheyAreWritten) {
  const TempDir folder;
  AWASE_ASSERT_OK_AND_ASSIGN(
      const DatasetMap map,
      Load(folder, "orders: {columns: {order_id: 007, product_id: no}, status: {1: completed}}\n"));
  EXPECT_THAT(map.orders.columns, ElementsAre(Pair("order_id", "007"), Pair("product_id", "no")));
  EXPECT_THAT(map.orders.status_words, ElementsAre(Pair("1", "completed")));
}

TEST(LoadDatasetMap, ReportsAllMistakesAtOnceWithTheirPlaces) {
  EXPECT_THAT(Mistakes("orders:\n"
                       "  colums: {}\n"
                       "  format: rows\n"
                       "  format: rows\n"
                       "  columns: {ordered_id: x, quantity: [1]}\n"
                       "shop: 1\n"),
              ElementsAre("2:11: orders.colums: unknown key; did you mean columns?",
                          "4:3: orders.format: the key is there twice", "5:38: orders.columns.quantity: want a text",
                          "5:13: orders.columns.ordered_id: unknown column of orders; did you mean order_id?",
                          "6:7: shop: unknown key"));
}

TEST(LoadDatasetMap, ChecksEveryValue) {
  EXPECT_THAT(
      Mistakes(
          "orders: {format: wide, delimiter: ab, encoding: koi8, constants: {currency: EURO}, status: {a: b, Void: "
          "returned, void: returned}}\n"),
      ElementsAre(HasSubstr("orders.format: want rows or baskets"),
                  HasSubstr("orders.delimiter: want one ASCII character"),
                  HasSubstr("orders.encoding: want utf-8, latin-1 or utf-16"),
                  HasSubstr("orders.constants.currency: want three letters"),
                  HasSubstr("orders.status.a: want completed, cancelled or returned"),
                  HasSubstr("orders.status.void: the word is there twice")));
  EXPECT_THAT(Mistakes("products: {format: baskets, status: {a: completed}}\n"),
              ElementsAre(HasSubstr("only orders and views can be baskets"), HasSubstr("only orders have a status"),
                          HasSubstr("status says nothing for format: baskets")));
  EXPECT_THAT(Mistakes("orders: {files: [a, {b: c}, '']}\n"),
              ElementsAre(HasSubstr("orders.files[1]: want a text"), HasSubstr("orders.files[2]: want a text")));
}

TEST(LoadDatasetMap, ChecksWhatExcludesEachOther) {
  EXPECT_THAT(Mistakes("orders: {sql: SELECT 1, columns: {order_id: a}}\n"),
              ElementsAre(HasSubstr("columns and sql exclude")));
  EXPECT_THAT(Mistakes("orders: {tables: {t: a.csv, Input: b.csv}}\n"),
              ElementsAre(HasSubstr("input is the name"), HasSubstr("tables are for sql")));
  EXPECT_THAT(Mistakes("orders: {columns: {status: a}, constants: {status: completed}}\n"),
              ElementsAre(HasSubstr("status is both a column and a constant")));
}

TEST(LoadDatasetMap, RefusesWhatIsNoMap) {
  EXPECT_THAT(Mistakes("- 1\n"), ElementsAre(HasSubstr("want a map")));
  EXPECT_THAT(Mistakes("orders: 3\n"), ElementsAre("1:9: orders: want a map of key: value"));
  EXPECT_THAT(Mistakes("? [a]\n: 1\n"), ElementsAre(HasSubstr("want text as a key")));
  EXPECT_THAT(Mistakes("orders: [\n"), ElementsAre(HasSubstr("end of")));
  EXPECT_THAT(Mistakes(""), ElementsAre(HasSubstr("1:1: want one YAML document, found none")));
  EXPECT_THAT(Mistakes("orders: {}\n---\norders: {}\n"), ElementsAre(HasSubstr("2:1: a second document begins")));
  // Of this the parser reads empty documents for ever.
  EXPECT_THAT(Mistakes(", a\n"), ElementsAre(HasSubstr("1:1: a second document begins")));
}

TEST(LoadDatasetMap, RefusesBytesThatAreNoText) {
  // The parser takes U+0004 for the end.
  EXPECT_THAT(Mistakes("orders: {}\n\x04shop: 1\n"), ElementsAre(HasSubstr("2:1: control character U+0004")));
  EXPECT_THAT(Mistakes("orders: {files: caf\xE9.csv}\n"), ElementsAre(HasSubstr("1:20: byte 0xE9 is not UTF-8")));
}

TEST(LoadDatasetMap, NamesKeysThatDoNotReadWellInOneLine) {
  EXPECT_THAT(
      Mistakes("orders: {\"a\\nb\": 1, columns: {\"c\\nd\": e}}\n"),
      ElementsAre("1:18: orders.\"a\\nb\": unknown key", "1:31: orders.columns.\"c\\nd\": unknown column of orders"));
}

TEST(LoadDatasetMap, SaysThatThereIsNoFile) {
  const TempDir folder;
  EXPECT_THAT(LoadDatasetMap(folder.Join("none.yaml")), StatusIs(absl::StatusCode::kNotFound, HasSubstr("none.yaml")));
}

}  // namespace
}  // namespace awase::ingest
