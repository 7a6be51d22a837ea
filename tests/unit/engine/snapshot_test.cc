#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "awase/engine/recommend.h"
#include "awase/live/live_table.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Live = std::vector<std::pair<std::string, live::LiveValues>>;

std::shared_ptr<const Snapshot> WithLive(const Snapshot& snapshot, const Live& values) {
  std::vector<live::LiveChange> changes;
  for (const auto& [id, of_product] : values) changes.push_back({*snapshot.model().Find(id), of_product});
  return snapshot.WithLive(live::LiveTable(snapshot.model().product_count()).With(changes));
}

// What the shop answers where products have live values.
Answer AskLive(Shop& shop, const Live& values, const Request& request) {
  auto answer = Recommend(*WithLive(*shop.Snap(), values), request, TestNow());
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? *std::move(answer) : Answer();
}

// A camera between two others, with things that are bought with it.
class LiveSnapshotTest : public ::testing::Test {
 protected:
  LiveSnapshotTest() {
    shop_.model().Add("camera", 50000);
    shop_.model().Add("compact", 30000);
    shop_.model().Add("reflex", 70000);
    shop_.model().Add("film", 1000);
    shop_.model().Add("case", 2000);
    shop_.model().Relate(kTogether, "camera", "film");
    shop_.model().Relate(kAlso, "camera", "case");
    shop_.model().AddRung("camera", "compact", kDown);
    shop_.model().AddRung("camera", "reflex", kUp);
  }

  Shop shop_;
};

TEST_F(LiveSnapshotTest, WhatIsSoldOutOrHiddenNowIsInNoSlot) {
  shop_.AddRule("pin", rules::Pin{"film", "also_bought", 1, {}});
  const Answer before = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Lines(SlotOf(before, "bundle").offers.at(0)), ElementsAre("camera", "film"));
  const Answer now = AskLive(
      shop_,
      {{"film", {.stock = 0}}, {"case", {.visible = false}}, {"compact", {.stock = 0}}, {"reflex", {.visible = false}}},
      PageOf("camera"));
  for (const Slot& slot : now.slots) EXPECT_THAT(shop_.Ids(slot), IsEmpty()) << slot.name;
  EXPECT_EQ(Removed(SlotOf(now, "also_bought"), RemovalCause::kNotVisible), 1U);
  EXPECT_EQ(Removed(SlotOf(now, "also_bought"), RemovalCause::kOutOfStock), 1U) << "the pin";
  EXPECT_EQ(Removed(SlotOf(now, "lower"), RemovalCause::kOutOfStock), 1U);
}

TEST_F(LiveSnapshotTest, ProductsThatAreBackAreOffered) {
  shop_.model().Add("strap", 500).stock = 0;
  shop_.model().Relate(kAlso, "camera", "strap", {.together = 50});
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "also_bought")), ElementsAre("case"));
  const Answer now = AskLive(shop_, {{"strap", {.stock = 5}}}, PageOf("camera"));
  EXPECT_THAT(shop_.Ids(SlotOf(now, "also_bought")), ElementsAre("strap", "case"));
}

TEST_F(LiveSnapshotTest, OffersHaveThePriceOfNow) {
  const Answer now =
      AskLive(shop_, {{"film", {.price = Usd(1200)}}, {"camera", {.price = Usd(45000)}}}, PageOf("camera"));
  EXPECT_EQ(SlotOf(now, "bundle").offers.at(0).bundle->list_price, Usd(46200));
  EXPECT_EQ(SlotOf(now, "lower").offers.at(0).price_difference, Usd(-15000));
  EXPECT_EQ(SlotOf(now, "higher").offers.at(0).price_difference, Usd(25000));
}

TEST_F(LiveSnapshotTest, WhatIsNoStepAtThePricesOfNowIsNotOfferedAsOne) {
  const Answer same = AskLive(shop_, {{"reflex", {.price = Usd(50000)}}}, PageOf("camera"));
  EXPECT_THAT(SlotOf(same, "higher").offers, IsEmpty());
  EXPECT_EQ(Removed(SlotOf(same, "higher"), RemovalCause::kNoEvidence), 1U);
  const Answer cheap = AskLive(shop_, {{"camera", {.price = Usd(29999)}}}, PageOf("camera"));
  EXPECT_THAT(SlotOf(cheap, "lower").offers, IsEmpty());
  EXPECT_THAT(shop_.Ids(SlotOf(cheap, "higher")), ElementsAre("reflex"));
}

TEST_F(LiveSnapshotTest, PacksSubscriptionsAndBrandsAreStepsByTheUnitPricesOfNow) {
  const auto add_pack = [this](absl::string_view id, std::int64_t price, double grams) {
    catalog::Product& pack = shop_.model().Add(id, price);
    pack.pack_quantity = grams;
    pack.pack_unit = "g";
  };
  add_pack("small", 650, 100);
  add_pack("large", 2600, 500);
  add_pack("own", 500, 100);
  shop_.model().Add("mug", 900);
  shop_.model().Add("monthly-mug", 800).subscription_interval = "month";
  const auto add_step = [this](absl::string_view from, absl::string_view to, ladder::Direction way,
                               ladder::StepKind kind) {
    ladder::RungEvidence evidence;
    evidence.kind = kind;
    shop_.model().AddRung(from, to, way, 1, ladder::Grade::kAsserted, evidence);
  };
  add_step("small", "large", kUp, ladder::StepKind::kPack);
  add_step("large", "small", kDown, ladder::StepKind::kPack);
  add_step("small", "own", kDown, ladder::StepKind::kBrand);
  add_step("own", "small", kUp, ladder::StepKind::kBrand);
  add_step("mug", "monthly-mug", kUp, ladder::StepKind::kSubscription);
  const auto steps = [this](const Live& values, absl::string_view page, absl::string_view slot) {
    return shop_.Ids(SlotOf(AskLive(shop_, values, PageOf(page)), slot));
  };
  EXPECT_THAT(steps({}, "small", "higher"), ElementsAre("large"));
  EXPECT_THAT(steps({}, "large", "lower"), ElementsAre("small"));
  EXPECT_THAT(steps({}, "small", "lower"), ElementsAre("own"));
  EXPECT_THAT(steps({}, "own", "higher"), ElementsAre("small"));
  EXPECT_THAT(steps({}, "mug", "higher"), ElementsAre("monthly-mug"));
  const Live dear_pack = {{"large", {.price = Usd(3250)}}};  // the same per unit
  EXPECT_THAT(steps(dear_pack, "small", "higher"), IsEmpty());
  EXPECT_THAT(steps(dear_pack, "large", "lower"), IsEmpty());
  EXPECT_THAT(steps({{"own", {.price = Usd(650)}}}, "own", "higher"), IsEmpty());
  EXPECT_THAT(steps({{"monthly-mug", {.price = Usd(900)}}}, "mug", "higher"), IsEmpty());
  shop_.AddRule("vouched", rules::Rung{{"small", "large"}, "Sato", "", /*forbid=*/false});
  EXPECT_THAT(steps(dear_pack, "small", "higher"), ElementsAre("large")) << "somebody vouches for it";
}

TEST_F(LiveSnapshotTest, APriceInAnotherCurrencyIsNotMixedIn) {
  const Money euros = {900, Currency("EUR")};
  const Answer now = AskLive(shop_, {{"film", {.price = euros}}, {"reflex", {.price = euros}}}, PageOf("camera"));
  EXPECT_THAT(SlotOf(now, "bundle").offers, IsEmpty());
  EXPECT_EQ(Removed(SlotOf(now, "higher"), RemovalCause::kCurrencyMismatch), 1U);
}

TEST_F(LiveSnapshotTest, RulesOnPricesAskForThePriceOfNow) {
  rules::PriceBand band;
  band.slots = {"also_bought"};
  band.price = rules::MoneyRange{.currency = Currency("USD"), .minor_units = {.high = 2000}};
  shop_.AddRule("band", band);
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "also_bought")), ElementsAre("case"));
  const Answer now = AskLive(shop_, {{"case", {.price = Usd(2001)}}}, PageOf("camera"));
  EXPECT_EQ(Removed(SlotOf(now, "also_bought"), RemovalCause::kPriceOutOfBounds), 1U);
}

TEST_F(LiveSnapshotTest, SharesWhatIsKnownOfModelAndRules) {
  shop_.AddRule("hide", rules::Hide{{"case"}, {}});
  const auto trained = shop_.Snap();
  const auto live = WithLive(*trained, {{"film", {.stock = 0}}});
  EXPECT_EQ(&live->bound_rules(), &trained->bound_rules());
  EXPECT_EQ(&live->plans(), &trained->plans());
  EXPECT_EQ(live->shared_rules(), trained->shared_rules());
  const auto as_trained = live->WithLive(live::LiveTable());
  EXPECT_EQ(as_trained->model().product(*as_trained->model().Find("film")).stock(), std::nullopt);
}

TEST_F(LiveSnapshotTest, OtherRulesKeepTheLiveValues) {
  const auto live = WithLive(*shop_.Snap(), {{"case", {.stock = 0}}})->WithRules(std::make_shared<rules::RuleSet>());
  auto answer = Recommend(*live, PageOf("camera"), TestNow());
  AWASE_ASSERT_OK(answer);
  EXPECT_THAT(SlotOf(*answer, "also_bought").offers, IsEmpty());
}

TEST_F(LiveSnapshotTest, PlansCostWhatTheyCostNow) {
  const auto add_plan = [this](absl::string_view id, std::int64_t price, const std::string& storage) {
    catalog::Product& plan = shop_.model().Add(id, price);
    plan.family = "storage";
    plan.subscription_interval = "month";
    plan.attributes = {{"limit.storage_gb", storage, std::nullopt}};
  };
  add_plan("small", 1000, "100");
  add_plan("large", 2000, "1000");
  Request request = PageOf("small");
  request.placement = "renewal";
  request.customer.usage = {{"storage_gb", {120 * plans::kMicrosPerUnit}, "1"}};
  const Live values = {{"large", {.price = Usd(2500)}}};
  const Answer now = AskLive(shop_, values, request);
  const Offer& offer = SlotOf(now, "higher").offers.at(0);
  EXPECT_EQ(offer.plan_change->fee_then, Usd(2500));
  EXPECT_EQ(offer.price_difference, Usd(1500));
  const auto live = WithLive(*shop_.Snap(), values);
  EXPECT_EQ(&WithLive(*live, values)->plans(), &live->plans()) << "read anew only when a price is another";
}

}  // namespace
}  // namespace awase::engine
