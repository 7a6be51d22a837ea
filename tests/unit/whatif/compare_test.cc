#include "awase/whatif/compare.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "tests/unit/engine/shop.h"

namespace awase::whatif {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// camera: also bought tripod, case, film (in this order), and a set with film; lens: also bought case.
class WhatIf : public ::testing::Test {
 protected:
  WhatIf() {
    for (const char* id : {"camera", "lens", "tripod", "case", "film", "strap", "lonely"}) {
      shop_.model().Add(id, 1000).product_type = id;
    }
    shop_.model().Relate(engine::kAlso, "camera", "tripod", {.together = 40});
    shop_.model().Relate(engine::kAlso, "camera", "case", {.together = 30});
    shop_.model().Relate(engine::kAlso, "camera", "film", {.together = 20});
    shop_.model().Relate(engine::kAlso, "lens", "case", {.together = 25});
    shop_.model().Relate(engine::kTogether, "camera", "film", {.together = 30});
    before_ = shop_.Snap();
  }

  // The set under construction, as the draft.
  Comparison Compare(const std::vector<ReplayedRequest>& requests, std::size_t top = 50) {
    const auto draft = before_->WithRules(std::make_shared<rules::RuleSet>(shop_.rules()));
    return *whatif::Compare(*before_, *draft, requests, {.threads = 1, .top = top});
  }
  static ReplayedRequest Page(const char* id, std::uint32_t weight = 1) {
    return {engine::PageOf(id), engine::TestNow(), weight};
  }
  ProductIndex Index(const char* id) const { return *before_->model().Find(id); }
  static const SlotChange& SlotOf(const Comparison& comparison, const char* name) {
    for (const SlotChange& slot : comparison.by_slot) {
      if (slot.slot == name) return slot;
    }
    ADD_FAILURE() << "no slot " << name;
    return comparison.by_slot.front();
  }

  engine::Shop shop_;
  std::shared_ptr<const engine::Snapshot> before_;
};

TEST_F(WhatIf, ADiscountChangesTheCartAndFires) {
  rules::Discount tenth;
  tenth.terms.terms = pricing::QuantityTerms{.tiers = {{2, pricing::PercentOff{1000}}}};
  tenth.takes.emplace_back().in.products = {"strap"};
  shop_.AddRule("tenth", tenth);
  shop_.AddRule("ship", rules::Benefit{rules::FreeShipping(), engine::Usd(2500), ""});
  ReplayedRequest two{engine::CartOf({"strap", "strap"}), engine::TestNow()};
  ReplayedRequest three{engine::CartOf({"strap", "strap", "strap"}), engine::TestNow()};
  const Comparison comparison = Compare({two, three, {engine::CartOf({"lens"}), engine::TestNow()}});
  EXPECT_EQ(comparison.requests_changed, 3u) << "two are cheaper, and all say what free shipping takes";
  ASSERT_THAT(comparison.rules, SizeIs(2));
  EXPECT_EQ(comparison.rules[0].id, "ship");
  EXPECT_EQ(comparison.rules[0].fired.after, 1u);
  EXPECT_EQ(comparison.rules[1].fired.after, 2u);
  EXPECT_EQ(comparison.rules[1].fired.before, 0u);
}

TEST_F(WhatIf, ACartIsComparedWithItsListPriceWhereNoDiscountPricesIt) {
  rules::Discount tenth;
  tenth.terms.terms = pricing::QuantityTerms{.tiers = {{2, pricing::PercentOff{1000}}}};
  tenth.takes.emplace_back().in.products = {"strap"};
  shop_.AddRule("tenth", tenth);
  const ReplayedRequest one{engine::CartOf({"strap"}), engine::TestNow(), 5};
  const ReplayedRequest two{engine::CartOf({"strap", "strap"}), engine::TestNow(), 3};
  const Comparison comparison = Compare({one, two, {engine::CartOf({"lens"}), engine::TestNow()}});
  EXPECT_EQ(comparison.requests_changed, 2u) << "one strap is told of the second, a lens of nothing";
  EXPECT_EQ(comparison.benefits_changed, 0u);
  ASSERT_THAT(comparison.by_cart, SizeIs(1));
  const CartChange& carts = comparison.by_cart.at(engine::Currency("USD"));
  EXPECT_EQ(carts.carts, 2u);
  EXPECT_EQ(carts.cheaper, 1u);
  EXPECT_EQ(carts.dearer, 0u);
  EXPECT_EQ(carts.reduced.before, 0u);
  EXPECT_EQ(carts.reduced.after, 1u);
  EXPECT_EQ(carts.saving_minor.before, 0);
  EXPECT_EQ(carts.saving_minor.after, 3 * 200) << "a tenth of two straps, by the weight of the request";
}

TEST_F(WhatIf, ADifferenceInTheCartShowsWhatItCostsAndEarns) {
  rules::Discount tenth;
  tenth.terms.terms = pricing::QuantityTerms{.tiers = {{2, pricing::PercentOff{1000}}}};
  tenth.takes.emplace_back().in.products = {"strap"};
  shop_.AddRule("tenth", tenth);
  shop_.AddRule("ship", rules::Benefit{rules::FreeShipping(), engine::Usd(2500), ""});
  const ReplayedRequest two{engine::CartOf({"strap", "strap"}), engine::TestNow()};
  const Comparison comparison = Compare({two});
  EXPECT_EQ(comparison.benefits_changed, 1u);
  const auto found = std::ranges::find_if(comparison.differences,
                                          [](const Difference& difference) { return difference.slot.empty(); });
  ASSERT_NE(found, comparison.differences.end());
  EXPECT_THAT(found->rule_ids.before, IsEmpty());
  EXPECT_THAT(found->rule_ids.after, ElementsAre("ship", "tenth"));
  EXPECT_EQ(found->cart.before.price, std::nullopt);
  EXPECT_THAT(found->cart.before.benefits, IsEmpty());
  ASSERT_TRUE(found->cart.after.price.has_value());
  EXPECT_EQ(found->cart.after.price->price_minor, 1800);
  ASSERT_THAT(found->cart.after.benefits, SizeIs(1));
  EXPECT_FALSE(found->cart.after.benefits.front().reached);
}

TEST_F(WhatIf, EqualRulesChangeNothing) {
  const Comparison comparison = Compare({Page("camera"), Page("lens"), Page("lonely")});
  EXPECT_EQ(comparison.requests, 3u);
  EXPECT_EQ(comparison.requests_changed, 0u);
  EXPECT_EQ(comparison.slots, 12u);
  EXPECT_EQ(comparison.slots_changed, 0u);
  EXPECT_THAT(comparison.by_product, IsEmpty());
  EXPECT_THAT(comparison.differences, IsEmpty());
  EXPECT_EQ(comparison.offers.before, comparison.offers.after);
}

TEST_F(WhatIf, AHiddenProductIsLostWhereItWasAndNowhereElse) {
  shop_.AddRule("no-tripod", rules::Hide{{"tripod"}, {}});
  const Comparison comparison = Compare({Page("lens"), Page("camera", 7), Page("lonely")});
  EXPECT_EQ(comparison.requests_changed, 1u);
  EXPECT_EQ(comparison.weight, 9u);
  EXPECT_EQ(comparison.weight_changed, 7u);
  const SlotChange& slot = SlotOf(comparison, "also_bought");
  EXPECT_EQ(slot.asked, 3u);
  EXPECT_EQ(slot.changed, 1u);
  EXPECT_EQ(slot.lost, 1u);
  EXPECT_EQ(slot.gained, 0u);
  EXPECT_EQ(slot.empty.before, 1u);
  ASSERT_THAT(comparison.by_product, SizeIs(1));
  EXPECT_EQ(comparison.by_product[0].product, Index("tripod"));
  EXPECT_EQ(comparison.by_product[0].pages_lost, 1u);
  EXPECT_EQ(comparison.by_product[0].pages_gained, 0u);
  ASSERT_THAT(comparison.differences, SizeIs(1));
  const Difference& difference = comparison.differences[0];
  EXPECT_EQ(difference.request, 1u);
  EXPECT_EQ(difference.slot, "also_bought");
  EXPECT_THAT(difference.rule_ids.before, IsEmpty());
  EXPECT_THAT(difference.rule_ids.after, ElementsAre("no-tripod"));
  EXPECT_EQ(difference.offers.before[0].products, std::vector{Index("tripod")});
  EXPECT_EQ(difference.offers.after[0].products, std::vector{Index("case")});
}

TEST_F(WhatIf, APinThatPushesEveryoneIsBehindAllOfIt) {
  shop_.AddRule("strap-first", rules::Pin{"strap", "also_bought", 1, {"camera"}});
  const Comparison comparison = Compare({Page("camera")});
  const SlotChange& slot = SlotOf(comparison, "also_bought");
  EXPECT_EQ(slot.gained, 1u);
  EXPECT_EQ(slot.moved, slot.offers.before);
  ASSERT_THAT(comparison.differences, SizeIs(1));
  EXPECT_THAT(comparison.differences[0].rule_ids.after, ElementsAre("strap-first"));
  EXPECT_THAT(comparison.differences[0].offers.after[0].rule_ids, ElementsAre("strap-first"));
}

TEST_F(WhatIf, PricesAndSentencesOfASetAreChangesOfTheirOwn) {
  shop_.AddRule("set", rules::Bundle{{"camera", "film"}, "", engine::Usd(1900), "Together"});
  before_ = before_->WithRules(std::make_shared<rules::RuleSet>(shop_.rules()));
  std::get<rules::Bundle>(shop_.rules().rules[0].action).price = engine::Usd(1800);
  Comparison comparison = Compare({Page("camera")});
  EXPECT_EQ(SlotOf(comparison, "bundle").repriced, 1u);
  EXPECT_EQ(SlotOf(comparison, "bundle").reworded, 0u);
  EXPECT_EQ(SlotOf(comparison, "bundle").gained, 0u);
  EXPECT_THAT(comparison.differences[0].rule_ids.before, ElementsAre("set"));

  std::get<rules::Bundle>(shop_.rules().rules[0].action).price = engine::Usd(1900);
  std::get<rules::Bundle>(shop_.rules().rules[0].action).text = "Cheaper together";
  comparison = Compare({Page("camera")});
  EXPECT_EQ(SlotOf(comparison, "bundle").repriced, 0u);
  EXPECT_EQ(SlotOf(comparison, "bundle").reworded, 1u);

  ReplayedRequest silent = Page("camera");
  silent.request.explanation = engine::Explanation::kNone;
  EXPECT_EQ(Compare({silent}).requests_changed, 0u) << "nobody sees a sentence";
}

TEST_F(WhatIf, ARuleThatIsOnlyRenamedChangesNothing) {
  shop_.AddRule("old-name", rules::Pin{"strap", "also_bought", 1, {}});
  before_ = before_->WithRules(std::make_shared<rules::RuleSet>(shop_.rules()));
  shop_.rules().rules[0].id = "new-name";
  const Comparison comparison = Compare({Page("camera")});
  EXPECT_EQ(comparison.requests_changed, 0u);
  ASSERT_THAT(comparison.rules, SizeIs(2));
  EXPECT_EQ(comparison.rules[0].id, "new-name");
  EXPECT_FALSE(comparison.rules[0].present.before);
  EXPECT_EQ(comparison.rules[0].fired.after, 1u);
  EXPECT_EQ(comparison.rules[1].fired.before, 1u);
  EXPECT_EQ(comparison.rules[1].fired.after, 0u);
}

TEST_F(WhatIf, ASlotThatDiffersBecauseAnotherOneDoesNamesItsRule) {
  shop_.AddRule("set", rules::Bundle{{"camera", "case"}, "", std::nullopt, ""});
  const Comparison comparison = Compare({Page("camera")});
  ASSERT_THAT(comparison.differences, SizeIs(2));
  EXPECT_THAT(comparison.differences[0].rule_ids.after, ElementsAre("set"));
  EXPECT_THAT(comparison.differences[1].rule_ids.after, ElementsAre("set"));
}

TEST_F(WhatIf, RulesSayWhomTheyReachWhenTheyFireAndWhatBlocksThem) {
  shop_.model();
  shop_.AddRule("film-first", rules::Pin{"film", "also_bought", 1, {"camera"}}).until = engine::TestNow();
  shop_.AddRule("own-page", rules::Pin{"lens", "also_bought", 1, {"lens"}});
  rules::Rule& cart_only = shop_.AddRule("cart-only", rules::Hide{{"case"}, {}});
  cart_only.placements = {"cart"};
  const Comparison comparison =
      Compare({Page("camera"), Page("lens"), {engine::CartOf({"lens"}), engine::TestNow(), 1}});
  ASSERT_THAT(comparison.rules, SizeIs(3));
  const RuleUse& cart = comparison.rules[0];
  EXPECT_EQ(cart.reached.after, 1u);
  EXPECT_EQ(cart.fired.after, 1u);
  const RuleUse& over = comparison.rules[1];
  EXPECT_EQ(over.reached.after, 0u) << "its time is over";
  const RuleUse& own = comparison.rules[2];
  EXPECT_EQ(own.reached.after, 2u) << "the page and the cart";
  EXPECT_EQ(own.fired.after, 0u);
  EXPECT_EQ(own.blocked[static_cast<std::size_t>(engine::RemovalCause::kVariantOfAnchor)] +
                own.blocked[static_cast<std::size_t>(engine::RemovalCause::kInCart)],
            2u);
}

TEST_F(WhatIf, DifferencesTakeTurnsByKindTheHeaviestFirst) {
  shop_.AddRule("a-no-case", rules::Hide{{"case"}, {"lens"}});
  shop_.AddRule("b-no-tripod", rules::Hide{{"tripod"}, {"camera"}});
  std::vector<ReplayedRequest> requests = {Page("lens"), Page("camera", 2), Page("camera", 5), Page("camera", 5),
                                           Page("lens", 3)};
  requests[0].request.product_ids.push_back("strap");
  requests[3].request.product_ids.push_back("strap");
  const auto places = [&](std::size_t top) {
    std::vector<std::size_t> result;
    for (const Difference& difference : Compare(requests, top).differences) result.push_back(difference.request);
    return result;
  };
  EXPECT_THAT(places(50), ElementsAre(2, 4, 3, 0)) << "the camera's page once";
  EXPECT_THAT(places(3), ElementsAre(2, 4, 3));
  EXPECT_THAT(places(0), IsEmpty());
  EXPECT_EQ(Compare(requests).differences[0].alike, 3u);
}

TEST_F(WhatIf, WhatTheEngineRefusesIsCountedWithTheReason) {
  ReplayedRequest wrong = Page("camera");
  wrong.request.max_offers_per_slot = 0;
  const Comparison comparison = Compare({Page("camera"), wrong, Page("unknown")});
  EXPECT_EQ(comparison.requests, 2u);
  EXPECT_EQ(comparison.refused, 1u);
  EXPECT_THAT(comparison.first_refusal, HasSubstr("request 2: "));
  EXPECT_THAT(comparison.first_refusal, HasSubstr("max_offers_per_slot"));
  EXPECT_EQ(comparison.with_unknown_products, 1u);
  EXPECT_EQ(comparison.with_unknown_placement, 0u);
}

TEST_F(WhatIf, PlacementsThatAreNotKnownAreCountedApart) {
  ReplayedRequest nowhere = Page("camera");
  nowhere.request.placement = "app_home";
  const Comparison comparison = Compare({Page("camera"), nowhere, nowhere});
  EXPECT_EQ(comparison.requests, 1u);
  EXPECT_EQ(comparison.refused, 0u);
  EXPECT_EQ(comparison.with_unknown_placement, 2u);
  EXPECT_EQ(comparison.first_unknown_placement, "app_home");
}

TEST_F(WhatIf, EndsWhenNobodyWaitsAnyMore) {
  const auto draft = before_->WithRules(before_->shared_rules());
  const std::vector<ReplayedRequest> requests(10'000, Page("camera"));
  for (const std::size_t threads : {1, 2}) {
    std::atomic<int> asked = 0;
    const auto still_wanted = [&asked] {
      return ++asked < 3 ? absl::OkStatus() : absl::CancelledError("the caller has gone");
    };
    const auto comparison =
        whatif::Compare(*before_, *draft, requests, {.threads = threads, .still_wanted = still_wanted});
    EXPECT_EQ(comparison.status().code(), absl::StatusCode::kCancelled);
    EXPECT_EQ(asked, 3) << "and nothing is asked once it is known";
  }
}

TEST_F(WhatIf, ABenefitWhoseGiftIsGoneSaysWhyItIsNotGiven) {
  engine::Shop shop;
  shop.model().Add("camera", 1000);
  shop.model().Add("gift", 100).stock = 0;
  const auto before = shop.Snap();
  shop.AddRule("gifts", rules::Benefit{.gives = rules::Gift{"gift"}});
  const auto comparison =
      *whatif::Compare(*before, *shop.Snap(), {{engine::CartOf({"camera"}), engine::TestNow()}}, {});
  const auto gifts = std::ranges::find(comparison.rules, "gifts", &RuleUse::id);
  ASSERT_NE(gifts, comparison.rules.end());
  EXPECT_EQ(gifts->fired.after, 0u);
  EXPECT_EQ(gifts->blocked[static_cast<std::size_t>(engine::RemovalCause::kOutOfStock)], 1u);
}

TEST_F(WhatIf, NoRequestsAreNoChanges) { EXPECT_EQ(Compare({}).requests, 0u); }

TEST_F(WhatIf, AGateFiresWhereItDecidesAndIsBehindWhatIsGone) {
  shop_.AddRule("closed", rules::Gate{{"cross_sell"}, false, ""});
  shop_.AddRule("idle", rules::Gate{{"cross_sell"}, true, ""});
  const Comparison comparison = Compare({Page("camera"), Page("lens")});
  EXPECT_EQ(comparison.requests_changed, 2u);
  ASSERT_THAT(comparison.rules, SizeIs(2));
  EXPECT_EQ(comparison.rules[0].reached.after, 2u);
  EXPECT_EQ(comparison.rules[0].fired.after, 2u);
  EXPECT_EQ(comparison.rules[1].fired.after, 0u);
  ASSERT_FALSE(comparison.differences.empty());
  EXPECT_THAT(comparison.differences[0].rule_ids.after, ElementsAre("closed"));
}

}  // namespace
}  // namespace awase::whatif
