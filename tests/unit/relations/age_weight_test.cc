#include "awase/relations/age_weight.h"

#include <cmath>
#include <vector>

#include "awase/orders/order_log.h"
#include "awase/relations/season.h"
#include "gtest/gtest.h"

namespace awase::relations {
namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;
constexpr int kSpan = 800;

std::vector<std::int64_t> Days(int first, int last) {
  std::vector<std::int64_t> times = {orders::kNoTime};
  for (int day = first; day <= last; ++day) times.push_back(day * kDay);
  return times;
}

TEST(AgeWeight, HalvesWithEachHalfLife) {
  const AgeWeight weight(Days(0, kSpan), {.half_life_days = 50});
  EXPECT_EQ(weight(kSpan * kDay), 1);
  EXPECT_EQ(weight((kSpan - 100) * kDay), 0.25);
  EXPECT_EQ(weight((kSpan + 10) * kDay), 1) << "what is newer than now is as new";
  EXPECT_EQ(weight(orders::kNoTime), weight(0)) << "as old as the oldest";
}

TEST(AgeWeight, CountsTheSeasonOfEarlierYearsAgain) {
  for (const double half_life : {0.0, 50.0}) {
    for (const double season : {0.25, 2.0}) {
      const AgeWeight weight(Days(0, kSpan), {.half_life_days = half_life, .season_weight = season});
      for (int age = 0; age <= kSpan; ++age) {
        const double aged = half_life > 0 ? std::exp2(-age / half_life) : 1;
        const double expected = (aged + season * SeasonNearness(age)) / (1 + season);
        EXPECT_NEAR(weight((kSpan - age) * kDay), expected, 1e-12) << age;
        EXPECT_LE(weight((kSpan - age) * kDay), 1);
      }
      EXPECT_GT(weight((kSpan - 350) * kDay), weight((kSpan - 200) * kDay)) << "last year's season";
    }
  }
}

TEST(AgeWeight, PutsWhatHasNoTimeIntoNoSeason) {
  // The oldest is of the season.
  const AgeWeight weight(Days(kSpan - 2 * 365, kSpan), {.half_life_days = 0, .season_weight = 1});
  EXPECT_GT(weight((kSpan - 2 * 365) * kDay), 0.5);
  EXPECT_EQ(weight(orders::kNoTime), 0.5);
}

// With the season off the numbers are the same to the last bit.
TEST(AgeWeight, IsOfAgeAloneWhereNoEarlierYearIsKnown) {
  const AgeWeight by_age(Days(0, 394), {.half_life_days = 30});
  const AgeWeight with_season(Days(0, 394), {.half_life_days = 30, .season_weight = 3});
  for (int day = 0; day <= 394; ++day) EXPECT_EQ(with_season(day * kDay), by_age(day * kDay)) << day;
  const AgeWeight of_nothing(Days(0, -1), {.half_life_days = 0, .season_weight = 3});
  EXPECT_EQ(of_nothing(orders::kNoTime), 1);
}

}  // namespace
}  // namespace awase::relations
