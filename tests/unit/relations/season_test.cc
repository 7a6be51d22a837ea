#include "awase/relations/season.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <vector>

#include "awase/orders/order_log.h"
#include "gtest/gtest.h"

namespace awase::relations {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;

// By the calendar: how many days lie between the order's day of the year and the one 15 days from now, around New Year
// where that is nearer.
double NearnessByCalendar(sys_days now, sys_days order) {
  const sys_days centre = now + days(15);
  double nearest = 1e9;
  for (int shift = -1; shift <= 1; ++shift) {
    const year_month_day in_orders_year(year_month_day(order).year() + std::chrono::years(shift),
                                        year_month_day(centre).month(), year_month_day(centre).day());
    nearest = std::min(nearest, std::abs(static_cast<double>((sys_days(in_orders_year) - order).count())));
  }
  return nearest >= 45 ? 0 : (1 + std::cos(std::numbers::pi * nearest / 45)) / 2;
}

TEST(SeasonNearness, IsThatOfTheCalendarAcrossLeapYearsAndNewYear) {
  const double slope = std::numbers::pi / 2 / 45;  // the steepest, per day
  for (const sys_days now :
       {sys_days(year(2024) / 2 / 14), sys_days(year(2024) / 2 / 29), sys_days(year(2023) / 7 / 15),
        sys_days(year(2025) / 12 / 31), sys_days(year(2026) / 1 / 1), sys_days(year(2100) / 3 / 1)}) {
    for (int age = 200; age < 5 * 365; ++age) {
      const sys_days order = now - days(age);
      EXPECT_NEAR(SeasonNearness(age), NearnessByCalendar(now, order), 2 * slope)
          << "now " << now.time_since_epoch().count() << ", age " << age;
    }
  }
}

TEST(SeasonNearness, ReachesFromAMonthBeforeToTwoMonthsAhead) {
  EXPECT_NEAR(SeasonNearness(365.2425 - 15), 1, 1e-12);
  EXPECT_NEAR(SeasonNearness(2 * 365.2425 - 15), 1, 1e-12) << "of every earlier year";
  EXPECT_NEAR(SeasonNearness(365.2425 - 15 - 22.5), 0.5, 1e-12);
  EXPECT_NEAR(SeasonNearness(365.2425 - 15 + 22.5), 0.5, 1e-12);
  EXPECT_GT(SeasonNearness(365.2425 + 29), 0);
  EXPECT_EQ(SeasonNearness(365.2425 + 30.01), 0);
  EXPECT_GT(SeasonNearness(365.2425 - 59), 0);
  EXPECT_EQ(SeasonNearness(365.2425 - 60.01), 0);
}

TEST(SeasonNearness, LeavesThisYearToItsAge) {
  for (int age = 0; age < 300; ++age) EXPECT_EQ(SeasonNearness(age), 0) << age;
}

TEST(HasEarlierSeason, NeedsAYearAndAMonth) {
  EXPECT_TRUE(HasEarlierSeason(std::vector<std::int64_t>{395 * kDay, orders::kNoTime, 0}));
  EXPECT_FALSE(HasEarlierSeason(std::vector<std::int64_t>{394 * kDay, orders::kNoTime, 0}));
  EXPECT_FALSE(HasEarlierSeason(std::vector<std::int64_t>{orders::kNoTime}));
  EXPECT_FALSE(HasEarlierSeason({}));
}

TEST(HasEarlierSeason, IsNotMadeByMistypedYears) {
  std::vector<std::int64_t> times;
  for (int t = 0; t < 2000; ++t) times.push_back(t % 180 * kDay);
  times.push_back(-20'000 * kDay);
  times.push_back(20'000 * kDay);
  EXPECT_FALSE(HasEarlierSeason(times));
}

}  // namespace
}  // namespace awase::relations
