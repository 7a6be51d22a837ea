#include "trainer/internal/order_store.h"

#include <utility>

#include "awase/base/files.h"
#include "awase/orders/log_file.h"
#include "gmock/gmock.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer_internal {
namespace {

using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ingest::ReadReport ReportOf(const std::string& path, const std::string& sha256) {
  ingest::ReadReport report;
  report.files = {{path, 10, sha256}};
  report.rows_read = 5;
  report.rows_kept = 3;
  report.dropped = {{"quantity is no number", 2, true, {"c", "a"}}};
  report.columns = {"order_id", "product_id"};
  report.notes = {"columns not used: x."};
  return report;
}

TEST(OrderStore, GivesBackWhatWasStored) {
  testing::TempDir dir;
  {
    AWASE_ASSERT_OK_AND_ASSIGN(NewOrderStore store,
                               NewOrderStore::Create(dir.path(), {}, ReportOf("a.csv", "01"), {"products.csv"}));
    AWASE_ASSERT_OK(store.MoveTo(dir.path()));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const StoredOrders stored, ReadOrderStore(dir.path()));
  EXPECT_THAT(stored.product_files, ElementsAre("products.csv"));
  EXPECT_EQ(stored.report.rows_read, 5u);
  EXPECT_EQ(stored.report.files[0].sha256, "01");
  EXPECT_EQ(stored.report.dropped[0].reason, "quantity is no number");
  EXPECT_THAT(stored.report.dropped[0].samples, ElementsAre("c", "a"));
  EXPECT_THAT(stored.report.columns, ElementsAre("order_id", "product_id"));
}

TEST(OrderStore, LeavesNothingBehindUnlessItIsMoved) {
  testing::TempDir dir;
  {
    AWASE_ASSERT_OK(NewOrderStore::Create(dir.path(), {}, {}, {}).status());
  }
  EXPECT_THAT(ReadOrderStore(dir.path()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(PathExists(dir.Join(TemporaryName(".orders-"))));
}

TEST(OrderStore, WithANoteThatIsNoneIsBroken) {
  testing::TempDir dir;
  for (const char* note : {"", "[]", "{}", R"({"orders": {}, "product_files": []})",
                           R"({"orders": {"files": [], "rows_dropped": [], "rows_read": -1, "rows_kept": "x",
                                "columns": [], "notes": []}, "product_files": []})"}) {
    AWASE_ASSERT_OK(orders::WriteLogFile(dir.Join("orders.store"), {}, note));
    EXPECT_THAT(ReadOrderStore(dir.path()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("note"))) << note;
  }
}

TEST(JoinReports, IsTheReportOfBoth) {
  ingest::ReadReport later = ReportOf("B.csv", "02");
  later.dropped = {{"quantity is no number", 1, true, {"b", "d"}}, {"quantity is zero", 9, false, {}}};
  later.columns = {"order_id", "status"};
  AWASE_ASSERT_OK_AND_ASSIGN(const ingest::ReadReport joined, JoinReports(ReportOf("a.csv", "01"), later));
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
}  // namespace awase::trainer_internal
