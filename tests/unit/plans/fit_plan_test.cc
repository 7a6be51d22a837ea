#include "awase/plans/fit_plan.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/fit_testing.h"

namespace awase::plans {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

class Storage : public FitPlanTest {
 protected:
  Storage() {
    shop_.Add("free", {{"fee", "0"}, {"limit.gb", "5"}});
    shop_.Add("small", {{"fee", "10"}, {"limit.gb", "100"}});
    shop_.Add("large", {{"fee", "20"}, {"limit.gb", "1000"}});
    shop_.Add("huge", {{"fee", "50"}, {"limit.gb", "unlimited"}});
  }
};

TEST_F(Storage, GoesUpWhenALimitIsNear) {
  const Fit fit = FitOf("small", HistoryOf("gb", {80, 90, 95}));
  EXPECT_FALSE(fit.meets_need) << "95 and a tenth more";
  EXPECT_THAT(MovesOf(fit), ElementsAre("up large saves -3000", "up huge saves -12000"));
  ASSERT_EQ(fit.near_limits.size(), 1u);
  EXPECT_EQ(fit.near_limits[0].metric, "gb");
  EXPECT_EQ(fit.near_limits[0].use, Units(95));
  EXPECT_EQ(fit.near_limits[0].limit, Units(100));
  EXPECT_TRUE(fit.near_limits[0].is_hard);
  EXPECT_THAT(SkippedOf(fit), ElementsAre("free BELOW_NEED gb"));
  EXPECT_EQ(fit.total_minor, 3000);
  EXPECT_EQ(fit.periods, 3u);
}

TEST_F(Storage, LeavesWhatFitsAlone) {
  const Fit fit = FitOf("small", HistoryOf("gb", {50, 60, 70}));
  EXPECT_TRUE(fit.meets_need);
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_THAT(SkippedOf(fit), ElementsAre("free BELOW_NEED gb", "large COSTS_MORE", "huge COSTS_MORE"));
}

TEST_F(Storage, GoesDownToTheCheapestThatCoversTheNeed) {
  EXPECT_THAT(MovesOf(FitOf("huge", HistoryOf("gb", {3, 40, 90}))),
              ElementsAre("down small saves 12000", "down large saves 9000"));
  EXPECT_THAT(MovesOf(FitOf("huge", HistoryOf("gb", {3, 40, 91}))), ElementsAre("down large saves 9000"))
      << "91 and a tenth more are above 100";
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {1, 2, 3}))), ElementsAre("down free saves 3000"));
}

TEST_F(Storage, TheQuantileLetsRarePeaksGo) {
  const UsageHistory history = HistoryOf("gb", {40, 40, 40, 40, 40, 40, 40, 40, 40, 400});
  const Fit fit = FitOf("large", history);
  EXPECT_THAT(MovesOf(fit), ElementsAre("down small saves 9000")) << "nothing is saved in the month that it cuts off";
  EXPECT_EQ(fit.moves[0].uncovered_periods, 1u);
  options_.quantile = 1;
  EXPECT_THAT(FitOf("large", history).moves, IsEmpty());
}

TEST_F(Storage, WaitsAfterAChangeUnlessSomethingIsLacking) {
  subscription_.changed_at = Now() - absl::Hours(24 * 29);
  const Fit down = FitOf("huge", HistoryOf("gb", {3, 40, 90}));
  EXPECT_TRUE(down.is_cooling_down);
  EXPECT_THAT(down.moves, IsEmpty());
  EXPECT_THAT(SkippedOf(down), ElementsAre("free BELOW_NEED gb", "small COOLING_DOWN", "large COOLING_DOWN"));
  EXPECT_FALSE(FitOf("small", HistoryOf("gb", {99})).moves.empty());
  subscription_.changed_at = Now() - absl::Hours(24 * 30);
  EXPECT_FALSE(FitOf("huge", HistoryOf("gb", {3, 40, 90})).moves.empty());
}

TEST_F(Storage, SavesAtLeastTheStatedShare) {
  shop_.Add("almost", {{"fee", "9.10"}, {"limit.gb", "100"}});
  EXPECT_THAT(SkippedOf(FitOf("small", HistoryOf("gb", {50}))),
              ElementsAre("free BELOW_NEED gb", "almost SAVES_TOO_LITTLE", "large COSTS_MORE", "huge COSTS_MORE"));
  options_.min_saving_share = 0.09;
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {50}))), ElementsAre("down almost saves 90"));
}

TEST_F(Storage, ComparesOnlyWhatCanBeCompared) {
  shop_.Add("euro", {{"fee", "1"}, {"limit.gb", "unlimited"}}, "EUR");
  shop_.Add("yearly", {{"fee", "1"}, {"limit.gb", "unlimited"}}).subscription_interval = "year";
  shop_.Add("silent", {{"fee", "1"}, {"limit.rooms", "3"}});
  const Fit fit = FitOf("small", UsageHistory::Of({{"gb", Units(50), "1"}, {"logins", Units(7), "1"}}));
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_THAT(SkippedOf(fit), ElementsAre("euro OTHER_CURRENCY", "free BELOW_NEED gb", "silent BELOW_NEED gb",
                                          "large COSTS_MORE", "huge COSTS_MORE", "yearly OTHER_INTERVAL"));
  EXPECT_THAT(fit.ignored_metrics, ElementsAre("logins"));
}

TEST_F(Storage, LowersNoHardLimitOfWhatTheHistoryDoesNotMention) {
  shop_.Add("odd", {{"fee", "1"}, {"limit.gb", "50"}, {"limit.rooms", "3"}});
  shop_.Add("rooms", {{"fee", "30"}, {"limit.gb", "100"}, {"limit.rooms", "5"}});
  const Fit fit = FitOf("rooms", HistoryOf("gb", {20}));
  EXPECT_THAT(fit.unmentioned_metrics, ElementsAre("rooms"));
  EXPECT_THAT(fit.moves, IsEmpty()) << "who knows how many rooms are used";
  const Fit said = FitOf("rooms", UsageHistory::Of({{"gb", Units(20), "1"}, {"rooms", Units(0), "1"}}));
  EXPECT_THAT(MovesOf(said), ElementsAre("down odd saves 2900", "down small saves 2000", "down large saves 1000"));
}

TEST_F(Storage, ChoosesPlansByKindOfUse) {
  shop_.Add("team", {{"fee", "40"}, {"limit.gb", "1000"}, {"spec.use", "shared"}});
  shop_.Add("security", {{"fee", "60"}, {"limit.gb", "1000"}, {"spec.use", "company"}});
  shop_.Add("alone", {{"fee", "8"}, {"limit.gb", "1000"}, {"spec.use", "alone"}});
  EXPECT_THAT(SkippedOf(FitOf("large", HistoryOf("gb", {900}))),
              ElementsAre("free BELOW_NEED gb", "alone OTHER_USE", "small BELOW_NEED gb", "team OTHER_USE",
                          "huge COSTS_MORE", "security OTHER_USE"));
  subscription_.use = "company";
  const Fit fit = FitOf("alone", HistoryOf("gb", {900}));
  EXPECT_FALSE(fit.fits_use);
  EXPECT_FALSE(fit.meets_need);
  EXPECT_THAT(MovesOf(fit), ElementsAre("up large saves -1200", "up huge saves -4200", "up security saves -5200"));
}

TEST_F(Storage, WithoutUsageNoLimitIsLowered) {
  const Fit fit = FitOf("large", UsageHistory());
  EXPECT_EQ(fit.periods, 0u);
  EXPECT_TRUE(fit.meets_need);
  EXPECT_THAT(fit.moves, IsEmpty());
}

TEST_F(Storage, ADominatedPlanIsLeft) {
  shop_.Add("better", {{"fee", "20"}, {"limit.gb", "2000"}});
  shop_.Add("cheap", {{"fee", "5"}, {"limit.gb", "2000"}});
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {95}))), ElementsAre("down cheap saves 500"))
      << "all moves go one way, that of the best";
}

class Mobile : public FitPlanTest {
 protected:
  Mobile() {
    shop_.Add("surf", {{"fee", "20"}, {"limit.minutes", "500"}, {"overage.minutes", "0.03"}});
    shop_.Add("ultimate", {{"fee", "70"}, {"limit.minutes", "3000"}, {"overage.minutes", "0.01"}});
  }
};

TEST_F(Mobile, GoesUpWhenOverageCostsMoreThanTheStep) {
  EXPECT_THAT(FitOf("surf", HistoryOf("minutes", {2166})).moves, IsEmpty()) << "49.98 USD of overage";
  const Fit fit = FitOf("surf", HistoryOf("minutes", {2167, 2167}));
  EXPECT_THAT(MovesOf(fit), ElementsAre("up ultimate saves 2"));
  EXPECT_TRUE(fit.meets_need) << "at a price";
  ASSERT_EQ(fit.near_limits.size(), 1u);
  EXPECT_FALSE(fit.near_limits[0].is_hard);
}

TEST_F(Mobile, ALimitThatCanBePassedIsAMatterOfMoneyAlone) {
  EXPECT_THAT(FitOf("surf", HistoryOf("minutes", {499, 499})).moves, IsEmpty());
  EXPECT_THAT(MovesOf(FitOf("ultimate", HistoryOf("minutes", {600, 1900}))), ElementsAre("down surf saves 5500"));
}

class Team : public FitPlanTest {
 protected:
  Team() {
    shop_.Add("standard", {{"fee_per_seat", "10"}, {"limit.seats", "20"}});
    shop_.Add("pro", {{"fee_per_seat", "18"}, {"includes", "backup,support"}});
    shop_.Add("backup", {{"option_of", "standard"}, {"fee_per_seat", "5"}, {"perk.backup", "yes"}});
    shop_.Add("support", {{"option_of", "standard"}, {"fee_per_seat", "4"}, {"perk.support", "yes"}});
    shop_.Add("api", {{"option_of", "pro"}, {"fee", "30"}, {"perk.api", "yes"}});
  }
};

TEST_F(Team, OffersMoreSeatsWhenTheyAreTaken) {
  subscription_.seats = 10;
  const Fit fit = FitOf("standard", HistoryOf("seats", {8, 9, 10}));
  EXPECT_FALSE(fit.meets_need);
  EXPECT_THAT(MovesOf(fit), ElementsAre("up standard x11 saves -3000", "up pro x11 saves -29400"));
}

TEST_F(Team, OffersFewerSeatsWhenTheyAreUnused) {
  subscription_.seats = 10;
  EXPECT_THAT(MovesOf(FitOf("standard", HistoryOf("seats", {3, 3, 4}))), ElementsAre("down standard x4 saves 18000"));
  subscription_.seats = 11;
  EXPECT_THAT(FitOf("standard", HistoryOf("seats", {9, 9, 10})).moves, IsEmpty()) << "a tenth more, in whole seats";
}

TEST_F(Team, TakesTheLargerPlanWhereSeatsEnd) {
  subscription_.seats = 20;
  EXPECT_THAT(MovesOf(FitOf("standard", HistoryOf("seats", {20}))), ElementsAre("up pro x22 saves -19600"));
}

TEST_F(Team, KeepsSeatsThatNobodyCounted) {
  EXPECT_THAT(FitOf("standard", HistoryOf("seats", {7})).moves, IsEmpty()) << "nobody says how many are bought";
  subscription_.seats = 7;
  EXPECT_THAT(FitOf("standard", UsageHistory()).moves, IsEmpty());
}

TEST_F(Team, OffersThePlanThatContainsTheOptions) {
  subscription_.seats = 5;
  const Fit one = FitOf("standard", UsageHistory(), {"backup"});
  EXPECT_THAT(one.moves, IsEmpty()) << "15 a seat";
  EXPECT_EQ(one.total_minor, 7500);
  const Fit both = FitOf("standard", UsageHistory(), {"backup", "support"});
  EXPECT_THAT(MovesOf(both), ElementsAre("up pro x5 saves 500")) << "19 a seat, or 18";
}

TEST_F(Team, UnbundlesWhatIsNotUsed) {
  subscription_.seats = 5;
  const UsageHistory history = HistoryOf("seats", {5});
  EXPECT_THAT(MovesOf(FitOf("pro", history, {"backup"})), ElementsAre("down standard+backup x5 saves 1500"));
  EXPECT_THAT(FitOf("pro", history, {"backup", "support"}).moves, IsEmpty());
  EXPECT_THAT(SkippedOf(FitOf("pro", history, {"api"})), ElementsAre("standard LACKS_OPTION"));
}

TEST_F(Team, FindsAPlanForAnOptionThatTheCurrentOneDoesNotGoWith) {
  subscription_.seats = 5;
  const Fit fit = FitOf("standard", HistoryOf("seats", {5}), {"api"});
  EXPECT_FALSE(fit.has_options);
  EXPECT_FALSE(fit.meets_need);
  EXPECT_EQ(fit.total_minor, 5000) << "what is not had is not paid for";
  EXPECT_THAT(MovesOf(fit), ElementsAre("up pro+api x5 saves -7000"));
}

TEST_F(Team, ChargesOverageForSeatsThatAreSaid) {
  shop_.Add("team", {{"fee_per_seat", "8"}, {"limit.gb", "100"}});
  shop_.Add("flat", {{"fee", "20"}, {"limit.gb", "100"}, {"limit.seats", "2"}, {"overage.seats", "10"}});
  subscription_.seats = 4;
  const Fit with_use = FitOf("team", HistoryOf("gb", {50, 60}));
  EXPECT_EQ(with_use.total_minor, 2 * 3200);
  EXPECT_THAT(with_use.moves, IsEmpty()) << "20 and two seats at 10 are more than 32";
  EXPECT_THAT(with_use.unmentioned_metrics, IsEmpty()) << "the seats are said";
  const Fit without_use = FitOf("team", UsageHistory());
  EXPECT_EQ(without_use.total_minor, 3200);
  EXPECT_THAT(without_use.moves, IsEmpty());
  subscription_.seats = 3;
  EXPECT_THAT(FitOf("flat", HistoryOf("gb", {50})).moves, ElementsAre(Field(&Move::saving_minor, 3000 - 2400)));
}

TEST_F(Team, PaysForTheMembersWhereNobodySaysWhatIsBought) {
  const Fit fit = FitOf("standard", HistoryOf("seats", {10, 10}));
  EXPECT_EQ(fit.total_minor, 2 * 10 * 1000) << "ten, not eleven with the headroom";
  EXPECT_TRUE(fit.meets_need);
  EXPECT_THAT(fit.near_limits, IsEmpty());
  EXPECT_THAT(fit.moves, IsEmpty());
  const Fit full = FitOf("standard", HistoryOf("seats", {20}));
  EXPECT_FALSE(full.meets_need) << "the plan ends at 20";
  EXPECT_THAT(MovesOf(full), ElementsAre("up pro x20 saves -16000"));
}

class Solo : public FitPlanTest {
 protected:
  Solo() {
    shop_.Add("solo", {{"fee", "10"}, {"limit.gb", "100"}});
    shop_.Add("team", {{"fee_per_seat", "15"}, {"limit.gb", "100"}});
  }
};

TEST_F(Solo, OneMemberFitsAnyPlan) {
  subscription_.seats = 1;
  const Fit fit = FitOf("solo", HistoryOf("gb", {50}));
  EXPECT_TRUE(fit.meets_need);
  EXPECT_THAT(fit.moves, IsEmpty());
  EXPECT_THAT(MovesOf(FitOf("team", HistoryOf("gb", {50}))), ElementsAre("down solo saves 500"));
  EXPECT_THAT(FitOf("solo", UsageHistory::Of({{"gb", Units(50), "1"}, {"seats", Units(1), "1"}})).moves, IsEmpty());
  subscription_.seats = 2;
  EXPECT_THAT(MovesOf(FitOf("solo", HistoryOf("gb", {50}))), ElementsAre("up team x2 saves -2000"));
}

TEST_F(Solo, IsNotedWhereOthersArePaidPerSeat) {
  EXPECT_THAT(shop_.Book().Review(),
              Contains(AllOf(Field(&Fault::product_id, "solo"), Field(&Fault::column, "limit.seats"))));
}

// No plan has a word on seats: they say what the option costs, and limit nothing.
TEST_F(FitPlanTest, SeatsOfAnOptionAloneLimitNoPlan) {
  shop_.Add("flat", {{"fee", "10"}, {"limit.gb", "100"}});
  shop_.Add("large", {{"fee", "30"}, {"limit.gb", "1000"}});
  shop_.Add("support", {{"option_of", "flat;large"}, {"fee_per_seat", "2"}, {"perk.support", "yes"}});
  shop_.Add("share", {{"option_of", "flat;large"}, {"fee_per_seat", "1"}, {"limit.gb", "100"}});
  subscription_.seats = 5;
  EXPECT_THAT(MovesOf(FitOf("large", HistoryOf("gb", {50}), {"support"})),
              ElementsAre("down flat+support x5 saves 2000"));
  EXPECT_THAT(MovesOf(FitOf("flat", HistoryOf("gb", {50}), {"share"})), ElementsAre("down flat saves 500"));
  EXPECT_TRUE(FitOf("flat", HistoryOf("gb", {50})).meets_need);
  EXPECT_THAT(MovesOf(FitOf("flat", UsageHistory::Of({{"gb", Units(50), "1"}, {"seats", Units(3), "1"}}), {"support"})),
              ElementsAre("down flat+support x3 saves 400"));
}

TEST_F(FitPlanTest, WhatCostsMoreIsNoStepDown) {
  shop_.Add("hard", {{"fee", "30"}, {"limit.gb", "100"}});
  shop_.Add("metered", {{"fee", "10"}, {"limit.gb", "50"}, {"overage.gb", "1"}});
  EXPECT_THAT(MovesOf(FitOf("hard", HistoryOf("gb", {95}))), ElementsAre("up metered saves -2500"));
}

TEST_F(FitPlanTest, NothingIsSavedByUseThatCannotBeHad) {
  shop_.Add("pay", {{"fee", "10"}, {"limit.gb", "100"}, {"overage.gb", "1"}});
  shop_.Add("flat", {{"fee", "15"}, {"limit.gb", "100"}});
  const Fit fit = FitOf("pay", HistoryOf("gb", {50, 50, 50, 50, 50, 50, 50, 50, 50, 400}));
  EXPECT_EQ(fit.total_minor, 40000);
  EXPECT_THAT(fit.moves, IsEmpty()) << "300 of the 400 are not to be had there";
  EXPECT_THAT(SkippedOf(fit), ElementsAre("flat COSTS_MORE"));
}

TEST_F(FitPlanTest, EndsWhereNumbersEnd) {
  shop_.Add("dear", {{"fee_per_seat", "9999999999999"}});
  shop_.Add("cheap", {{"fee_per_seat", "1"}});
  subscription_.seats = 10'000'000'000'000;
  std::vector<UsageRecord> records;
  for (int i = 0; i < 10'000; ++i) records.push_back({"seats", kMostQuantity, std::to_string(i)});
  const Fit fit = FitOf("dear", UsageHistory::Of(records));
  EXPECT_EQ(fit.total_minor, kMostTotalMinor);
  EXPECT_THAT(FitOf("dear", UsageHistory()).moves, ElementsAre(Field(&Move::total_minor, 100'000'000'000'000)));
}

}  // namespace
}  // namespace awase::plans
