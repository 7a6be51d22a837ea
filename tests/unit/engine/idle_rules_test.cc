#include "engine/idle_rules.h"

#include <string>
#include <vector>

#include "awase/engine/explain_product.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Why = IdleRule::Why;

// A camera with a film in its list, and a pen that nothing names.
class IdleRules : public ::testing::Test {
 protected:
  IdleRules() {
    shop_.model().Add("camera", 50000);
    shop_.model().Add("pro", 80000);
    shop_.model().Add("film", 500);
    shop_.model().Add("pen", 100);
    shop_.model().Relate(kAlso, "camera", "film");
  }
  std::vector<IdleRule> Idle(absl::string_view slot, absl::string_view id, const Request& request = PageOf("camera")) {
    auto explanation = ExplainProduct(*shop_.Snap(), request, id, TestNow());
    EXPECT_TRUE(explanation.ok()) << explanation.status();
    if (!explanation.ok()) return {};
    for (const SlotVerdict& verdict : explanation->slots) {
      if (verdict.slot == slot) return verdict.idle_rules;
    }
    ADD_FAILURE() << "no slot " << slot;
    return {};
  }
  rules::Rule& PinPen() { return shop_.AddRule("launch", rules::Pin{"pen", "also_bought", 1, {}}); }
  static rules::ProductSet Of(const std::string& id) {
    rules::ProductSet set;
    set.in.products = {id};
    return set;
  }

  Shop shop_;
};

TEST_F(IdleRules, AConditionThatDoesNotHoldIsNamedByItsKeys) {
  rules::Condition& when = PinPen().when.emplace();
  when.channels = {"app"};
  when.customer.tiers = {"gold"};
  EXPECT_THAT(Idle("also_bought", "pen"), ElementsAre(IdleRule{"launch", Why::kCondition, "",
                                                               "its conditions channels, customer.tiers do not hold"}));
  Request request = PageOf("camera");
  request.channel = "app";
  EXPECT_THAT(Idle("also_bought", "pen", request),
              ElementsAre(IdleRule{"launch", Why::kCondition, "", "its condition customer.tiers does not hold"}));
}

TEST_F(IdleRules, WhatAppliesIsNotIdle) {
  PinPen();
  EXPECT_THAT(Idle("also_bought", "pen"), IsEmpty());
}

TEST_F(IdleRules, OtherPlacementsAndTimesAreNamed) {
  PinPen().placements = {"mail", "cart"};
  shop_.AddRule("over", rules::Pin{"pen", "also_bought", 1, {}}).until = TestNow();
  shop_.AddRule("later", rules::Pin{"pen", "also_bought", 1, {}}).from = TestNow() + absl::Hours(1);
  EXPECT_THAT(Idle("also_bought", "pen"),
              ElementsAre(IdleRule{"launch", Why::kPlacement, "", "it is for other placements (mail, cart)"},
                          IdleRule{"over", Why::kTime, "", "it has ended on 2025-07-01 12:00 UTC"},
                          IdleRule{"later", Why::kTime, "", "it begins on 2025-07-01 13:00 UTC"}));
}

TEST_F(IdleRules, TheStopIsNamed) {
  shop_.AddRule("no-campaigns", rules::Stop{{"pin"}});
  PinPen();
  EXPECT_THAT(Idle("also_bought", "pen"),
              ElementsAre(IdleRule{"launch", Why::kStopped, "no-campaigns", "rule no-campaigns stops it"}));
}

TEST_F(IdleRules, RulesOfOtherPagesAndSlotsDoNotSpeakForItHere) {
  shop_.AddRule("stop", rules::Stop{});
  shop_.AddRule("elsewhere", rules::Pin{"pen", "also_bought", 1, {"film"}});
  PinPen();
  EXPECT_THAT(Idle("also_bought", "film"), IsEmpty());
  EXPECT_THAT(Idle("lower", "pen"), IsEmpty());
  EXPECT_EQ(Idle("also_bought", "pen").size(), 1U);
}

TEST_F(IdleRules, SetsOfRulesAreNamedInTheBundleSlot) {
  shop_.AddRule("stop", rules::Stop{{"bundle"}});
  shop_.AddRule("kit", rules::Bundle{{"camera", "pen"}, "", std::nullopt, ""});
  shop_.AddRule("of-the-pen", rules::Bundle{{"camera", "pen"}, "pen", std::nullopt, ""});
  rules::Bundle menu;
  menu.any_of = {Of("camera"), Of("pen")};
  shop_.AddRule("menu", menu);
  const std::vector<IdleRule> idle = Idle("bundle", "pen");
  ASSERT_EQ(idle.size(), 2U);
  EXPECT_EQ(idle[0].rule_id, "kit");
  EXPECT_EQ(idle[1].rule_id, "menu");
}

TEST_F(IdleRules, AssertedStepsAreNamedInTheirDirection) {
  shop_.AddRule("line", rules::Rung{{"camera", "pro"}, "T", "", false}).placements = {"mail"};
  EXPECT_EQ(Idle("higher", "pro").size(), 1U);
  EXPECT_THAT(Idle("lower", "pro"), IsEmpty());
}

TEST_F(IdleRules, AGateThatWouldOpenTheSlotIsNamedWhereItIsClosed) {
  rules::Gate open;
  open.intents = {"up_sell"};
  open.open = true;
  shop_.AddRule("gold-sees-all", open).when.emplace().customer.tiers = {"gold"};
  EXPECT_THAT(Idle("higher", "pro"), IsEmpty());
  Request detractor = PageOf("camera");
  detractor.customer.nps = 2;
  EXPECT_THAT(Idle("higher", "pro", detractor), ElementsAre(IdleRule{"gold-sees-all", Why::kCondition, "",
                                                                     "its condition customer.tiers does not hold"}));
  EXPECT_THAT(Idle("also_bought", "film", detractor), IsEmpty());
}

TEST_F(IdleRules, BoostsAndQuotasAreNamedOfCandidates) {
  shop_.AddRule("stop", rules::Stop{});
  for (const char* id : {"film", "pen"}) {
    shop_.AddRule(std::string("boost-") + id, rules::Boost{Of(id), 20'000});
    shop_.AddRule(std::string("quota-") + id, rules::Quota{Of(id), 1});
  }
  EXPECT_EQ(Idle("also_bought", "film").size(), 2U);
  EXPECT_THAT(Idle("also_bought", "pen"), IsEmpty()) << "they move what is there";
}

TEST_F(IdleRules, ThereAreNotManyOfThem) {
  shop_.AddRule("stop", rules::Stop{});
  for (int i = 0; i < 30; ++i) shop_.AddRule(std::to_string(i), rules::Pin{"pen", "also_bought", 1, {}});
  EXPECT_EQ(Idle("also_bought", "pen").size(), kMostIdleRules);
}

}  // namespace
}  // namespace awase::engine
