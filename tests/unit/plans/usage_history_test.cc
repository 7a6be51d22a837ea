#include "awase/plans/usage_history.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {
namespace {

using ::testing::ElementsAre;

TEST(UsageHistory, AddsUpRecordsOfOneMetricAndPeriod) {
  const UsageHistory history =
      UsageHistory::Of({{"sms", Units(3), "2026-02"}, {"minutes", Units(10), "2026-01"}, {"sms", Units(4), "2026-02"}});
  EXPECT_THAT(history.metrics(), ElementsAre("minutes", "sms"));
  EXPECT_THAT(history.periods(), ElementsAre("2026-01", "2026-02"));
  EXPECT_THAT(history.row(0), ElementsAre(MetricUse{"minutes", Units(10)}, MetricUse{"sms", Units(0)}));
  EXPECT_THAT(history.row(1), ElementsAre(MetricUse{"minutes", Units(0)}, MetricUse{"sms", Units(7)}));
}

TEST(UsageHistory, QuantileIsTheNearestRank) {
  const UsageHistory history = HistoryOf("gb", {10, 1, 9, 2, 8, 3, 7, 4, 6, 5});
  EXPECT_EQ(history.QuantileOf("gb", 0.9), Units(9)) << "nine of ten periods, not ten";
  EXPECT_EQ(history.QuantileOf("gb", 0.91), Units(10));
  EXPECT_EQ(history.QuantileOf("gb", 1), Units(10));
  EXPECT_EQ(history.QuantileOf("gb", 0.01), Units(1));
  EXPECT_EQ(history.QuantileOf("sms", 1), Units(0));
  EXPECT_FALSE(history.Mentions("sms"));
}

}  // namespace
}  // namespace awase::plans
