#include "trainer/internal/order_store.h"

#include <utility>

#include "awase/base/files.h"
#include "awase/orders/log_file.h"
#include "awase/trainer/order_store.h"
#include "gmock/gmock.h"
#include "tests/testing/read_report.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer_internal {
namespace {

using ::awase::testing::ReportOf;
using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(OrderStore, GivesBackWhatWasStored) {
  testing::TempDir dir;
  {
    NewOrderStore store = NewOrderStore::Create(dir.path(), {}, ReportOf("a.csv", "01"), ReportOf("products.csv", "02"),
                                                ReportOf("views.csv", "03"));
    AWASE_ASSERT_OK(store.MoveTo(dir.path()));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const trainer::StoredOrders stored, trainer::ReadOrderStore(dir.path()));
  EXPECT_THAT(stored.product_files, ElementsAre("products.csv"));
  EXPECT_THAT(stored.view_files, ElementsAre("views.csv"));
  EXPECT_EQ(stored.report.rows_read, 5u);
  EXPECT_EQ(stored.report.files[0].sha256, "01");
  EXPECT_EQ(stored.report.dropped[0].reason, "quantity is no number");
  EXPECT_THAT(stored.report.dropped[0].samples, ElementsAre("c", "a"));
  EXPECT_THAT(stored.report.columns, ElementsAre("order_id", "product_id"));
}

TEST(OrderStore, LeavesNothingBehindUnlessItIsMoved) {
  testing::TempDir dir;
  {
    NewOrderStore store = NewOrderStore::Create(dir.path(), {}, {}, {}, {});
    AWASE_ASSERT_OK(store.Wait());
    EXPECT_TRUE(PathExists(dir.Join(TemporaryName(".orders-"))));
  }
  EXPECT_THAT(trainer::ReadOrderStore(dir.path()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(PathExists(dir.Join(TemporaryName(".orders-"))));
}

TEST(OrderStore, SaysWhatBecameOfTheWriting) {
  testing::TempDir dir;
  NewOrderStore store = NewOrderStore::Create(dir.Join("no/folder"), {}, {}, {}, {});
  EXPECT_THAT(store.Wait(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/folder")));
  EXPECT_THAT(store.MoveTo(dir.path()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(PathExists(dir.Join("orders.store")));
}

TEST(OrderStore, WithANoteThatIsNoneIsBroken) {
  testing::TempDir dir;
  for (const char* note : {"", "[]", "{}", R"({"orders": {}, "product_files": []})",
                           R"({"orders": {"files": [], "rows_dropped": [], "rows_read": -1, "rows_kept": "x",
                                "columns": [], "notes": []}, "product_files": []})"}) {
    AWASE_ASSERT_OK(orders::WriteLogFile(dir.Join("orders.store"), {}, note));
    EXPECT_THAT(trainer::ReadOrderStore(dir.path()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("note"))) << note;
  }
}

}  // namespace
}  // namespace awase::trainer_internal
