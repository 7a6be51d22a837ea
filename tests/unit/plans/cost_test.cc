#include "awase/plans/cost.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CostTest : public ::testing::Test {
 protected:
  CostTest() {
    shop_.Add("surf", {{"fee", "20"},
                       {"limit.minutes", "500"},
                       {"overage.minutes", "0.03"},
                       {"limit.data_mb", "15360"},
                       {"overage.data_mb", "10/1024"},
                       {"limit.rooms", "2"},
                       {"limit.guests", "unlimited"}});
    shop_.Add("team", {{"fee", "5"}, {"fee_per_seat", "8"}, {"limit.seats", "10"}});
    shop_.Add("data", {{"option_of", "surf"}, {"fee", "4"}, {"limit.data_mb", "1024"}});
    shop_.Add("backup", {{"option_of", "team"}, {"fee_per_seat", "1.50"}, {"perk.backup", "yes"}});
    shop_.Book();
  }
  const Plan& plan(absl::string_view id) { return *shop_.PlanOf(id); }

  PlanShop shop_;
};

TEST_F(CostTest, IsTheFeeWithinTheLimits) {
  const Cost cost = CostOf(plan("surf"), {{"minutes", Units(500)}, {"guests", Units(9'000'000)}});
  EXPECT_EQ(cost.fee_minor, 2000);
  EXPECT_EQ(cost.overage_minor, 0);
  EXPECT_TRUE(cost.covers());
}

TEST_F(CostTest, AddsWhatGoesBeyond) {
  const Cost cost = CostOf(plan("surf"), {{"data_mb", {15360 * kMicrosPerUnit + 1}}, {"minutes", Units(600)}});
  EXPECT_EQ(cost.overage_minor, 1000 + 300);
  EXPECT_EQ(cost.total_minor(), 3300);
}

TEST_F(CostTest, DoesNotCoverWhatIsToBeHadAtNoPrice) {
  const Cost cost = CostOf(plan("surf"), {{"minutes", Units(501)}, {"rooms", Units(3)}, {"sms", Units(1)}});
  EXPECT_THAT(cost.not_covered, ElementsAre("rooms", "sms"));
  EXPECT_FALSE(cost.covers());
  EXPECT_EQ(cost.total_minor(), 2003) << "of what is covered";
  EXPECT_THAT(CostOf(plan("surf"), {{"sms", Units(0)}}).not_covered, IsEmpty()) << "none is used";
}

TEST_F(CostTest, PaysForSeatsThatAreBought) {
  EXPECT_EQ(CostOf(plan("team"), {{"seats", Units(7)}}).total_minor(), 500 + 7 * 800);
  EXPECT_EQ(CostOf(plan("team"), {{"seats", {6'500'000}}}).total_minor(), 500 + 7 * 800) << "seats are whole";
  const Configuration bought{.plan = &plan("team"), .options = {}, .seats = 9};
  EXPECT_EQ(CostOf(bought, {{"seats", Units(7)}}).total_minor(), 500 + 9 * 800);
  EXPECT_THAT(CostOf(bought, {{"seats", Units(10)}}).not_covered, ElementsAre("seats"));
  const Configuration too_many{.plan = &plan("team"), .options = {}, .seats = 12};
  EXPECT_THAT(CostOf(too_many, {{"seats", Units(11)}}).not_covered, ElementsAre("seats")) << "the plan has ten at most";
}

TEST_F(CostTest, OptionsAddToLimitsAndFees) {
  const Configuration more{.plan = &plan("surf"), .options = {shop_.OptionOf("data")}};
  EXPECT_EQ(CostOf(more, {{"data_mb", Units(16384)}}).total_minor(), 2400);
  EXPECT_EQ(CostOf(more, {{"data_mb", Units(16385)}}).total_minor(), 3400);
  const Configuration seats{.plan = &plan("team"), .options = {shop_.OptionOf("backup")}, .seats = 4};
  EXPECT_EQ(CostOf(seats, {}).total_minor(), 500 + 4 * 800 + 4 * 150);
  EXPECT_TRUE(shop_.OptionOf("data")->is_capacity);
  EXPECT_FALSE(shop_.OptionOf("backup")->is_capacity);
}

}  // namespace
}  // namespace awase::plans
