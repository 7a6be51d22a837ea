#include "awase/rules/condition.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace awase::rules {
namespace {

TEST(YearlyWindow, HasItsFirstDayAndNotItsLast) {
  const YearlyWindow summer = {{7, 1}, {9, 1}};
  EXPECT_FALSE(summer.Contains(absl::CivilDay(2026, 6, 30)));
  EXPECT_TRUE(summer.Contains(absl::CivilDay(2026, 7, 1)));
  EXPECT_TRUE(summer.Contains(absl::CivilDay(2031, 8, 31)));
  EXPECT_FALSE(summer.Contains(absl::CivilDay(2026, 9, 1)));
}

TEST(YearlyWindow, GoesOverTheTurnOfTheYear) {
  const YearlyWindow holidays = {{12, 20}, {1, 7}};
  EXPECT_FALSE(holidays.Contains(absl::CivilDay(2026, 12, 19)));
  EXPECT_TRUE(holidays.Contains(absl::CivilDay(2026, 12, 31)));
  EXPECT_TRUE(holidays.Contains(absl::CivilDay(2027, 1, 6)));
  EXPECT_FALSE(holidays.Contains(absl::CivilDay(2027, 1, 7)));
}

TEST(YearlyWindow, KnowsLeapDays) {
  const YearlyWindow until_leap = {{2, 1}, {2, 29}};
  EXPECT_TRUE(until_leap.Contains(absl::CivilDay(2027, 2, 28)));
  EXPECT_FALSE(until_leap.Contains(absl::CivilDay(2027, 3, 1)));
  EXPECT_FALSE(until_leap.Contains(absl::CivilDay(2028, 2, 29)));
  const YearlyWindow from_leap = {{2, 29}, {3, 2}};
  EXPECT_FALSE(from_leap.Contains(absl::CivilDay(2027, 2, 28)));
  EXPECT_TRUE(from_leap.Contains(absl::CivilDay(2027, 3, 1)));
  EXPECT_TRUE(from_leap.Contains(absl::CivilDay(2028, 2, 29)));
  const YearlyWindow only_leap = {{2, 29}, {3, 1}};
  int days = 0;
  for (absl::CivilDay day(2025, 1, 1); day < absl::CivilDay(2033, 1, 1); ++day) days += only_leap.Contains(day) ? 1 : 0;
  EXPECT_EQ(days, 2);
}

// Every window of a year against days counted from its beginning.
TEST(YearlyWindow, IsAllDaysFromItsFirstUntilItsLast) {
  for (absl::CivilDay from(2025, 1, 1); from < absl::CivilDay(2026, 1, 1); from += 13) {
    for (int length = 1; length < 365; length += 29) {
      const absl::CivilDay until = from + length;
      const YearlyWindow window = {{from.month(), from.day()}, {until.month(), until.day()}};
      for (int i = 0; i < 365; ++i)
        EXPECT_EQ(window.Contains(from + i), i < length) << from << " " << until << " " << i;
    }
  }
}

TEST(Hours, AreOfTheDaysNamed) {
  Hours office = {9 * 60, 18 * 60, {}};
  office.days = {true, false, false, false, false, false, false};
  EXPECT_TRUE(office.Contains(absl::CivilMinute(2026, 7, 6, 9, 0)));  // a Monday
  EXPECT_TRUE(office.Contains(absl::CivilMinute(2026, 7, 6, 17, 59)));
  EXPECT_FALSE(office.Contains(absl::CivilMinute(2026, 7, 6, 8, 59)));
  EXPECT_FALSE(office.Contains(absl::CivilMinute(2026, 7, 6, 18, 0)));
  EXPECT_FALSE(office.Contains(absl::CivilMinute(2026, 7, 7, 12, 0)));
}

TEST(Hours, OverMidnightBelongToTheDayOnWhichTheyBegin) {
  Hours night = {22 * 60, 2 * 60, {}};
  night.days = {false, false, false, false, true, false, false};  // Friday
  EXPECT_FALSE(night.Contains(absl::CivilMinute(2026, 7, 10, 1, 59)));
  EXPECT_TRUE(night.Contains(absl::CivilMinute(2026, 7, 10, 22, 0)));
  EXPECT_TRUE(night.Contains(absl::CivilMinute(2026, 7, 11, 1, 59)));
  EXPECT_FALSE(night.Contains(absl::CivilMinute(2026, 7, 11, 2, 0)));
  EXPECT_FALSE(night.Contains(absl::CivilMinute(2026, 7, 11, 22, 0)));
}

TEST(Category, IsItAndWhatIsBelow) {
  EXPECT_TRUE(IsInCategory("Cameras", "Cameras"));
  EXPECT_TRUE(IsInCategory("Cameras > Compact", "Cameras"));
  EXPECT_TRUE(IsInCategory("Cameras>Compact > Zoom", " Cameras > Compact"));
  EXPECT_FALSE(IsInCategory("Cameras", "Cameras > Compact"));
  EXPECT_FALSE(IsInCategory("Cameras and film", "Cameras"));
  EXPECT_FALSE(IsInCategory("Shop > Cameras", "Cameras"));
  EXPECT_FALSE(IsInCategory("", "Cameras"));
  EXPECT_FALSE(IsInCategory("", ""));
}

// Published: a change would put customers on other sides of running campaigns.
TEST(TrafficPart, NeverChanges) {
  EXPECT_EQ(TrafficPart("summer", "customer-1"), 211'817);
  EXPECT_EQ(TrafficPart("summer", "customer-2"), 150'273);
  EXPECT_EQ(TrafficPart("winter", "customer-1"), 475'268);
  EXPECT_EQ(TrafficPart("夏", "顧客"), 137'934);
}

TEST(TrafficPart, IsEvenForIdsThatCount) {
  constexpr int kCustomers = 100'000;
  std::map<std::int64_t, int> tenths;
  for (int i = 0; i < kCustomers; ++i) {
    const std::int64_t part = TrafficPart("summer", absl::StrCat(i));
    ASSERT_GE(part, 0);
    ASSERT_LT(part, kWhole);
    ++tenths[part * 10 / kWhole];
  }
  ASSERT_EQ(tenths.size(), 10U);
  // Five standard deviations of a share of a tenth.
  for (const auto& [tenth, count] : tenths) EXPECT_NEAR(count, kCustomers / 10, 5 * 95) << tenth;
}

TEST(TrafficPart, OfOneSaltSaysNothingOfAnother) {
  constexpr int kCustomers = 100'000;
  const std::vector<std::string> salts = {"a", "b", "rule-1", "rule-2"};
  for (std::size_t i = 1; i < salts.size(); ++i) {
    int both = 0;
    for (int c = 0; c < kCustomers; ++c) {
      const std::string id = absl::StrCat("customer-", c);
      both += TrafficPart(salts[i - 1], id) < kWhole / 2 && TrafficPart(salts[i], id) < kWhole / 2 ? 1 : 0;
    }
    EXPECT_NEAR(both, kCustomers / 4, 5 * 137) << salts[i];
  }
}

}  // namespace
}  // namespace awase::rules
