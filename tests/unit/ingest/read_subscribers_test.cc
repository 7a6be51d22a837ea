#include "awase/ingest/read_subscribers.h"

#include <string>
#include <vector>

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

template <typename Result>
struct TableRead {
  absl::StatusOr<Result> result = absl::UnknownError("not read");
  ReadReport report;
};

ReadOptions Lenient(double max_bad_share) {
  ReadOptions options;
  options.max_bad_share = max_bad_share;
  return options;
}

TableRead<UsageLog> UsageOf(const std::string& text, const TableMap& map = {}, double max_bad_share = 1) {
  const TempDir folder;
  TableRead<UsageLog> read;
  read.result = ReadUsage({folder.Write("usage.csv", text)}, map, Lenient(max_bad_share), &read.report);
  return read;
}

TableRead<std::vector<SubscriptionRow>> SubscriptionsOf(const std::string& text, double max_bad_share = 1) {
  const TempDir folder;
  TableRead<std::vector<SubscriptionRow>> read;
  read.result = ReadSubscriptions({folder.Write("subscriptions.csv", text)}, {}, Lenient(max_bad_share), &read.report);
  return read;
}

TEST(ReadUsage, AddsUpByCustomerPeriodAndMetric) {
  const auto read = UsageOf(
      "customer_id,metric,quantity,period\n"
      "zoe,minutes,1.5,2026-02\nadam,sms,1,2026-01\nzoe,minutes,2.25,2026-02\nadam, sms ,0.000001,2026-01\n");
  AWASE_ASSERT_OK(read.result);
  EXPECT_THAT(read.result->customer_ids, ElementsAre("adam", "zoe"));
  EXPECT_THAT(read.result->periods, ElementsAre("2026-01", "2026-02"));
  EXPECT_THAT(read.result->metrics, ElementsAre("minutes", "sms"));
  EXPECT_THAT(read.result->rows, ElementsAre(UsageRow{0, 0, 1, 1'000'001}, UsageRow{1, 1, 0, 3'750'000}));
  EXPECT_EQ(read.report.rows_kept, 4u);
}

TEST(ReadUsage, DropsWhatItCannotUseAndNamesNobody) {
  const auto read = UsageOf(
      "customer_id,metric,quantity,period\n"
      ",minutes,1,2026-01\nzoe,,1,2026-01\nzoe,minutes,,2026-01\nzoe,minutes,1,\n"
      "zoe,minutes,many,2026-01\nzoe,minutes,-1,2026-01\nzoe,minutes,1000000000001,2026-01\nzoe,minutes,1,2026-01\n");
  AWASE_ASSERT_OK(read.result);
  EXPECT_EQ(read.report.rows_kept, 1u);
  for (const char* reason : {"customer_id is empty", "metric is empty", "quantity is empty", "period is empty",
                             "quantity is no number", "quantity is negative", "quantity is out of range"}) {
    EXPECT_EQ(DroppedFor(read.report, reason).count, 1u) << reason;
    EXPECT_THAT(DroppedFor(read.report, reason).samples, Each(Not(HasSubstr("zoe")))) << reason;
  }
  EXPECT_THAT(UsageOf("customer_id,metric,quantity,period\nzoe,minutes,many,2026-01\n", {}, 0.5).result.status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("quantity is no number")));
}

TEST(ReadUsage, NamesAMissingColumnAndWhatLooksLikeIt) {
  EXPECT_THAT(UsageOf("user_id,metrics,quantity,period\na,b,1,c\n").result.status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("no column customer_id and no column metric"),
                             HasSubstr("usage: {columns: {customer_id: \"user_id\", metric: \"metrics\"}}"))));
}

TEST(ReadUsage, TakesSqlAsOtherTablesDo) {
  TableMap map;
  map.sql =
      "SELECT who AS customer_id, 'calls' AS metric, ceil(CAST(length AS DECIMAL(9, 2))) AS quantity, "
      "day[:7] AS period FROM input";
  const auto read = UsageOf("who,length,day\nzoe,8.52,2026-01-03\nzoe,0.0,2026-01-04\nzoe,1.01,2026-01-31\n", map);
  AWASE_ASSERT_OK(read.result);
  EXPECT_THAT(read.result->rows, ElementsAre(UsageRow{0, 0, 0, 11'000'000}));
}

TEST(ReadUsage, CannotBeBaskets) {
  TableMap map;
  map.one_basket_per_line = true;
  EXPECT_THAT(UsageOf("a,b\n", map).result.status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("usage")));
}

TEST(ReadSubscriptions, ReadsRowsByCustomerAndTime) {
  const auto read = SubscriptionsOf(
      "customer_id,product_id,seats,options,started_at\n"
      "zoe,large,,,2026-03-01\nzoe,small,5,\"support; backup\",2026-01-01\nadam,free,,,\nadam,free,,,\n");
  AWASE_ASSERT_OK(read.result);
  EXPECT_THAT(*read.result,
              ElementsAre(SubscriptionRow{.customer_id = "adam", .product_id = "free"},
                          SubscriptionRow{"zoe", "small", 5, {"backup", "support"}, 1'767'225'600'000'000},
                          SubscriptionRow{"zoe", "large", {}, {}, 1'772'323'200'000'000}));
}

TEST(ReadSubscriptions, DropsWhatItCannotUseAndNamesNobody) {
  const auto read = SubscriptionsOf(
      "customer_id,product_id,seats,options,started_at\n"
      ",a,,,\nzoe,,,,\nzoe,a,0,,\nzoe,a,2.5,,\nzoe,a,,,soon\nzoe,a,1,,\n"
      "zoe,a,1000000,,\nzoe,a,1000001,,\nzoe,a,10000000000000,,\n");
  AWASE_ASSERT_OK(read.result);
  EXPECT_EQ(read.report.rows_kept, 2u);
  EXPECT_EQ(DroppedFor(read.report, "seats is out of range").count, 2u);
  EXPECT_EQ(DroppedFor(read.report, "customer_id is empty").count, 1u);
  EXPECT_EQ(DroppedFor(read.report, "product_id is empty").count, 1u);
  EXPECT_EQ(DroppedFor(read.report, "seats is no whole number of 1 or more").count, 2u);
  EXPECT_EQ(DroppedFor(read.report, "started_at is no date").count, 1u);
  for (const DroppedRows& dropped : read.report.dropped) EXPECT_THAT(dropped.samples, Each(Not(HasSubstr("zoe"))));
}

}  // namespace
}  // namespace awase::ingest
