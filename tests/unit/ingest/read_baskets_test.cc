#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/unit/ingest/dump_files.h"

namespace awase::ingest {
namespace {

using awase::testing::StatusIs;
using awase::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TableMap Baskets() {
  TableMap map;
  map.one_basket_per_line = true;
  return map;
}

TEST(ReadBaskets, MakesAnOrderOfEachLine) {
  const TempDir folder;
  const OrdersRead read =
      Read({folder.Write("b.csv", "milk, bread ,\"a, b\",,,\r\n\nmilk\n ,, \ntea,beer")}, Baskets(), 0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log),
              ElementsAre("a, b × 1000 completed", "beer × 1000 completed", "bread × 1000 completed",
                          "milk × 1000 completed", "milk × 1000 completed", "tea × 1000 completed"));
  EXPECT_EQ(read.log->order_count(), 3u);
  EXPECT_EQ(read.report.rows_read, 6u);
  EXPECT_TRUE(HasNote(read.report, "padding"));
}

TEST(ReadBaskets, CountsEmptyFieldsInTheMiddle) {
  const TempDir folder;
  const OrdersRead read = Read({folder.Write("b.csv", "milk,,bread\n")}, Baskets());
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(DroppedFor(read.report, "product_id is empty").count, 1u);
  EXPECT_EQ(read.report.rows_kept, 2u);
}

TEST(ReadBaskets, LosesOneLineToAQuoteThatIsNotClosedOnIt) {
  const TempDir folder;
  const OrdersRead read = Read({folder.Write("b.csv", "milk,\"bread\ntea,beer\n\"jam\",rye\n")}, Baskets());
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(DroppedFor(read.report, "line has a quote that is not closed").count, 1u);
  EXPECT_EQ(read.log->order_count(), 2u);
}

TEST(ReadBaskets, TakesTheDelimiterOfTheMapAndSeveralFiles) {
  const TempDir folder;
  TableMap map = Baskets();
  map.delimiter = " ";
  const OrdersRead read = Read({folder.Write("b.csv", "1 2 \"3 4\" \n"), folder.Write("c.csv.gz", Gzip("5 1\n"))}, map);
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.log->order_count(), 2u);
  EXPECT_THAT(read.log->product_ids, ElementsAre("1", "2", "3 4", "5"));
}

TEST(ReadBaskets, RefusesOtherFormats) {
  const TempDir folder;
  EXPECT_THAT(Read({folder.Write("b.jsonl", "{}\n")}, Baskets()).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("plain text")));
  ReadReport report;
  EXPECT_THAT(ReadProducts({folder.Join("b.jsonl")}, Baskets(), {}, &report),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ReadBaskets, StopsWhenItIsCancelled) {
  const TempDir folder;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a,b\n";
  ReadOptions options;
  options.cancelled = [] { return true; };
  ReadReport report;
  EXPECT_THAT(ReadOrders({folder.Write("b.csv", text)}, Baskets(), options, &report),
              StatusIs(absl::StatusCode::kCancelled));
}

TEST(ReadBaskets, NumbersFilesOnFromThoseBefore) {
  const TempDir folder;
  TableMap map;
  map.one_basket_per_line = true;
  const std::string first = folder.Write("1.csv", "milk,bread\n");
  const std::string second = folder.Write("2.csv", "milk,tea\n");
  ReadReport report;
  ReadOptions options;
  AWASE_ASSERT_OK_AND_ASSIGN(const orders::OrderLog together, ReadOrders({first, second}, map, options, &report));
  AWASE_ASSERT_OK_AND_ASSIGN(orders::OrderLog alone, ReadOrders({first}, map, options, &report));
  options.files_before = 1;
  AWASE_ASSERT_OK_AND_ASSIGN(orders::OrderLog added, ReadOrders({second}, map, options, &report));
  const orders::OrderLog merged = orders::MergeLogs(std::move(alone), std::move(added));
  EXPECT_EQ(merged.order_keys, together.order_keys);
  EXPECT_EQ(merged.order_count(), 2u);
}

}  // namespace
}  // namespace awase::ingest
