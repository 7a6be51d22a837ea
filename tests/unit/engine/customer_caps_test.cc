#include "engine/customer_caps.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

// A camera with film and bag in also_bought and in sets, and a better camera.
class CustomerCaps : public ::testing::Test {
 protected:
  CustomerCaps() {
    for (const char* id : {"camera", "film", "bag"}) shop_.model().Add(id, 1000);
    shop_.model().Add("better", 2000).brand = "B";
    for (const relations::RelationKind kind : {kAlso, kTogether}) {
      shop_.model().Relate(kind, "camera", "film", {.together = 30, .claim = true});
      shop_.model().Relate(kind, "camera", "bag", {.together = 20, .claim = true});
    }
    shop_.model().AddRung("camera", "better", kUp, 1);
    request_.explanation = Explanation::kTrace;
  }

  rules::Cap& AddCap(std::uint32_t at_most, absl::Duration within = 7 * kDay) {
    rules::Cap cap;
    cap.at_most = at_most;
    cap.within = within;
    return std::get<rules::Cap>(shop_.AddRule("cap", cap).action);
  }

  void Saw(const std::string& product, Intent intent, absl::Duration ago, ExposureEvent event = ExposureEvent::kShown) {
    request_.customer.exposures.push_back({product, intent, event, TestNow() - ago});
  }

  std::vector<std::string> Offered(absl::string_view slot) { return shop_.Ids(SlotOf(shop_.Ask(request_), slot)); }

  Shop shop_;
  Request request_ = PageOf("camera");
};

TEST_F(CustomerCaps, AProductIsOfferedSoOftenInATime) {
  AddCap(2);
  Saw("film", Intent::kCrossSell, 1 * kDay);
  EXPECT_THAT(Offered("bundle"), ElementsAre("film"));
  Saw("film", Intent::kUpSell, 2 * kDay);
  const Answer answer = shop_.Ask(request_);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "bundle")), ElementsAre("bag"));
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), IsEmpty());
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kCappedInTime), 1U);
  ASSERT_FALSE(answer.trace.empty());
  EXPECT_EQ(answer.trace[0].rule_id, "cap");
}

TEST_F(CustomerCaps, TheTimeSlidesAndItsEndIsOutside) {
  AddCap(1);
  Saw("better", Intent::kUpSell, 7 * kDay);
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
  request_.customer.exposures[0].time += absl::Nanoseconds(1);
  EXPECT_THAT(Offered("higher"), IsEmpty());
}

TEST_F(CustomerCaps, ATimeToComeCounts) {
  AddCap(1);
  Saw("better", Intent::kUpSell, -kDay);
  EXPECT_THAT(Offered("higher"), IsEmpty());
}

TEST_F(CustomerCaps, AVariantCountsForItsRoot) {
  shop_.model().Add("better_red", 2000).parent_id = "better";
  AddCap(1);
  Saw("better_red", Intent::kUpSell, kDay);
  EXPECT_THAT(Offered("higher"), IsEmpty());
}

TEST_F(CustomerCaps, OfAnIntentAllOfItIsOver) {
  AddCap(2).intents = {"up_sell"};
  Saw("gone", Intent::kUpSell, 1 * kDay);  // has left the catalogue, and was shown
  Saw("film", Intent::kCrossSell, 1 * kDay);
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
  Saw("other", Intent::kUpSell, 2 * kDay);
  EXPECT_THAT(Offered("higher"), IsEmpty());
  EXPECT_THAT(Offered("bundle"), ElementsAre("film"));
}

TEST_F(CustomerCaps, WhatOneAnswerShowedCountsOnce) {
  AddCap(2).intents = {"up_sell"};
  Saw("x", Intent::kUpSell, 1 * kDay);
  Saw("y", Intent::kUpSell, 1 * kDay);
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
}

TEST_F(CustomerCaps, OfASetAndOfIntents) {
  rules::Cap& cap = AddCap(1);
  cap.matching = rules::ProductSet{{.products = {"film", "better"}}, {}};
  cap.intents = {"cross_sell"};
  Saw("better", Intent::kUpSell, kDay);
  EXPECT_THAT(Offered("bundle"), ElementsAre("film"));
  Saw("film", Intent::kCrossSell, kDay);
  EXPECT_THAT(Offered("bundle"), ElementsAre("bag"));
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));  // of another intent
}

TEST_F(CustomerCaps, ACoolDownBeginsWithADismissal) {
  rules::Cap& cap = AddCap(0, 30 * kDay);
  cap.intents = {"up_sell"};
  cap.after = rules::Cap::After::kDismissed;
  Saw("better", Intent::kUpSell, 3 * kDay);
  Saw("better", Intent::kUpSell, 2 * kDay, ExposureEvent::kBought);
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
  Saw("better", Intent::kUpSell, 1 * kDay, ExposureEvent::kDismissed);
  EXPECT_THAT(Offered("higher"), IsEmpty());
  request_.customer.exposures.back().time = TestNow() - 30 * kDay;
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
}

TEST_F(CustomerCaps, ACoolDownMayAllowSome) {
  AddCap(1, 30 * kDay).after = rules::Cap::After::kDismissed;
  Saw("better", Intent::kUpSell, 5 * kDay);
  Saw("better", Intent::kUpSell, 4 * kDay, ExposureEvent::kDismissed);
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
  Saw("better", Intent::kUpSell, 3 * kDay);
  EXPECT_THAT(Offered("higher"), IsEmpty());
}

TEST_F(CustomerCaps, WhatWasBoughtNeedsNoIntent) {
  AddCap(0, 30 * kDay).after = rules::Cap::After::kBought;
  request_.customer.exposures = {{"film", std::nullopt, ExposureEvent::kBought, TestNow() - kDay}};
  EXPECT_THAT(Offered("bundle"), ElementsAre("bag"));
}

TEST_F(CustomerCaps, APurchaseOfNoIntentBeginsARestFromAnyIntent) {
  rules::Cap& cap = AddCap(0, 30 * kDay);
  cap.after = rules::Cap::After::kBought;
  cap.intents = {"up_sell"};
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
  request_.customer.exposures = {{"film", std::nullopt, ExposureEvent::kBought, TestNow() - kDay}};
  EXPECT_THAT(Offered("higher"), IsEmpty());
}

TEST_F(CustomerCaps, BindPinsAndSetsOfRules) {
  AddCap(1);
  shop_.AddRule("kit", rules::Bundle{{"camera", "bag"}, "", std::nullopt, ""});
  shop_.AddRule("pin", rules::Pin{"film", "also_bought", 1, {}});
  Saw("bag", Intent::kCrossSell, kDay);
  Saw("film", Intent::kCrossSell, kDay);
  const Answer answer = shop_.Ask(request_);
  EXPECT_THAT(SlotOf(answer, "bundle").offers, IsEmpty());
  EXPECT_THAT(SlotOf(answer, "also_bought").offers, IsEmpty());
  for (const TraceEntry& entry : answer.trace) EXPECT_EQ(entry.rule_id, "cap") << entry.product_id;
}

TEST_F(CustomerCaps, ActOnlyWhereTheirRuleApplies) {
  AddCap(1);
  shop_.rules().rules[0].placements = {"mail"};
  Saw("better", Intent::kUpSell, kDay);
  EXPECT_THAT(Offered("higher"), ElementsAre("better"));
}

TEST_F(CustomerCaps, TheRuleOfHigherPriorityIsNamed) {
  AddCap(1).intents = {"up_sell"};
  AddCap(1);
  shop_.rules().rules[0].id = "first";
  Saw("better", Intent::kUpSell, kDay);
  Saw("film", Intent::kCrossSell, kDay);
  for (const TraceEntry& entry : shop_.Ask(request_).trace) {
    if (entry.cause != RemovalCause::kCappedInTime) continue;
    EXPECT_EQ(entry.rule_id, entry.product_id == "better" ? "first" : "cap");
  }
}

}  // namespace
}  // namespace awase::engine
