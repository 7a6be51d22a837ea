// FitPlan where something is not known: no usage, metrics that it does not mention, words that no plan has.

#include "awase/plans/fit_plan.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/fit_testing.h"

namespace awase::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

class NoUsage : public FitPlanTest {
 protected:
  NoUsage() {
    shop_.Add("surf", {{"fee", "20"}, {"limit.minutes", "500"}, {"overage.minutes", "0.03"}});
    shop_.Add("ultimate", {{"fee", "70"}, {"limit.minutes", "3000"}, {"overage.minutes", "0.01"}});
    shop_.Add("roaming", {{"option_of", "surf;ultimate;dear;hard;steps;same"}, {"fee", "5"}, {"perk.roaming", "yes"}});
  }
};

TEST_F(NoUsage, LowersNoLimitThatOverageFollows) {
  const Fit fit = FitOf("ultimate", UsageHistory(), {"roaming"});
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_THAT(SkippedOf(fit), ElementsAre("surf BELOW_NEED minutes"));
}

TEST_F(NoUsage, TakesNoDearerOverage) {
  shop_.Add("dear", {{"fee", "10"}, {"limit.minutes", "3000"}, {"overage.minutes", "0.02"}});
  shop_.Add("hard", {{"fee", "10"}, {"limit.minutes", "4000"}});
  shop_.Add("steps", {{"fee", "10"}, {"limit.minutes", "4000"}, {"overage.minutes", "0.01/60"}});
  EXPECT_THAT(FitOf("ultimate", UsageHistory(), {"roaming"}).moves, IsEmpty());
  shop_.Add("same", {{"fee", "60"}, {"limit.minutes", "3000"}, {"overage.minutes", "0.01"}});
  EXPECT_THAT(MovesOf(FitOf("ultimate", UsageHistory(), {"roaming"})), ElementsAre("down same+roaming saves 1000"));
}

TEST_F(NoUsage, WithUsageOfSomethingElseTakesItThatNothingWasUsed) {
  shop_.Add("chat", {{"fee", "60"}, {"limit.minutes", "500"}, {"overage.minutes", "0.03"}, {"limit.sms", "10"}});
  const Fit fit = FitOf("ultimate", UsageHistory::Of({{"sms", Units(0), "1"}}));
  EXPECT_THAT(fit.unmentioned_metrics, ElementsAre("minutes"));
  EXPECT_THAT(MovesOf(fit), ElementsAre("down surf saves 5000", "down chat saves 1000"));
}

class Grades : public FitPlanTest {
 protected:
  Grades() {
    shop_.Add("free", {{"fee", "0"}});
    shop_.Add("silver", {{"fee", "5"}, {"perk.lounge", "yes"}});
    shop_.Add("gold", {{"fee", "10"}, {"perk.lounge", "yes"}, {"includes", "valet"}});
    shop_.Add("valet", {{"option_of", "silver"}, {"fee", "3"}, {"perk.valet", "yes"}});
  }
};

TEST_F(Grades, UsageThatNoPlanSpeaksOfIsNone) {
  const Fit fit = FitOf("gold", HistoryOf("visits", {9, 9}));
  EXPECT_EQ(fit.periods, 0u);
  EXPECT_EQ(fit.total_minor, 1000) << "of one interval";
  EXPECT_THAT(fit.ignored_metrics, ElementsAre("visits"));
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_THAT(SkippedOf(fit), ElementsAre("free LACKS_PERK", "silver LACKS_PERK")) << "lounge, valet";
}

TEST_F(Grades, OfWhatAPlanContainsOnlyWhatIsListedIsWanted) {
  EXPECT_THAT(MovesOf(FitOf("gold", UsageHistory(), {"valet"})), ElementsAre("down silver+valet saves 200"));
}

TEST_F(Grades, WithUsagePerksMayBeGivenUp) {
  shop_.Add("small", {{"fee", "1"}, {"limit.visits", "20"}});
  shop_.Add("big", {{"fee", "9"}, {"limit.visits", "20"}, {"perk.lounge", "yes"}});
  EXPECT_THAT(MovesOf(FitOf("big", HistoryOf("visits", {9}))), ElementsAre("down small saves 800"));
}

class Uses : public FitPlanTest {
 protected:
  Uses() {
    shop_.Add("alone", {{"fee", "8"}, {"limit.gb", "1000"}, {"spec.use", "alone"}});
    shop_.Add("firm", {{"fee", "60"}, {"limit.gb", "1000"}, {"spec.use", "Company"}});
    shop_.Add("all", {{"fee", "20"}, {"limit.gb", "1000"}});
  }
};

TEST_F(Uses, AreComparedWithoutCaseAndSpaces) {
  for (const char* use : {"company", " COMPANY "}) {
    subscription_.use = use;
    EXPECT_THAT(MovesOf(FitOf("alone", HistoryOf("gb", {9}))),
                ElementsAre("up all saves -1200", "up firm saves -5200"));
    EXPECT_TRUE(FitOf("firm", HistoryOf("gb", {9})).fits_use);
  }
}

TEST_F(Uses, OneThatNoPlanHasIsIgnoredAndReported) {
  subscription_.use = "enterprise";
  const Fit fit = FitOf("alone", HistoryOf("gb", {9}));
  EXPECT_EQ(fit.unknown_use, "enterprise");
  EXPECT_TRUE(fit.meets_need);
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_EQ(FitOf("firm", HistoryOf("gb", {9})).moves.size(), 1u) << "all, as for the plan's own use";
  subscription_.use = "company";
  EXPECT_EQ(FitOf("alone", HistoryOf("gb", {9})).unknown_use, "");
}

TEST_F(Uses, WhatIsHadBesideThePlanAndUnknownForbidsAdvice) {
  subscription_.unknown_options = {"router"};
  const Fit fit = FitOf("firm", HistoryOf("gb", {9}));
  EXPECT_THAT(fit.unknown_options, ElementsAre("router"));
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_THAT(fit.skipped, IsEmpty());
}

}  // namespace
}  // namespace awase::plans
