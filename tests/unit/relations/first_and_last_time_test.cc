#include "relations/internal/first_and_last_time.h"

#include <numeric>
#include <vector>

#include "awase/orders/order_log.h"
#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

TEST(FirstAndLastTime, AreTheEndsOfFewTimes) {
  const std::vector<std::int64_t> times = {7, orders::kNoTime, -3, 5};
  EXPECT_EQ(FirstTime(times), -3);
  EXPECT_EQ(LastTime(times), 7);
}

TEST(FirstAndLastTime, LeaveOneInAThousandOut) {
  std::vector<std::int64_t> times(3000);
  std::iota(times.rbegin(), times.rend(), 0);
  EXPECT_EQ(FirstTime(times), 3);
  EXPECT_EQ(LastTime(times), 2996);
}

TEST(FirstAndLastTime, AreNoneWithoutTimes) {
  EXPECT_EQ(FirstTime(std::vector<std::int64_t>{orders::kNoTime}), orders::kNoTime);
  EXPECT_EQ(LastTime({}), orders::kNoTime);
}

TEST(DaysBetween, KnowsTheDirectionAndTheFarthestTimes) {
  constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;
  EXPECT_EQ(DaysBetween(kDay, 3 * kDay), 2);
  EXPECT_EQ(DaysBetween(kDay / 2, 0), -0.5);
  EXPECT_GT(DaysBetween(-9'000'000'000'000'000'000, 9'000'000'000'000'000'000), 2e8);
}

}  // namespace
}  // namespace awase::relations_internal
