#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/sha256.h"
#include "awase/ingest/read_dump.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/unit/ingest/dump_files.h"

namespace awase::ingest {
namespace {

using awase::testing::StatusIs;
using awase::testing::TempDir;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kFullHeader[] = "order_id,customer_id,product_id,quantity,unit_price,currency,ordered_at,status\n";

OrdersRead ReadText(const std::string& text, const TableMap& map = {}, double max_bad_share = 1) {
  const TempDir folder;
  return Read({folder.Write("orders.csv", text)}, map, max_bad_share);
}

TEST(ReadOrders, ReadsAllColumns) {
  const OrdersRead read =
      ReadText(absl::StrCat(kFullHeader, "o1,c1,007,2.5,1.99,usd,1970-01-02,Completed\n",
                            "o1,c1,A,-1,,,1970-01-01 00:00:01,returned\no2,,a,1,3,JPY,,CANCELLED\n"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("007 × 2500 completed", "A × -1000 returned", "a × 1000 cancelled"));
  ASSERT_EQ(read.log->order_count(), 2u);
  EXPECT_EQ(read.log->order_times[0], 1'000'000);
  EXPECT_EQ(read.log->order_times[1], orders::kNoTime);
  EXPECT_EQ(read.log->order_customers[1], orders::kNoCustomer);
  EXPECT_EQ(read.log->observed_prices[0].price, (Money{199, CurrencyCode::Parse("USD").value()}));
  EXPECT_EQ(read.report.rows_read, 3u);
  EXPECT_EQ(read.report.rows_kept, 3u);
  EXPECT_THAT(read.report.dropped, SizeIs(0));
  EXPECT_THAT(read.report.columns, SizeIs(8));
}

TEST(ReadOrders, NeedsOnlyTwoColumns) {
  const OrdersRead read = ReadText("product_id,order_id\na,1\nb,1\n");
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("a × 1000 completed", "b × 1000 completed"));
  EXPECT_THAT(read.report.columns, ElementsAre("order_id", "product_id"));
}

struct BadRow {
  const char* row;
  const char* reason;
  const char* sample;
};
class ReadOrdersBadRow : public ::testing::TestWithParam<BadRow> {};

TEST_P(ReadOrdersBadRow, IsCountedUnderItsReasonWithASample) {
  const OrdersRead read =
      ReadText(absl::StrCat(kFullHeader, "o1,secret,p1,1,1,EUR,2024-01-01,completed\n", GetParam().row, "\n"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.report.rows_read, 2u);
  EXPECT_EQ(read.report.rows_kept, 1u);
  const DroppedRows dropped = DroppedFor(read.report, GetParam().reason);
  EXPECT_EQ(dropped.count, 1u);
  EXPECT_TRUE(dropped.bad);
  EXPECT_THAT(dropped.samples, ElementsAre(AllOf(HasSubstr(GetParam().sample), Not(HasSubstr("secret")))));
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, ReadOrdersBadRow,
    ::testing::Values(BadRow{",secret,p,1,1,EUR,,", "order_id is empty", "orders.csv: order_id \"\", product_id \"p\""},
                      BadRow{"o,secret,\" \",1,1,EUR,,", "product_id is empty", "product_id \" \", order_id \"o\""},
                      BadRow{"o,secret,p,two,1,EUR,,", "quantity is no number", "quantity \"two\", order_id \"o\""},
                      BadRow{"o,secret,p,1e99999,1,EUR,,", "quantity is no number", "quantity \"1e99999\""},
                      BadRow{"o,secret,p,9999999999,1,EUR,,", "quantity is out of range", "quantity \"9999999999\""},
                      BadRow{"o,secret,p,1,free,EUR,,", "unit_price is no number", "unit_price \"free\""},
                      BadRow{"o,secret,p,1,-0.01,EUR,,", "unit_price is negative", "unit_price \"-0.01\""},
                      BadRow{"o,secret,p,1,99999999999999999999,EUR,,", "unit_price is out of range",
                             "unit_price \"9999"},
                      BadRow{"o,secret,p,1,1,EURO,,", "currency is no ISO 4217 code", "currency \"EURO\""},
                      BadRow{"o,secret,p,1,1,EUR,1700000000,", "ordered_at is no date", "ordered_at \"1700000000\""},
                      BadRow{"o,secret,p,1,1,EUR,2024-02-30,", "ordered_at is no date", "ordered_at \"2024-02-30\""},
                      BadRow{"o,secret,p,1,1,EUR,,shipped", "status is unknown", "status \"shipped\""},
                      BadRow{"o,secret", "line has too few columns", "orders.csv: line 3"},
                      BadRow{"o,secret,p,1,1,EUR,,completed,more", "line has too many columns", "orders.csv: line 3"},
                      BadRow{"o,secret,\"p,1,1,EUR,,", "line has a quote that is not closed", "orders.csv: line 3"},
                      BadRow{"o,\"secret\"x,p,1,1,EUR,,", "line has text behind a closing quote", "orders.csv: line 3"},
                      BadRow{"o,secret,\xFF,1,1,EUR,,", "line is no valid UTF-8", "orders.csv: line 3"}));

TEST(ReadOrders, DropsQuantityZeroWithoutBlame) {
  const OrdersRead read = ReadText("order_id,product_id,quantity\n1,a,0\n1,b,0.0001\n1,c,1\n", {}, /*max_bad_share=*/0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(DroppedFor(read.report, "quantity is zero").count, 2u);
  EXPECT_FALSE(DroppedFor(read.report, "quantity is zero").bad);
}

TEST(ReadOrders, FailsWhenMoreRowsAreBadThanAllowed) {
  const std::string text = "order_id,product_id,quantity\n1,a,x\n2,b,1\n3,c,1\n,d,1\n";
  EXPECT_THAT(ReadText(text, {}, 0.49).log,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("2 of 4 rows (50 %)"),
                             HasSubstr("1 × quantity is no number, such as orders.csv: quantity \"x\""),
                             HasSubstr("1 × order_id is empty"), HasSubstr("--max-bad"))));
  AWASE_EXPECT_OK(ReadText(text, {}, 0.5).log);
}

TEST(ReadOrders, SaysWhichColumnsWereFoundAndWhatLooksLikeTheMissingOnes) {
  EXPECT_THAT(
      ReadText("InvoiceNo,StockCode,Quantity\n1,a,2\n").log,
      StatusIs(
          absl::StatusCode::kInvalidArgument,
          AllOf(
              HasSubstr("no column order_id and no column product_id; the columns are: InvoiceNo, StockCode, Quantity"),
              HasSubstr("orders: {columns: {order_id: \"InvoiceNo\", product_id: \"StockCode\"}}"))));
}

TEST(ReadOrders, SaysWhichColumnAMisspeltOneSeemsToBe) {
  const OrdersRead read = ReadText("order_id,product_id,custmer_id,qauntity,store\n1,a,c,2,s\n");
  AWASE_ASSERT_OK(read.log);
  EXPECT_TRUE(HasNote(read.report,
                      "column \"custmer_id\" is not used; if it is customer_id, say so in a dataset map "
                      "(--dataset map.yaml): orders: {columns: {customer_id: \"custmer_id\"}}."));
  EXPECT_TRUE(HasNote(read.report, "{columns: {quantity: \"qauntity\"}}"));
  EXPECT_FALSE(HasNote(read.report, "column \"store\""));
  EXPECT_TRUE(HasNote(read.report, "columns not used: custmer_id, qauntity, store."));
  EXPECT_TRUE(HasNote(ReadText("order_id,product_id,user_id\n1,a,c\n").report, "{customer_id: \"user_id\"}"));
}

TEST(ReadOrders, AColumnIsNotTakenForOneThatIsThere) {
  const OrdersRead read = ReadText("order_id,product_id,quantity,quantity2\n1,a,2,3\n");
  EXPECT_FALSE(HasNote(read.report, "dataset map")) << ::testing::PrintToString(read.report.notes);
}

TEST(ReadOrders, SaysHowToReadAnotherEncoding) {
  const std::string latin = "order_id,product_id\n1,caf\xE9\n2,b\n3,b\n";
  EXPECT_THAT(ReadText(latin, {}, 0.05).log,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("(--dataset map.yaml): orders: {encoding: latin-1}"), HasSubstr("iconv"))));
  EXPECT_TRUE(HasNote(ReadText(latin).report, "line is no valid UTF-8: "));  // also where the run goes on
  EXPECT_THAT(
      ReadText("order_id,\x8F\xA4\n1,a\n").log,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("header cannot be read: line is no valid UTF-8; ")));
}

TEST(ReadOrders, KnowsUtf16WithoutAMark) {
  const auto wide = [](bool is_big) {
    std::string text;
    for (const char c : absl::string_view("order_id,product_id\n1,a\n")) {
      text += is_big ? std::string({'\0', c}) : std::string({c, '\0'});
    }
    return text;
  };
  EXPECT_THAT(ReadText(wide(/*is_big=*/false)).log,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("seems to be UTF-16"), HasSubstr("orders: {encoding: utf-16}"))));
  EXPECT_THAT(ReadText(wide(/*is_big=*/true)).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("iconv -f UTF-16BE")));
  TableMap map;
  map.encoding = "utf-16";  // as it was told
  AWASE_EXPECT_OK(ReadText(wide(/*is_big=*/false), map).log);
}

TEST(ReadOrders, SaysHowToMapStatusWords) {
  const std::string text = "order_id,product_id,status\n1,a,shipped\n2,a,\"on \"\"hold\"\"\"\n3,b,\n";
  const std::string advice = "orders: {status: {\"on \\\"hold\\\"\": completed, \"shipped\": completed}}";
  EXPECT_THAT(ReadText(text, {}, 0.05).log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(advice)));
  EXPECT_TRUE(HasNote(ReadText(text).report, "status is unknown: "));
}

TEST(ReadOrders, RefusesAColumnThatIsThereTwice) {
  EXPECT_THAT(ReadText("order_id,product_id,product_id\n1,a,b\n").log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("2 columns \"product_id\"")));
  AWASE_EXPECT_OK(ReadText("order_id,product_id,x,x\n1,a,b,c\n").log);
}

TEST(ReadOrders, ReadsColumnsInOtherCaseAndSaysSo) {
  const OrdersRead read = ReadText("Order_ID, product_id \n1,a\n");
  AWASE_ASSERT_OK(read.log);
  EXPECT_TRUE(HasNote(read.report, "column \"Order_ID\" is read as order_id"));
}

TEST(ReadOrders, ListsColumnsThatAreNotUsed) {
  EXPECT_TRUE(HasNote(ReadText("order_id,product_id,store,\n1,a,b,c\n").report, "columns not used: (no name), store."));
}

TEST(ReadOrders, MapsColumnsConstantsAndStatusWords) {
  TableMap map;
  map.columns = {{"order_id", "no"}, {"product_id", "sku"}, {"status", "state"}, {"unit_price", "price"}};
  map.constants = {{"currency", "JPY"}};
  map.status_words = {{"shipped", "completed"}, {"void", "cancelled"}, {"refund", "returned"}};
  const OrdersRead read =
      ReadText("no;sku;state;price\n1;a;Shipped;100,5\n1;b;VOID;7\n1;c;refund;7\n1;d;completed;7\n", map);
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("b × 1000 cancelled", "c × 1000 returned", "d × 1000 completed"));
  EXPECT_EQ(DroppedFor(read.report, "unit_price is no number").count, 1u);
  EXPECT_THAT(read.report.columns, ElementsAre("order_id", "product_id", "unit_price", "currency", "status"));
}

TEST(ReadOrders, RefusesAMapThatNamesAColumnTheFileDoesNotHave) {
  TableMap map;
  map.columns = {{"quantity", "Qty"}};
  EXPECT_THAT(ReadText("order_id,product_id\n1,a\n", map).log,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("no column \"Qty\", which the dataset map names for quantity")));
}

TEST(ReadOrders, ReadsOrdersOf100000Lines) {
  std::string text = "order_id,product_id\n";
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&text, "one,p", i, "\n");
  const OrdersRead read = ReadText(text);
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(read.log->lines, SizeIs(100'000));
  EXPECT_EQ(read.log->order_count(), 1u);
}

TEST(ReadOrders, KeepsIdsByteForByte) {
  const std::string long_id(10'000, 'q');
  const OrdersRead read = ReadText(
      absl::StrCat("order_id,product_id\n1,007\n1,7\n1,\" 7 \"\n1,\"a,\"\"b\"\"\nc\"\n1,日本\n1,", long_id, "\n"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(read.log->product_ids, ElementsAre(" 7 ", "007", "7", "a,\"b\"\nc", long_id, "日本"));
}

TEST(ReadOrders, CutsAndEscapesSamples) {
  const std::string long_id(10'000, 'q');
  const OrdersRead read =
      ReadText(absl::StrCat("order_id,product_id,quantity,status\n", long_id, ",\"é\n\",x,", long_id, "\n"));
  AWASE_ASSERT_OK(read.log);
  const DroppedRows dropped = DroppedFor(read.report, "quantity is no number");
  ASSERT_THAT(dropped.samples, SizeIs(1));
  EXPECT_LE(dropped.samples[0].size(), 200u);
  EXPECT_THAT(dropped.samples[0], HasSubstr("é\\n"));
}

TEST(ReadOrders, TakesAHeaderWithoutRows) {
  const OrdersRead read = ReadText("order_id,product_id\n", {}, 0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.report.rows_read, 0u);
  EXPECT_TRUE(HasNote(read.report, "the orders have no rows"));
}

TEST(ReadOrders, RefusesAnEmptyFile) {
  EXPECT_THAT(ReadText("").log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("orders.csv is empty: want")));
  EXPECT_THAT(ReadText("\n\n").log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("orders.csv is empty: want")));
}

TEST(ReadOrders, NamesAPatternThatMatchesNothing) {
  const TempDir folder;
  const std::string pattern = folder.Join("none-*.csv");
  EXPECT_THAT(Read({pattern}).log, StatusIs(absl::StatusCode::kNotFound, HasSubstr(pattern)));
}

TEST(ReadOrders, RefusesAFolderAndNoFilesAtAll) {
  const TempDir folder;
  EXPECT_THAT(Read({folder.path()}).log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("/*.csv")));
  EXPECT_THAT(Read({}).log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--orders")));
}

TEST(ReadOrders, ReadsSeveralFilesWithColumnsInOtherOrders) {
  const TempDir folder;
  folder.Write("orders-1.csv", "order_id,product_id\n1,a\n");
  folder.Write("orders-2.csv", "product_id;quantity;order_id\nb;3;1\n");
  const std::string odd = folder.Write("odd[1]*.csv", "order_id,product_id\n9,z\n");
  const OrdersRead read = Read({folder.Join("orders-*.csv"), folder.Join("orders-1.csv"), odd});
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("a × 1000 completed", "b × 3000 completed", "z × 1000 completed"));
  EXPECT_EQ(read.log->order_count(), 2u);
  ASSERT_THAT(read.report.files, SizeIs(3));
  EXPECT_EQ(read.report.files[0].path, odd);
  EXPECT_EQ(read.report.files[0].bytes, 24u);
  EXPECT_EQ(read.report.files[0].sha256, Sha256Hex("order_id,product_id\n9,z\n"));
}

TEST(ReadOrders, RefusesWhatIsNoRegularFile) {
  EXPECT_THAT(Read({"/dev/null"}).log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no regular file")));
}

TEST(ReadOrders, RefusesAnUnknownEncodingAndALongDelimiter) {
  TableMap map;
  map.encoding = "koi8";
  EXPECT_THAT(ReadText("order_id,product_id\n", map).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("koi8")));
  map.encoding.clear();
  map.delimiter = "||";
  EXPECT_THAT(ReadText("order_id,product_id\n", map).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("||")));
}

TEST(ReadOrders, SamplesTheFirstLinesThatAreNoRows) {
  std::string text = "order_id,product_id\n";
  for (int i = 0; i < 20; ++i) absl::StrAppend(&text, "x\n");
  const OrdersRead read = ReadText(text);
  EXPECT_THAT(DroppedFor(read.report, "line has too few columns").samples,
              ElementsAre("orders.csv: line 2", "orders.csv: line 3", "orders.csv: line 4"));
}

TEST(ReadOrders, UsesTheFilesOfTheMap) {
  const TempDir folder;
  TableMap map;
  map.files = {folder.Write("o.csv", "order_id,product_id\n1,a\n")};
  AWASE_EXPECT_OK(Read({}, map).log);
}

TEST(ReadOrders, StopsWhenItIsCancelled) {
  const TempDir folder;
  std::string text = "order_id,product_id\n";
  for (int i = 0; i < 50'000; ++i) absl::StrAppend(&text, i, ",p\n");
  ReadOptions options;
  int asked = 0;
  options.cancelled = [&asked] { return ++asked > 3; };
  ReadReport report;
  EXPECT_THAT(ReadOrders({folder.Write("o.csv", text)}, {}, options, &report), StatusIs(absl::StatusCode::kCancelled));
}

TEST(ReadOrders, ReportsProgress) {
  const TempDir folder;
  std::string text = "order_id,product_id\n";
  for (int i = 0; i < 50'000; ++i) absl::StrAppend(&text, i, ",p\n");
  std::vector<ReadProgress> seen;
  ReadOptions options;
  options.progress = [&seen](const ReadProgress& progress) { seen.push_back(progress); };
  ReadReport report;
  AWASE_ASSERT_OK(ReadOrders({folder.Write("o.csv", text)}, {}, options, &report));
  ASSERT_GE(seen.size(), 3u);
  EXPECT_LT(seen[0].rows, seen[1].rows);
  EXPECT_EQ(seen.back().rows, 50'000u);
  EXPECT_EQ(seen.back().share, 1);
}

// The same rows in any order give the same lines, counts and samples.
TEST(ReadOrders, DoesNotDependOnTheOrderOfRows) {
  std::vector<std::string> rows;
  std::mt19937 random(7);
  const std::vector<std::string> quantities = {"1", "2", "-1", "0", "x", "1.5", "", "many"};
  const std::vector<std::string> times = {"2024-01-01", "", "soon", "2024-01-01 10:00"};
  for (int i = 0; i < 2'000; ++i) {
    rows.push_back(absl::StrCat("o", random() % 300, ",p", random() % 50, ",", quantities[random() % quantities.size()],
                                ",", times[random() % times.size()], "\n"));
  }
  const std::string header = "order_id,product_id,quantity,ordered_at\n";
  const OrdersRead first = ReadText(absl::StrCat(header, absl::StrJoin(rows, "")));
  AWASE_ASSERT_OK(first.log);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    const OrdersRead other = ReadText(absl::StrCat(header, absl::StrJoin(rows, "")));
    AWASE_ASSERT_OK(other.log);
    EXPECT_EQ(LinesOf(*other.log), LinesOf(*first.log));
    EXPECT_EQ(other.report.rows_kept, first.report.rows_kept);
    ASSERT_EQ(other.report.dropped.size(), first.report.dropped.size());
    for (std::size_t i = 0; i < first.report.dropped.size(); ++i) {
      EXPECT_EQ(other.report.dropped[i].reason, first.report.dropped[i].reason);
      EXPECT_EQ(other.report.dropped[i].count, first.report.dropped[i].count);
      EXPECT_EQ(other.report.dropped[i].samples, first.report.dropped[i].samples);
    }
  }
}

}  // namespace
}  // namespace awase::ingest
