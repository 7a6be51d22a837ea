#include "engine/plan_advice.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Columns = std::vector<std::pair<std::string, std::string>>;

plans::Quantity Units(std::int64_t units) { return {units * plans::kMicrosPerUnit}; }

class PlanAdviceTest : public ::testing::Test {
 protected:
  PlanAdviceTest() {
    AddPlan("small", 1000, {{"limit.storage_gb", "100"}, {"limit.rooms", "1"}});
    AddPlan("large", 2000, {{"limit.storage_gb", "1000"}, {"limit.rooms", "1"}, {"perk.priority_support", "yes"}});
    AddPlan("huge", 5000,
            {{"limit.storage_gb", "unlimited"},
             {"limit.rooms", "1"},
             {"includes", "backup"},
             {"perk.priority_support", "yes"}});
    AddPlan("more", 300, {{"option_of", "small"}, {"limit.storage_gb", "20"}});
    AddPlan("backup", 3500, {{"option_of", "small,large"}, {"perk.backup", "yes"}});
    shop_.model().AddRung("small", "large", kUp);
    shop_.model().AddRung("large", "small", kDown);
  }

  catalog::Product& AddPlan(absl::string_view id, std::int64_t price, Columns columns) {
    catalog::Product& product = shop_.model().Add(id, price);
    product.family = "storage";
    product.subscription_interval = "month";
    std::sort(columns.begin(), columns.end());
    for (const auto& [name, text] : columns) product.attributes.push_back({name, text, std::nullopt});
    return product;
  }

  Request RequestOn(absl::string_view plan, const std::vector<std::int64_t>& storage) {
    Request request = PageOf(plan);
    request.placement = "renewal";
    for (std::size_t i = 0; i < storage.size(); ++i) {
      request.customer.usage.push_back({"storage_gb", Units(storage[i]), std::to_string(i)});
    }
    return request;
  }

  Shop shop_;
};

TEST_F(PlanAdviceTest, WithoutUsageShowsTheNeighbours) {
  const Answer answer = shop_.Ask(RequestOn("small", {}));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("large"));
  const Offer& offer = SlotOf(answer, "higher").offers[0];
  EXPECT_EQ(offer.reason.source, Source::kLadder);
  EXPECT_FALSE(offer.plan_change.has_value());
  EXPECT_THAT(offer.reason.text, HasSubstr(", priority support")) << "a perk is said as what is gained";
}

TEST_F(PlanAdviceTest, AStepThatARuleForbidsIsNotMade) {
  shop_.AddRule("never", rules::Rung{{"small", "large"}, "Sato", "", /*forbid=*/true});
  const Answer answer = shop_.Ask(RequestOn("small", {80, 120}));
  EXPECT_EQ(Removed(SlotOf(answer, "higher"), RemovalCause::kHiddenByRule), 1U);
  for (const Offer& offer : SlotOf(answer, "higher").offers) EXPECT_NE(shop_.IdOf(offer.product), "large");
}

TEST_F(PlanAdviceTest, GoesUpWhenALimitIsNear) {
  const Answer answer = shop_.Ask(RequestOn("small", {80, 120}));
  EXPECT_THAT(SlotOf(answer, "lower").offers, IsEmpty());
  EXPECT_THAT(SlotOf(answer, "lower").empty_reason, HasSubstr("see the slot higher"));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("large"));
  const Offer& offer = SlotOf(answer, "higher").offers[0];
  EXPECT_EQ(offer.intent, Intent::kUpSell);
  EXPECT_EQ(offer.reason.source, Source::kPlan);
  EXPECT_EQ(offer.reason.text,
            "storage gb: 120 of 100 used. For your use of 2 months this costs USD 40.00 instead of USD 20.00: "
            "USD 20.00 more.");
  EXPECT_EQ(offer.price_difference, Usd(1000));
  ASSERT_TRUE(offer.plan_change.has_value());
  EXPECT_EQ(offer.plan_change->cost_now, Usd(2000));
  EXPECT_EQ(offer.plan_change->cost_then, Usd(4000));
  EXPECT_EQ(offer.plan_change->periods, 2u);
  ASSERT_EQ(offer.plan_change->near_limits.size(), 1u);
  EXPECT_TRUE(offer.plan_change->near_limits[0].is_hard);
  ASSERT_FALSE(offer.differences.empty());
  EXPECT_EQ(offer.differences[0].name, "limit.storage_gb");
  EXPECT_EQ(offer.differences[0].offer_value, "1,000");
  for (const SpecDifference& difference : offer.differences) EXPECT_NE(difference.name, "includes");
}

TEST_F(PlanAdviceTest, GoesDownAndSaysTheSaving) {
  Request request = RequestOn("huge", {5, 7, 9});
  request.language_code = "ja";
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty());
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "lower")), ElementsAre("small")) << "one: it is advice, not a choice";
  EXPECT_EQ(Removed(SlotOf(answer, "lower"), RemovalCause::kLimit), 1u);
  EXPECT_EQ(SlotOf(answer, "lower").offers[0].reason.text,
            "「The backup」、priority supportは外れます。"
            "3か月分のご利用実績では、料金がUSD 150.00からUSD 30.00になり、USD 120.00お得です。");
}

TEST_F(PlanAdviceTest, AnOptionIsARungOfItsOwn) {
  const Answer answer = shop_.Ask(RequestOn("small", {100}));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("more"));
  const Offer& offer = SlotOf(answer, "higher").offers[0];
  EXPECT_EQ(offer.plan_change->from, offer.plan_change->to);
  EXPECT_EQ(offer.plan_change->options.size(), 1u);
  EXPECT_EQ(offer.price_difference, Usd(300));
  EXPECT_EQ(offer.plan_change->fee_then.minor_units - offer.plan_change->fee_now.minor_units, 300);
  EXPECT_EQ(offer.plan_change->fee_now, Usd(1000)) << "the plan's fee, where the offer's product is the option";
  EXPECT_THAT(offer.reason.text, HasSubstr("With The more. "));
  ASSERT_EQ(offer.differences.size(), 1u);
  EXPECT_EQ(offer.differences[0].anchor_value, "100");
  EXPECT_EQ(offer.differences[0].offer_value, "120");
}

TEST_F(PlanAdviceTest, OffersThePlanThatContainsTheOptions) {
  Request request = RequestOn("large", {});
  request.customer.subscription = SubscriptionState{.option_ids = {"backup"}};
  const Answer answer = shop_.Ask(request);
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("huge"));
  EXPECT_EQ(SlotOf(answer, "higher").offers[0].reason.text,
            "Contains The backup. Costs USD 50.00 instead of USD 55.00 a month: you save USD 5.00.");
}

TEST_F(PlanAdviceTest, ProposesNothingBesideAnOptionThatIsNotKnown) {
  Request request = RequestOn("huge", {5});
  request.customer.subscription = SubscriptionState{.option_ids = {"bakcup"}};
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(answer.missing_ids, ElementsAre("bakcup"));
  EXPECT_THAT(SlotOf(answer, "lower").offers, IsEmpty()) << "what is paid now is not known";
  EXPECT_THAT(SlotOf(answer, "lower").empty_reason, HasSubstr("option_ids names bakcup"));
}

TEST_F(PlanAdviceTest, SpeaksOfTheSubscriptionNotOfThePage) {
  Request request = RequestOn("huge", {500});
  request.customer.subscription = SubscriptionState{.product_id = "small"};
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "higher")), ElementsAre("large"));
  request.customer.subscription->product_id = "gone";
  const Answer unknown = shop_.Ask(request);
  EXPECT_THAT(unknown.missing_ids, ElementsAre("gone"));
  EXPECT_THAT(SlotOf(unknown, "higher").offers, IsEmpty());
  EXPECT_THAT(SlotOf(unknown, "higher").empty_reason, HasSubstr("does not have subscription.product_id"));
}

TEST_F(PlanAdviceTest, SaysThatAPlanHasAFault) {
  AddPlan("odd", 900, {{"limit.storage_gb", "10 GB"}});
  const Answer answer = shop_.Ask(RequestOn("odd", {5}));
  EXPECT_THAT(SlotOf(answer, "higher").empty_reason, HasSubstr("a column of odd cannot be read"));
  EXPECT_THAT(SlotOf(answer, "lower").empty_reason, HasSubstr("a column of odd cannot be read"));
}

TEST_F(PlanAdviceTest, TakesNoMonthsForYears) {
  AddPlan("yearly", 9000, {{"limit.storage_gb", "100"}}).subscription_interval = "P1Y";
  Request request = RequestOn("yearly", {});
  request.customer.usage = {{"storage_gb", Units(90), "2026-01"}, {"storage_gb", Units(95), "2026-02"}};
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty());
  EXPECT_THAT(SlotOf(answer, "higher").empty_reason,
              HasSubstr("the usage is by month, and the plan is paid each year"));
  request.customer.usage[0].period = "2025";
  EXPECT_THAT(SlotOf(shop_.Ask(request), "higher").empty_reason, ::testing::Not(HasSubstr("by month")));
}

TEST_F(PlanAdviceTest, SaysWhatThePlanDoesNotGiveAtAll) {
  AddPlan("bare", 500, {{"limit.rooms", "1"}});
  const Answer answer = shop_.Ask(RequestOn("bare", {5}));
  ASSERT_FALSE(SlotOf(answer, "higher").offers.empty());
  const Offer& offer = SlotOf(answer, "higher").offers[0];
  ASSERT_EQ(offer.plan_change->near_limits.size(), 1u);
  EXPECT_EQ(offer.plan_change->near_limits[0].limit, Units(0));
  EXPECT_THAT(offer.reason.text, HasSubstr("storage gb: 5 of 0 used."));
}

TEST_F(PlanAdviceTest, WaitsAfterAChangeButNotAtTheEndOfATrial) {
  Request request = RequestOn("huge", {5});
  request.customer.subscription = SubscriptionState{.changed_at = TestNow() - absl::Hours(24)};
  EXPECT_THAT(SlotOf(shop_.Ask(request), "lower").empty_reason, HasSubstr("too soon after the last change"));
  EXPECT_FALSE(SlotOf(shop_.Ask(request, TestNow() + absl::Hours(24 * 30)), "lower").offers.empty());
  request.placement = "trial_end";
  EXPECT_FALSE(SlotOf(shop_.Ask(request), "lower").offers.empty());
}

TEST_F(PlanAdviceTest, TakesTheNextBestWhereTheBestCannotBeSold) {
  shop_.AddRule("no-small", rules::Hide{.products = {"small"}});
  const Answer answer = shop_.Ask(RequestOn("huge", {5}));
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "lower")), ElementsAre("large"));
  EXPECT_EQ(Removed(SlotOf(answer, "lower"), RemovalCause::kHiddenByRule), 1u);
}

TEST_F(PlanAdviceTest, SaysWhyItProposesNothing) {
  const Answer answer = shop_.Ask(RequestOn("large", {300}));
  EXPECT_EQ(
      SlotOf(answer, "lower").empty_reason,
      "what the customer has fits; 2 of its family looked at: 1 below the need, 1 costing no less; the usage does not "
      "tell of rooms");
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty()) << "nobody is sold what nobody needs";
}

TEST_F(PlanAdviceTest, IsForPlansOnPlanPages) {
  Request request = RequestOn("small", {500});
  request.placement = "product_page";
  EXPECT_EQ(SlotOf(shop_.Ask(request), "higher").offers[0].reason.source, Source::kLadder);
}

TEST_F(PlanAdviceTest, OffersThePageItselfToWhoHasAnotherPlan) {
  Request request = RequestOn("large", {500});
  request.customer.subscription = SubscriptionState{.product_id = "small"};
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "higher")), ElementsAre("large"));
  request.already_shown_ids = {"large"};
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "higher")), ElementsAre("huge"));
  request.already_shown_ids.clear();
  request.cart = {{"large", 1}};
  const Answer in_cart = shop_.Ask(request);
  EXPECT_EQ(Removed(SlotOf(in_cart, "higher"), RemovalCause::kInCart), 1u);
  EXPECT_THAT(SlotOf(in_cart, "higher").offers, IsEmpty()) << "what fits less well is no advice";
  EXPECT_EQ(SlotOf(in_cart, "higher").empty_reason, "what fits the customer's use is in the cart");
}

TEST_F(PlanAdviceTest, StepsDownToAPlanThatWasOwnedOnce) {
  Request request = RequestOn("large", {5});
  request.customer.owned_product_ids = {"small", "large"};
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "lower")), ElementsAre("small"));
}

TEST_F(PlanAdviceTest, ChangesBetweenVariantsOfOneProduct) {
  shop_.model().Add("plan", 100);
  for (const char* id : {"plan-s", "plan-l"}) {
    catalog::Product& plan = AddPlan(id, id[5] == 's' ? 100 : 400, {{"limit.photos", id[5] == 's' ? "10" : "5000"}});
    plan.family = "photos";
    plan.parent_id = "plan";
  }
  Request request = RequestOn("plan-l", {});
  request.customer.usage = {{"photos", Units(5), "0"}};
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "lower")), ElementsAre("plan-s"));
}

TEST_F(PlanAdviceTest, SaysWhereTheUseWouldBeCutOff) {
  const Answer answer = shop_.Ask(RequestOn("huge", {40, 40, 40, 40, 40, 40, 40, 40, 40, 400}));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "lower")), ElementsAre("small"));
  EXPECT_EQ(SlotOf(answer, "lower").offers[0].reason.text,
            "Without The backup and priority support. For your use of 10 months this costs USD 140.00 instead of USD "
            "500.00: you save USD "
            "360.00. Use beyond its limits, in one month, is counted at today's cost.");
}

// Now 600 with the option, then 200: nothing is gained.
TEST_F(PlanAdviceTest, ComparesLimitsWithTheirOptions) {
  AddPlan("extra", 500, {{"option_of", "small"}, {"limit.storage_gb", "500"}});
  AddPlan("middle", 1100, {{"limit.storage_gb", "200"}, {"limit.rooms", "2"}});
  Request request = RequestOn("small", {150});
  request.customer.subscription = SubscriptionState{.option_ids = {"extra"}};
  const Answer answer = shop_.Ask(request);
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("middle"));
  const std::vector<SpecDifference>& differences = SlotOf(answer, "higher").offers[0].differences;
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(differences[0].name, "limit.rooms");
  EXPECT_EQ(differences[1].anchor_value, "600");
  EXPECT_EQ(differences[1].offer_value, "200");
  EXPECT_EQ(differences[1].direction, SpecDifference::Direction::kGivenUp);
}

TEST_F(PlanAdviceTest, ProposesNothingBesideAnOptionThatCannotBeRead) {
  AddPlan("broken", 500, {{"option_of", "small"}, {"fee", "5.001"}});
  Request request = RequestOn("huge", {5});
  request.customer.subscription = SubscriptionState{.option_ids = {"broken"}};
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(SlotOf(answer, "lower").offers, IsEmpty());
  EXPECT_EQ(
      SlotOf(answer, "lower").empty_reason,
      "which plan fits is not known: option_ids names broken, which is no option or has a fault (see the training "
      "report); the usage does not tell of rooms");
}

TEST_F(PlanAdviceTest, SaysThatNoPlanIsForTheUse) {
  Request request = RequestOn("small", {80, 120});
  request.customer.subscription = SubscriptionState{.kind_of_use = "enterprise"};
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("large"));
  EXPECT_THAT(SlotOf(answer, "lower").empty_reason, HasSubstr("no plan is for the use \"enterprise\""));
}

class SeatAdviceTest : public PlanAdviceTest {
 protected:
  SeatAdviceTest() { AddPlan("team", 800, {{"fee_per_seat", "8"}, {"limit.seats", "50"}}); }

  Request RequestWith(std::int64_t seats, std::int64_t members) {
    Request request = PageOf("team");
    request.placement = "usage_alert";
    request.customer.usage = {{"seats", Units(members), "2026-10"}};
    request.customer.subscription = SubscriptionState{.seats = seats};
    return request;
  }
};

TEST_F(SeatAdviceTest, OffersFewerSeatsOfThePlanItself) {
  const Answer answer = shop_.Ask(RequestWith(20, 9));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "lower")), ElementsAre("team"));
  const Offer& offer = SlotOf(answer, "lower").offers[0];
  EXPECT_EQ(offer.plan_change->seats, 9);
  EXPECT_EQ(offer.price_difference, Usd(-8800));
  EXPECT_EQ(offer.reason.text,
            "9 seats instead of 20. For your use of one month this costs USD 72.00 instead of USD 160.00: you save "
            "USD 88.00.");
}

TEST_F(SeatAdviceTest, OffersMoreSeatsWhenAllAreTaken) {
  const Answer answer = shop_.Ask(RequestWith(10, 10));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("team"));
  EXPECT_EQ(SlotOf(answer, "higher").offers[0].plan_change->seats, 11);
  EXPECT_THAT(SlotOf(answer, "higher").offers[0].reason.text,
              HasSubstr("seats: 10 of 10 used. 11 seats instead of 10."));
}

}  // namespace
}  // namespace awase::engine
