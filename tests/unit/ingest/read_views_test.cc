#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
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

constexpr char kRows[] =
    "session_id,customer_id,product_id,viewed_at\n"
    "s1,c1,tea,2024-01-02 10:00\ns1,,cup,2024-01-02 09:58\ns2,,tea,\ns1,c1,tea,2024-01-02 10:05\n";

OrdersRead ReadSessions(const std::vector<std::string>& files, const TableMap& map = {}, std::size_t threads = 1,
                        double max_bad_share = 1) {
  ReadOptions options;
  options.threads = threads;
  options.max_bad_share = max_bad_share;
  OrdersRead read{absl::UnknownError("not read"), {}};
  read.log = ReadViews(files, map, options, &read.report);
  return read;
}

OrdersRead ReadText(const std::string& text, const TableMap& map = {}, double max_bad_share = 1) {
  const TempDir folder;
  return ReadSessions({folder.Write("views.csv", text)}, map, 1, max_bad_share);
}

void ExpectTheSessions(const OrdersRead& read) {
  AWASE_ASSERT_OK(read.log);
  EXPECT_THAT(LinesOf(*read.log), ElementsAre("cup × 1000 completed", "tea × 1000 completed", "tea × 1000 completed",
                                              "tea × 1000 completed"));
  ASSERT_EQ(read.log->order_count(), 2u) << "one per session";
  EXPECT_EQ(read.log->order_customers[0], 0u) << "that one of its views names";
  EXPECT_EQ(read.log->order_times[0], 1'704'189'480'000'000) << "the first of its views";
  EXPECT_EQ(read.log->order_customers[1], orders::kNoCustomer);
  EXPECT_EQ(read.log->order_times[1], orders::kNoTime);
  EXPECT_THAT(read.report.columns, ElementsAre("session_id", "product_id", "customer_id", "viewed_at"));
  EXPECT_EQ(read.report.rows_kept, 4u);
}

TEST(ReadViews, GathersViewsIntoSessions) { ExpectTheSessions(ReadText(kRows)); }

TEST(ReadViews, ReadsWhatOrdersAreReadFrom) {
  const TempDir folder;
  ExpectTheSessions(ReadSessions({folder.Write("views.csv.gz", Gzip(kRows))}, {}, 2));
  ExpectTheSessions(ReadSessions({folder.Write("views.csv.zst", Zstd(kRows))}));
  const std::string parquet = folder.Join("views.parquet");
  WriteDump(parquet,
            "SELECT * FROM (VALUES ('s1', 'c1', 'tea', TIMESTAMP '2024-01-02 10:00:00'), "
            "('s1', NULL, 'cup', TIMESTAMP '2024-01-02 09:58:00'), ('s2', NULL, 'tea', NULL), "
            "('s1', 'c1', 'tea', TIMESTAMP '2024-01-02 10:05:00')) t(session_id, customer_id, product_id, viewed_at)");
  ExpectTheSessions(ReadSessions({parquet}, {}, 2));
}

TEST(ReadViews, TakesOneSessionPerLine) {
  TableMap map;
  map.one_basket_per_line = true;
  map.delimiter = " ";
  const OrdersRead read = ReadText("tea cup tea\ncup\n", map);
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.log->order_count(), 2u);
  EXPECT_EQ(read.log->line_count(), 4u);
  EXPECT_THAT(read.report.columns, ElementsAre("session_id", "product_id"));
  EXPECT_TRUE(HasNote(read.report, "each line is a session: session_id"));
}

struct BadView {
  const char* row;
  const char* reason;
  const char* sample;
};
class ReadViewsBadRow : public ::testing::TestWithParam<BadView> {};

TEST_P(ReadViewsBadRow, IsCountedUnderItsReasonWithoutWhoLooked) {
  const OrdersRead read = ReadText(absl::StrCat(kRows, GetParam().row, "\n"));
  AWASE_ASSERT_OK(read.log);
  EXPECT_EQ(read.report.rows_read, 5u);
  EXPECT_EQ(read.report.rows_kept, 4u);
  const DroppedRows dropped = DroppedFor(read.report, GetParam().reason);
  EXPECT_EQ(dropped.count, 1u);
  EXPECT_TRUE(dropped.bad);
  EXPECT_THAT(dropped.samples, ElementsAre(AllOf(HasSubstr(GetParam().sample), Not(HasSubstr("secret")))));
}

INSTANTIATE_TEST_SUITE_P(Reasons, ReadViewsBadRow,
                         ::testing::Values(BadView{",secret,tea,", "session_id is empty", "product_id \"tea\""},
                                           BadView{"secret,secret, ,", "product_id is empty", "product_id \" \""},
                                           BadView{"secret,secret,tea,noon", "viewed_at is no date",
                                                   "viewed_at \"noon\", product_id \"tea\""}));

TEST(ReadViews, FailsOnMoreBadRowsThanAllowed) {
  const OrdersRead read = ReadText(absl::StrCat(kRows, ",,tea,\n"), {}, 0.1);
  EXPECT_THAT(read.log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1 × session_id is empty")));
}

TEST(ReadViews, SaysWhichColumnIsMeantByAMissingOne) {
  EXPECT_THAT(ReadText("visitId,itemid\n1,2\n").log,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("views: {columns: {session_id: \"visitId\", product_id: \"itemid\"}}")));
  EXPECT_THAT(ReadText("sesion_id,product_id\n1,2\n").log,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("session_id: \"sesion_id\"")));
}

TEST(ReadViews, AskForFilesByTheirFlag) {
  EXPECT_THAT(ReadSessions({}).log, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--views")));
}

}  // namespace
}  // namespace awase::ingest
