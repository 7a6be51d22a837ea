#include "awase/base/calendar_day.h"

#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase {
namespace {

using testing::StatusIs;

TEST(CalendarDay, OfEveryYear) {
  EXPECT_EQ(*ParseMonthDay("07-01"), (MonthDay{7, 1}));
  EXPECT_EQ(*ParseMonthDay("02-29"), (MonthDay{2, 29}));
  EXPECT_EQ(*ParseMonthDay("12-31"), (MonthDay{12, 31}));
  for (const char* text :
       {"", "7-1", "07/01", "13-01", "00-10", "02-30", "04-31", "07-00", "07-011", " 07-01", "0a-01"}) {
    EXPECT_THAT(ParseMonthDay(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
  EXPECT_EQ(FormatMonthDay({7, 1}), "07-01");
}

TEST(CalendarDay, OfOneYear) {
  EXPECT_EQ(*ParseDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(*ParseDay("0001-01-01"), absl::CivilDay(1, 1, 1));
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "0000-01-01", "2026-7-1", "2026-07-01T00:00:00Z", "20260701"}) {
    EXPECT_THAT(ParseDay(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

}  // namespace
}  // namespace awase
