#include <string>

#include "awase/ingest/read_dump.h"
#include "gmock/gmock.h"
#include "tests/testing/read_report.h"
#include "tests/testing/status_matchers.h"

namespace awase::ingest {
namespace {

using ::awase::testing::ReportOf;
using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(JoinReports, IsTheReportOfBoth) {
  ReadReport later = ReportOf("B.csv", "02");
  later.dropped = {{"quantity is no number", 1, true, {"b", "d"}}, {"quantity is zero", 9, false, {}}};
  later.columns = {"order_id", "status"};
  AWASE_ASSERT_OK_AND_ASSIGN(const ReadReport joined, JoinReports(ReportOf("a.csv", "01"), later));
  EXPECT_EQ(joined.rows_read, 10u);
  EXPECT_EQ(joined.rows_kept, 6u);
  EXPECT_EQ(joined.files[0].path, "B.csv");
  EXPECT_EQ(joined.dropped[0].reason, "quantity is zero") << "the most frequent first";
  EXPECT_EQ(joined.dropped[1].count, 3u);
  EXPECT_THAT(joined.dropped[1].samples, ElementsAre("a", "b", "c"));
  EXPECT_THAT(joined.columns, ElementsAre("order_id", "product_id", "status"));
  EXPECT_THAT(joined.notes, ElementsAre("columns not used: x."));
}

TEST(JoinReports, RefusesAFileThatIsThereUnderAnyName) {
  EXPECT_THAT(JoinReports(ReportOf("a.csv", "01"), ReportOf("copy.csv", "01")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("copy.csv is already in the store, as a.csv")));
}

}  // namespace
}  // namespace awase::ingest
