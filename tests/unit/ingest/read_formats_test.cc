// Every format and compression gives the same log; broken files are told from shorter ones.

#include <sys/resource.h>  // setrlimit

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/sha256.h"
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
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kRows[] = "order_id,product_id,quantity\n1,a,2\n1,\"b,c\",1\n";
constexpr char kJson[] =
    "{\"order_id\": 1, \"product_id\": \"a\", \"quantity\": 2}\n\n{\"product_id\": \"b,c\", \"order_id\": \"1\"}\n";

std::string ManyRows() {
  std::string text = "order_id,product_id\n";
  for (int i = 0; i < 20'000; ++i) absl::StrAppend(&text, i * 7919 % 10'007, ",product-", i * 104'729 % 9'973, "\n");
  return text;
}

struct FormatCase {
  const char* name;
  std::string content;
};
class ReadFormats : public ::testing::TestWithParam<FormatCase> {};

TEST_P(ReadFormats, GiveTheSameLog) {
  const TempDir folder;
  const OrdersRead read = Read({folder.Write(GetParam().name, GetParam().content)}, {}, 0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("a × 2000 completed", "b,c × 1000 completed"));
  EXPECT_EQ(read.log->order_count(), 1u);
  ASSERT_THAT(read.report.files, SizeIs(1));
  EXPECT_EQ(read.report.files[0].sha256, Sha256Hex(GetParam().content));
}

INSTANTIATE_TEST_SUITE_P(
    All, ReadFormats,
    ::testing::Values(
        FormatCase{"o.csv", kRows}, FormatCase{"o.CSV.GZ", Gzip(kRows)}, FormatCase{"o.csv.zst", Zstd(kRows)},
        FormatCase{"o.dump", Gzip(kRows)},
        FormatCase{"members.csv.gz", Gzip("order_id,product_id,quantity\n1,a,2\n") + Gzip("1,\"b,c\",1\n")},
        FormatCase{"frames.csv.zst", Zstd("order_id,product_id,quantity\n1,a") + Zstd(",2\n1,\"b,c\",1\n")},
        FormatCase{"o.tsv", "order_id\tproduct_id\tquantity\n1\ta\t2\n1\tb,c\t1\n"},
        FormatCase{"crlf.csv", "order_id,product_id,quantity\r\n1,a,2\r\n1,\"b,c\",1\r\n"},
        FormatCase{"o.jsonl", kJson}, FormatCase{"o.ndjson.gz", Gzip(kJson)}, FormatCase{"o.json.zst", Zstd(kJson)}));

TEST(ReadParquet, ReadsColumnsOfEveryType) {
  const TempDir folder;
  const std::string path = folder.Join("o[1].parquet");
  WriteDump(
      path,
      "SELECT 17 AS order_id, 42.0::DOUBLE AS product_id, 17850.0::DOUBLE AS customer_id, 1.5::FLOAT AS quantity, "
      "0.00002::DOUBLE AS unit_price, 'EUR' AS currency, TIMESTAMP '1970-01-01 00:00:01' AS ordered_at "
      "UNION ALL SELECT 18, 43.5, NULL, NULL, 1e16, 'EUR', NULL "
      "UNION ALL SELECT 19, 44, NULL, 'nan'::FLOAT, 12.3, 'EUR', NULL");
  const OrdersRead read = Read({path});
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("42 × 1500 completed", "43.5 × 1000 completed"));
  EXPECT_EQ(DroppedFor(read.report, "quantity is no number").count, 1u);
  EXPECT_EQ(read.report.rows_read, 3u);
}

TEST(ReadParquet, ReadsDatesAndZones) {
  const TempDir folder;
  const std::string path = folder.Join("o.parquet");
  WriteDump(path,
            "SELECT '1' AS order_id, 'a' AS product_id, TIMESTAMPTZ '1970-01-01 02:00:00+02' AS ordered_at "
            "UNION ALL SELECT '2', 'a', TIMESTAMPTZ '1970-01-02 00:00:00+00'");
  const OrdersRead read = Read({path});
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(read.log->order_times, UnorderedElementsAre(0, 86'400'000'000));
}

TEST(ReadParquet, TellsABrokenFile) {
  const TempDir folder;
  const std::string whole = folder.Join("o.parquet");
  WriteDump(whole, "SELECT i::VARCHAR AS order_id, 'p' || (i % 97) AS product_id FROM range(10000) t(i)");
  const std::string bytes = ReadFile(whole).value();
  for (const std::size_t size : {std::size_t{3}, std::size_t{100}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_THAT(Read({folder.Write("cut.parquet", bytes.substr(0, size))}).log,
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut.parquet: not a readable Parquet file (")))
        << size;
  }
}

TEST(ReadParquet, SaysWhatIsBrokenWithoutTheQuery) {
  const TempDir folder;
  const std::string path = folder.Write("text.parquet", "order_id,product_id\n1,a\n2,b\n");
  EXPECT_THAT(Read({path}).log,
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr(absl::StrCat(path, ": not a readable Parquet file (No magic bytes")),
                             Not(HasSubstr("SELECT")), Not(HasSubstr("Error:")), Not(HasSubstr("\n")))));
}

TEST(ReadParquet, SaysWhichColumnsWereFound) {
  const TempDir folder;
  WriteDump(folder.Join("o.parquet"), "SELECT 1 AS basket_id, 2 AS sku");
  EXPECT_THAT(
      Read({folder.Join("o.parquet")}).log,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("{order_id: \"basket_id\", product_id: \"sku\"}")));
}

TEST(ReadCompressed, TellsAFileThatIsCutShortWhereverItIsCut) {
  const TempDir folder;
  const std::string gzip = Gzip(ManyRows());
  const std::string zstd = Zstd(ManyRows());
  for (const double share : {0.01, 0.3, 0.5, 0.9, 0.99}) {
    const auto cut = [share](const std::string& bytes) {
      return bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * share));
    };
    EXPECT_THAT(Read({folder.Write("o.csv.gz", cut(gzip))}).log,
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("o.csv.gz")));
    EXPECT_THAT(Read({folder.Write("o.csv.zst", cut(zstd))}).log,
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("o.csv.zst")));
  }
  for (const std::size_t missing : {1, 4, 8}) {
    EXPECT_THAT(Read({folder.Write("o.csv.gz", gzip.substr(0, gzip.size() - missing))}).log,
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut short")));
    EXPECT_THAT(Read({folder.Write("o.csv.zst", zstd.substr(0, zstd.size() - missing))}).log,
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut short")));
  }
}

TEST(ReadCompressed, TellsFlippedBytes) {
  const TempDir folder;
  std::string gzip = Gzip(ManyRows());
  gzip[gzip.size() / 2] = static_cast<char>(gzip[gzip.size() / 2] ^ 0x55);
  EXPECT_THAT(Read({folder.Write("o.csv.gz", gzip)}).log, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Read({folder.Write("o.csv.gz", Gzip(kRows) + "trailing text")}).log,
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(ReadCompressed, ChecksJsonLinesToo) {
  const TempDir folder;
  const std::string gzip = Gzip(kJson);
  EXPECT_THAT(Read({folder.Write("o.jsonl.gz", gzip.substr(0, gzip.size() - 9))}).log,
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(ReadCompressed, RefusesANameThatIsNotTrue) {
  const TempDir folder;
  EXPECT_THAT(Read({folder.Write("o.csv.gz", kRows)}).log,
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("named as a compressed file but is none")));
  EXPECT_THAT(Read({folder.Write("o.xlsx", "PK\x03\x04 and so on")}).log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Excel")));
}

TEST(ReadCompressed, ReadsAFileLargerThanItsBuffers) {
  const TempDir folder;
  std::string text;
  while (text.size() < (4u << 20)) text += ManyRows().substr(text.empty() ? 0 : 20);
  const OrdersRead plain = Read({folder.Write("o.csv", text)}, {}, 0);
  AWASE_ASSERT_OK(plain.log);
  for (const auto& [name, bytes] :
       {std::pair<std::string, std::string>{"o.csv.gz", Gzip(text)}, {"o.csv.zst", Zstd(text)}}) {
    const OrdersRead packed = Read({folder.Write(name, bytes)}, {}, 0);
    AWASE_ASSERT_OK(packed.log);
    EXPECT_EQ(LinesOf(*packed.log), LinesOf(*plain.log));
  }
}

TEST(ReadJsonLines, CountsLinesThatAreNoObject) {
  const TempDir folder;
  const OrdersRead read = Read(
      {folder.Write("o.jsonl", "{\"order_id\":\"1\",\"product_id\":\"a\"}\nnot json\n[1]\n{\"order_id\":\"1\",\n")});
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(DroppedFor(read.report, "line is no JSON object").count, 3u);
  EXPECT_EQ(read.report.rows_read, 4u);
  EXPECT_EQ(read.report.rows_kept, 1u);
}

TEST(ReadJsonLines, ReadsKeysThatTurnUpLateAndOddKeys) {
  const TempDir folder;
  std::string text;
  for (int i = 0; i < 30'000; ++i) absl::StrAppend(&text, "{\"a/b~c \\\"q\\\"\": ", i, ", \"product_id\": \"p\"}\n");
  absl::StrAppend(&text, "{\"a/b~c \\\"q\\\"\": \"x\", \"product_id\": \"p\", \"status\": \"cancelled\"}\n");
  TableMap map;
  map.columns = {{"order_id", "a/b~c \"q\""}};
  const OrdersRead read = Read({folder.Write("o.jsonl", text)}, map, 0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.log->order_count(), 30'001u);
  EXPECT_THAT(read.report.columns, ElementsAre("order_id", "product_id", "status"));
}

TEST(ReadJsonLines, RefusesAnArray) {
  const TempDir folder;
  EXPECT_THAT(Read({folder.Write("o.json", "[{\"order_id\":1},\n{\"order_id\":2}]\n")}).log,
              AnyOf(StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("one {\"order_id\": …} per line")),
                    StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no column"))));
}

TEST(ReadFiles, AFileUnderSeveralNamesIsReadOnceAndSaid) {
  const TempDir folder;
  const std::string path = folder.Write("a.csv", kRows);
  std::filesystem::create_symlink(path, folder.Join("z.csv"));
  const std::string detour = folder.Join("./a.csv");
  const OrdersRead read = Read({path, detour, folder.Join("*.csv"), path}, {}, 0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.report.rows_read, 2u);
  EXPECT_THAT(read.report.files, SizeIs(1));
  EXPECT_TRUE(HasNote(read.report, "a.csv is given 5 times (as ")) << ::testing::PrintToString(read.report.notes);
  EXPECT_TRUE(HasNote(read.report, "z.csv) and read once."));
  EXPECT_FALSE(HasNote(Read({path}).report, "times"));
}

TEST(ReadFiles, BasketsAndTablesOfSqlAreReadOnceToo) {
  const TempDir folder;
  const std::string path = folder.Write("a.csv", "order_id,product_id\n1,a\n");
  TableMap map;
  map.sql = "SELECT i.order_id, t.product_id FROM input i, t";
  map.tables = {{"t", folder.Join("*.csv")}};
  const OrdersRead joined = Read({path, folder.Join("./a.csv")}, map, 0);
  AWASE_ASSERT_OK(joined.log);
  EXPECT_EQ(joined.report.rows_read, 1u);
  TableMap baskets;
  baskets.one_basket_per_line = true;
  const OrdersRead read = Read({path, path}, baskets, 0);
  EXPECT_EQ(read.report.rows_read, 4u);
  EXPECT_TRUE(HasNote(read.report, "a.csv is given 2 times and read once."));
}

TEST(ReadFiles, MixesFormatsInOneRun) {
  const TempDir folder;
  WriteDump(folder.Join("c.parquet"), "SELECT 3 AS order_id, 'z' AS product_id");
  const OrdersRead read =
      Read({folder.Write("a.csv", kRows), folder.Write("b.jsonl", kJson), folder.Join("c.parquet")}, {}, 0);
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(read.log->lines, SizeIs(5));
  EXPECT_EQ(read.log->order_count(), 2u);
}

TEST(ReadFiles, TellsAFileThatTheSystemCannotRead) {
  const TempDir folder;
  const std::string path = folder.Write("o.csv", "order_id,product_id\n1,x\n");
  rlimit allowed{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &allowed), 0);
  const rlimit none{0, allowed.rlim_max};  // the process may open no further file
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  const OrdersRead read = Read({path});
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &allowed), 0);
  EXPECT_THAT(read.log.status(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("cannot open " + path)));
}

TEST(ReadFiles, StopsAQueryWhenItIsCancelled) {
  const TempDir folder;
  WriteDump(folder.Join("o.parquet"), "SELECT i AS order_id, 'p' AS product_id FROM range(500000) t(i)");
  for (const int allowed : {2, 6, 12}) {
    ReadOptions options;
    int asked = 0;
    options.cancelled = [&asked, allowed] { return ++asked > allowed; };
    options.threads = 2;
    ReadReport report;
    EXPECT_THAT(ReadOrders({folder.Join("o.parquet")}, {}, options, &report), StatusIs(absl::StatusCode::kCancelled));
  }
}

// The same rows in every format, with faults of every kind among them, and the same log and report on any number of
// threads.
class ReadOnThreads : public ::testing::TestWithParam<const char*> {};

constexpr char kDump[] =
    "SELECT 'o' || (i // 7) AS order_id, CASE WHEN i % 501 = 0 THEN NULL ELSE 'c' || (i // 21 % 900) END AS "
    "customer_id, "
    "CASE WHEN i % 997 = 0 THEN ' ' ELSE 'p' || (hash(i) % 300) END AS product_id, "
    "CASE i % 400 WHEN 1 THEN 'two' WHEN 2 THEN '0' WHEN 3 THEN '-1' WHEN 4 THEN '1e9' ELSE '' || (1 + i % 3) END AS "
    "quantity, "
    "CASE i % 700 WHEN 5 THEN -1 WHEN 6 THEN NULL ELSE (hash(i) % 1000) / 100.0 END AS unit_price, "
    "TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS ordered_at, "
    "CASE i % 600 WHEN 0 THEN 'lost' WHEN 1 THEN 'Cancelled' ELSE 'completed' END AS status FROM range(150000) t(i)";

TEST_P(ReadOnThreads, GivesTheSameLogAndReport) {
  const TempDir folder;
  const std::string path = folder.Join(GetParam());
  WriteDump(path, kDump);
  TableMap map;
  if (std::string(GetParam()) == "sql.csv") map.sql = "SELECT * FROM input";
  ReadReport first;
  orders::OrderLog first_log;
  for (const std::size_t threads : {1, 2, 8}) {
    ReadOptions options;
    options.threads = threads;
    ReadReport report;
    absl::StatusOr<orders::OrderLog> log = ReadOrders({path}, map, options, &report);
    AWASE_ASSERT_OK(log);
    if (threads == 1) {
      first = report;
      first_log = *std::move(log);
      EXPECT_EQ(report.rows_read, 150'000u);
      EXPECT_GE(report.dropped.size(), 5u);
      continue;
    }
    EXPECT_EQ(report.rows_kept, first.rows_kept);
    ASSERT_EQ(report.dropped.size(), first.dropped.size());
    for (std::size_t i = 0; i < report.dropped.size(); ++i) {
      EXPECT_EQ(report.dropped[i].reason, first.dropped[i].reason);
      EXPECT_EQ(report.dropped[i].count, first.dropped[i].count);
      EXPECT_EQ(report.dropped[i].samples, first.dropped[i].samples);
    }
    EXPECT_EQ(log->product_ids, first_log.product_ids);
    EXPECT_TRUE(log->order_keys == first_log.order_keys);
    EXPECT_TRUE(log->order_customers == first_log.order_customers);
    EXPECT_TRUE(log->order_times == first_log.order_times);
    EXPECT_TRUE(log->line_offsets == first_log.line_offsets);
    EXPECT_TRUE(log->lines == first_log.lines);
    for (std::size_t p = 0; p < log->product_ids.size(); ++p) {
      EXPECT_EQ(log->observed_prices[p].price, first_log.observed_prices[p].price);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ReadOnThreads,
                         ::testing::Values("o.csv", "quoted.csv", "o.csv.gz", "o.parquet", "o.json", "sql.csv"));

TEST(ReadFiles, SamplesWhatParquetHoldsAsTheTextOfIt) {
  const TempDir folder;
  WriteDump(folder.Join("o.parquet"),
            "SELECT 1 AS order_id, 'p' AS product_id, 0::DECIMAL(6,2) AS quantity, 2.50::DOUBLE AS unit_price, "
            "TIMESTAMP '2024-01-02 03:04:05.5' AS ordered_at UNION ALL SELECT 2, 'p', 1, -3.25, NULL");
  const OrdersRead read = Read({folder.Join("o.parquet")});
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(DroppedFor(read.report, "quantity is zero").samples,
              ElementsAre("o.parquet: quantity \"0.00\", order_id \"1\", product_id \"p\", unit_price \"2.5\", "
                          "ordered_at \"2024-01-02 03:04:05.5\""));
  EXPECT_THAT(DroppedFor(read.report, "unit_price is negative").samples,
              ElementsAre("o.parquet: unit_price \"-3.25\", order_id \"2\", product_id \"p\", quantity \"1.00\""));
}

}  // namespace
}  // namespace awase::ingest
