#include "relations/internal/claim_history.h"

#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

// 100 units in each period, of a basket size factor of 2.
Periods TenPeriods() {
  Periods periods;
  periods.units.fill(100);
  periods.factors.fill(2);
  return periods;
}

PoissonIntervals Intervals() { return {100, 1}; }

PerPeriod<std::uint32_t> Evenly(std::uint32_t units) {
  PerPeriod<std::uint32_t> each;
  each.fill(units);
  return each;
}

TEST(ClaimHistory, ChanceIsThatOfThePeriodAndKnowsBasketSizes) {
  const ClaimHistory history(TenPeriods(), Evenly(20), Evenly(10), Evenly(5));  // 2 · 20 · 10 / 100 = 4 expected
  EXPECT_TRUE(history.Holds(0));
  EXPECT_EQ(history.together(10), 50);
  EXPECT_NEAR(history.Margin(10, Intervals()), 37.1 / 40, 0.01);  // 37.1: the lower bound of 50
  EXPECT_FALSE(ClaimHistory(TenPeriods(), Evenly(20), Evenly(10), Evenly(4)).Holds(0)) << "just what chance brings";
}

TEST(ClaimHistory, TwoProductsOfOneSeasonHaveNothingToDoWithEachOther) {
  PerPeriod<std::uint32_t> season{};
  season[9] = 80;
  PerPeriod<std::uint32_t> together{};
  together[9] =
      60;  // of 100 orders, both in 80 of them: 2 · 64 expected, though 2 · 80 · 80 / 1,000 of all ten periods
  const ClaimHistory history(TenPeriods(), season, season, together);
  EXPECT_LT(history.Margin(10, Intervals()), 1);
  EXPECT_EQ(history.Margin(9, Intervals()), 0) << "nothing is expected before the season";
}

TEST(ClaimHistory, IsTestedWhereAtLeastFiveAreToBeExpected) {
  PerPeriod<std::uint32_t> units = Evenly(10);                             // 2 expected by chance in each
  units[9] = 7;                                                            // 2 · 7 · 10 / 100 = 1.4
  const ClaimHistory history(TenPeriods(), units, Evenly(10), Evenly(6));  // three times as often as by chance
  EXPECT_TRUE(history.CanBeTested(8));
  EXPECT_FALSE(history.CanBeTested(9)) << "3 · 1.4 are to be expected";
  EXPECT_FALSE(history.CanBeTested(0)) << "there was nothing before";
}

TEST(ClaimHistory, OneFailureInTenIsForgivenTwoAreNot) {
  PerPeriod<std::uint32_t> together = Evenly(12);  // 4 expected by chance in each
  together[3] = 2;
  EXPECT_TRUE(ClaimHistory(TenPeriods(), Evenly(20), Evenly(10), together).HeldSoFar(10));
  EXPECT_FALSE(ClaimHistory(TenPeriods(), Evenly(20), Evenly(10), together).HeldSoFar(8)) << "one of eight";
  together[7] = 2;
  EXPECT_FALSE(ClaimHistory(TenPeriods(), Evenly(20), Evenly(10), together).HeldSoFar(10));
}

TEST(ClaimHistory, APeriodOfFewerThanTenToBeExpectedSaysNothingAgainstAPair) {
  PerPeriod<std::uint32_t> together = Evenly(8);  // twice as often as by chance
  together[3] = together[7] = 2;
  EXPECT_TRUE(ClaimHistory(TenPeriods(), Evenly(20), Evenly(10), together).HeldSoFar(10));
  together = Evenly(16);
  together[3] = together[7] = 2;
  EXPECT_FALSE(ClaimHistory(TenPeriods(), Evenly(20), Evenly(10), together).HeldSoFar(10));
}

void AddMany(MarginTrial* trial, std::size_t judge, double margin, int tested, int held) {
  for (int i = 0; i < tested; ++i) trial->Add(judge, margin, i < held);
}

TEST(MarginTrial, ChoosesTheSmallestMarginThatEveryJudgeIsContentWith) {
  MarginTrial trial;
  AddMany(&trial, 0, 1.6, 100, 100);
  AddMany(&trial, 0, 2.2, 100, 100);
  EXPECT_EQ(trial.Choose(0.97).margin, 1.5);
  MarginTrial last;
  AddMany(&last, 3, 1.6, 100, 90);
  AddMany(&last, 3, 2.2, 100, 99);
  trial.Merge(last);
  EXPECT_EQ(trial.tested(1.5), 400u);
  EXPECT_EQ(trial.held(1.5), 389u) << "97 % of all, but not of the last";
  EXPECT_EQ(trial.Choose(0.97).margin, 1.75);
  EXPECT_TRUE(trial.Choose(0.97).found);
  EXPECT_EQ(trial.tested(1.75), 200u);
}

TEST(MarginTrial, FewFailuresOfFewAreChance) {
  MarginTrial trial;
  EXPECT_EQ(trial.Choose(0.97).margin, 1.5);
  AddMany(&trial, 0, 1.6, 20, 18);  // 12 % likely
  EXPECT_EQ(trial.Choose(0.97).margin, 1.5);
  EXPECT_TRUE(trial.Choose(0.97).found);
  AddMany(&trial, 0, 1.6, 180, 162);  // the same share
  EXPECT_EQ(trial.Choose(0.97).margin, 1.75);
}

TEST(MarginTrial, WhereNoMarginContentsAJudgeTheLargestIsTaken) {
  MarginTrial trial;
  AddMany(&trial, 0, 9, 1000, 1000);
  AddMany(&trial, 1, 9, 60, 0);
  EXPECT_EQ(trial.Choose(0.97).margin, 8) << "the other judge cannot outvote it";
  EXPECT_FALSE(trial.Choose(0.97).found);
}

TEST(MarginTrial, AJudgeComesRoundWhereWhatFailedIsLeftOut) {
  MarginTrial trial;
  AddMany(&trial, 1, 2.2, 60, 0);
  EXPECT_EQ(trial.Choose(0.97).margin, 2.5);
  AddMany(&trial, 1, 3.5, 20, 15);
  EXPECT_EQ(trial.Choose(0.97).margin, 4);
  EXPECT_TRUE(trial.Choose(0.97).found);
}

TEST(MarginTrial, ForgetsWhatIsBelowTheSmallestMargin) {
  MarginTrial trial;
  AddMany(&trial, 0, 1.5, 1000, 0);  // above 1.5 is what counts
  EXPECT_EQ(trial.tested(1.5), 0u);
}

}  // namespace
}  // namespace awase::relations_internal
