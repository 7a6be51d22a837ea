// FitPlan where options matter: those that a plan includes, and those that only give more of a metric.

#include "absl/strings/str_cat.h"
#include "awase/plans/fit_plan.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/fit_testing.h"

namespace awase::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

UsageHistory UseOf(std::int64_t gb, std::int64_t sms) {
  return UsageHistory::Of({{"gb", Units(gb), "1"}, {"sms", Units(sms), "1"}});
}

// Of sms only the pack speaks.
class IncludedPack : public FitPlanTest {
 protected:
  IncludedPack() {
    shop_.Add("small", {{"fee", "10"}, {"limit.gb", "100"}});
    shop_.Add("large", {{"fee", "20"}, {"limit.gb", "1000"}, {"includes", "sms_pack"}});
    shop_.Add("sms_pack", {{"option_of", "small"}, {"fee", "5"}, {"limit.sms", "500"}});
  }
};

TEST_F(IncludedPack, IsNotLostOnTheWayDown) {
  const Fit fit = FitOf("large", UseOf(50, 300));
  EXPECT_THAT(fit.ignored_metrics, IsEmpty());
  EXPECT_THAT(MovesOf(fit), ElementsAre("down small+sms_pack saves 500"));
  EXPECT_THAT(MovesOf(FitOf("large", UseOf(50, 0))), ElementsAre("down small saves 1000"));
  EXPECT_THAT(FitOf("large", HistoryOf("gb", {50})).moves, ElementsAre(Field(&Move::saving_minor, 500)))
      << "who knows how many sms are used";
}

TEST_F(IncludedPack, MakesThePlanThatContainsItTheOffer) {
  shop_.Add("bundle", {{"fee", "13"}, {"limit.gb", "100"}, {"includes", "sms_pack"}});
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(50, 300), {"sms_pack"})), ElementsAre("up bundle saves 200"));
}

TEST_F(IncludedPack, IsAdvisedToWhoUsesWhatOnlyAnOptionGives) {
  shop_.Add("voice_pack", {{"option_of", "small"}, {"fee", "4"}, {"limit.minutes", "100"}});
  const UsageHistory history = UsageHistory::Of({{"gb", Units(50), "1"}, {"minutes", Units(60), "1"}});
  EXPECT_THAT(MovesOf(FitOf("small", history)), ElementsAre("up small+voice_pack saves -400"));
}

TEST_F(FitPlanTest, ALimitOfThePlanIsTheWholeAmount) {
  shop_.Add("stated", {{"fee", "10"}, {"limit.gb", "100"}, {"includes", "a"}});
  shop_.Add("silent", {{"fee", "10"}, {"overage.gb", "1"}, {"includes", "a,b"}});
  shop_.Add("none", {{"fee", "10"}, {"limit.gb", "0"}, {"includes", "a,endless"}});
  shop_.Add("a", {{"option_of", "stated"}, {"fee", "1"}, {"limit.gb", "50"}});
  shop_.Add("b", {{"option_of", "stated"}, {"fee", "1"}, {"limit.gb", "30"}});
  shop_.Add("endless", {{"option_of", "stated"}, {"fee", "1"}, {"limit.gb", "unlimited"}});
  shop_.Book();
  EXPECT_EQ(shop_.PlanOf("stated")->FindTerm("gb")->limit, Units(100));
  EXPECT_EQ(shop_.PlanOf("silent")->FindTerm("gb")->limit, Units(80));
  EXPECT_TRUE(shop_.PlanOf("silent")->FindTerm("gb")->overage.has_value());
  EXPECT_EQ(shop_.PlanOf("none")->FindTerm("gb")->limit, std::nullopt);
}

class Capacity : public FitPlanTest {
 protected:
  Capacity() {
    shop_.Add("small", {{"fee", "10"}, {"limit.gb", "100"}});
    shop_.Add("large", {{"fee", "20"}, {"limit.gb", "1000"}});
    shop_.Add("more", {{"option_of", "small;large"}, {"fee", "3"}, {"limit.gb", "50"}});
    shop_.Add("much_more", {{"option_of", "small"}, {"fee", "7"}, {"limit.gb", "200"}});
  }
};

TEST_F(Capacity, AnOptionIsARungOfItsOwn) {
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {110}))),
              ElementsAre("up small+more saves -300", "up large saves -1000"));
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {180}), {"more"})),
              ElementsAre("up small+much_more saves -400", "up large saves -700"));
}

TEST_F(Capacity, AnOptionThatIsNotNeededGoes) {
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {60}), {"more"})), ElementsAre("down small saves 300"));
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {120}), {"more", "much_more"})),
              ElementsAre("down small+more saves 700"));
}

// Two metrics, each with options of its own.
class TwoMetrics : public FitPlanTest {
 protected:
  TwoMetrics() {
    shop_.Add("small", {{"fee", "10"}, {"limit.gb", "100"}, {"limit.sms", "100"}});
    shop_.Add("large", {{"fee", "100"}, {"limit.gb", "1000"}, {"limit.sms", "1000"}});
    AddOption("gb50", "3", "gb", 50);
    AddOption("sms50", "3", "sms", 50);
  }
  void AddOption(absl::string_view id, const std::string& fee, const std::string& metric, std::int64_t units) {
    shop_.Add(id, {{"option_of", "small"}, {"fee", fee}, {"limit." + metric, std::to_string(units)}});
  }
};

TEST_F(TwoMetrics, OneOptionForEachIsEnough) {
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(110, 110))),
              ElementsAre("up small+gb50+sms50 saves -600", "up large saves -9000"));
}

TEST_F(TwoMetrics, FewerAndOtherOptionsAreFound) {
  AddOption("gb20", "1", "gb", 20);
  AddOption("gb80", "6", "gb", 80);
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(100, 100), {"gb50", "sms50", "gb80"})),
              ElementsAre("down small+sms50+gb20 saves 800"));
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(150, 100), {"gb50", "sms50"})),
              ElementsAre("up small+gb50+sms50+gb20 saves -100", "up large saves -8400"));
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(120, 100), {"gb80", "sms50"})),
              ElementsAre("down small+gb50+sms50 saves 300"));
}

// So many that not all sets of them are tried.
TEST_F(TwoMetrics, OfManyOptionsTheCheapestForEachLackAreFound) {
  for (int i = 1; i <= 5; ++i) AddOption("sms" + std::to_string(i), std::to_string(3 + i), "sms", 10 * i);
  for (int i = 1; i <= 5; ++i) AddOption("gb" + std::to_string(i), std::to_string(3 + i), "gb", 10 * i);
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(110, 110))),
              ElementsAre("up small+gb50+sms50 saves -600", "up large saves -9000"));
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(110, 90), {"gb50", "sms1"})), ElementsAre("down small+gb50 saves 400"));
  EXPECT_THAT(MovesOf(FitOf("small", UseOf(160, 110), {"gb1"})),
              ElementsAre("up small+gb50+sms50+gb3 saves -800", "up large saves -8600"));
}

// Were each lack filled by trying every option beside every other one, this would not come back.
TEST_F(FitPlanTest, HundredsOfOptionsOfOneMetricAreLookedAtInNoTime) {
  shop_.Add("small", {{"fee", "10"}, {"limit.gb", "100"}});
  for (int i = 0; i < 400; ++i) {
    const std::string id = absl::StrCat("gb", 1000 + i);
    shop_.Add(id, {{"option_of", "small"}, {"fee", absl::StrCat(3 + i)}, {"limit.gb", absl::StrCat(50 + i)}});
  }
  const Fit beyond_all = FitOf("small", HistoryOf("gb", {1'000'000'000}));
  EXPECT_THAT(beyond_all.moves, IsEmpty());
  EXPECT_FALSE(beyond_all.meets_need);
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {130}))), ElementsAre("up small+gb1000 saves -300"));
  // 550 are needed, 450 more: 50 of the cheapest option, and the cheapest that ends what is then left.
  EXPECT_THAT(MovesOf(FitOf("small", HistoryOf("gb", {500}))), ElementsAre("up small+gb1000+gb1350 saves -35600"));
}

}  // namespace
}  // namespace awase::plans
