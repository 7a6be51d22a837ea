#include "engine/bundles.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A camera with the claims film, bag and strap, in this order.
class Bundles : public ::testing::Test {
 protected:
  Bundles() {
    camera_ = &shop_.model().Add("camera", 50000);
    std::uint32_t together = 50;
    for (const char* id : {"film", "bag", "strap"}) {
      shop_.model().Add(id, 1000).stock = 5;
      shop_.model().Relate(kTogether, "camera", id, {.together = together});
      together -= 10;
    }
  }

  Slot BundleSlot(const Request& request, absl::Time now = TestNow()) {
    return SlotOf(shop_.Ask(request, now), "bundle");
  }
  std::vector<std::string> OnlySet(const Slot& slot) {
    EXPECT_EQ(slot.offers.size(), 1U) << slot.empty_reason;
    return slot.offers.empty() ? std::vector<std::string>() : shop_.Lines(slot.offers[0]);
  }

  Shop shop_;
  catalog::Product* camera_;
};

TEST_F(Bundles, AreTheAnchorAndItsTwoStrongestClaims) {
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "film", "bag"));
  const Offer& offer = slot.offers[0];
  EXPECT_EQ(shop_.IdOf(offer.product), "film");
  EXPECT_EQ(offer.intent, Intent::kCrossSell);
  EXPECT_EQ(offer.price, Usd(52000));
  EXPECT_EQ(offer.bundle->list_price, Usd(52000));
  EXPECT_EQ(offer.bundle->set_price, Usd(52000));
  EXPECT_EQ(Removed(slot, RemovalCause::kNoEvidence), 1U) << "nothing says that the strap goes with film and bag";
}

TEST_F(Bundles, OnlyClaimsMayEnter) {
  shop_.model().Add("milk");
  shop_.model().Relate(kTogether, "camera", "milk", {.together = 90, .claim = false});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kNoEvidence), 2U);
}

TEST_F(Bundles, OneCompanionIsEnough) {
  Request request = PageOf("camera");
  request.customer.owned_product_ids = {"film", "strap"};
  const Slot slot = BundleSlot(request);
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kOwned), 2U);
}

TEST_F(Bundles, ACompanionNeedsAPriceInTheCurrency) {
  shop_.model().Add("tea", 300, "JPY");
  shop_.model().Add("gift", -1);
  shop_.model().Relate(kTogether, "camera", "tea", {.together = 99});
  shop_.model().Relate(kTogether, "camera", "gift", {.together = 98});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kCurrencyMismatch), 2U);
}

TEST_F(Bundles, AnAnchorThatCannotBeSoldHasNoSet) {
  camera_->stock = 0;
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(slot.offers, IsEmpty());
  EXPECT_EQ(slot.empty_reason, "the product itself is out of stock, so no set with it can be sold");
}

TEST_F(Bundles, AHiddenAnchorIsNotSoldInASetAndNamed) {
  shop_.AddRule("recall", rules::Hide{{"camera"}, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  const Slot& slot = SlotOf(answer, "bundle");
  EXPECT_EQ(slot.empty_reason, "the product itself is hidden by a rule, so no set with it can be sold");
  EXPECT_EQ(Removed(slot, RemovalCause::kHiddenByRule), 1U);
  ASSERT_FALSE(answer.trace.empty());
  EXPECT_EQ(answer.trace[0].slot, "bundle");
  EXPECT_EQ(answer.trace[0].product_id, "camera");
  EXPECT_EQ(answer.trace[0].rule_id, "recall");
}

TEST_F(Bundles, AnAnchorInTheCartIsCompletedByTheRest) {
  Request request = PageOf("camera");
  request.cart = {{"camera", 1}, {"film", 1}};
  const Slot slot = BundleSlot(request);
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "bag", "strap"));
  EXPECT_EQ(Removed(slot, RemovalCause::kInCart), 1U);
}

TEST_F(Bundles, TheCartIsCompletedAroundItsFirstProduct) {
  EXPECT_THAT(OnlySet(BundleSlot(CartOf({"camera", "film"}))), ElementsAre("camera", "bag", "strap"));
}

TEST_F(Bundles, ACuratedBundleComesFirstWithItsPrice) {
  shop_.AddRule("kit", rules::Bundle{{"strap", "camera"}, "", Usd(50001), ""});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "strap"));
  const Offer& offer = slot.offers[0];
  EXPECT_EQ(offer.bundle->list_price, Usd(51000));
  EXPECT_EQ(offer.bundle->set_price, Usd(50001));
  EXPECT_EQ(offer.bundle->lines[0].set_price_minor + offer.bundle->lines[1].set_price_minor, 50001);
  EXPECT_EQ(offer.reason.source, Source::kRule);
  EXPECT_THAT(offer.reason.rule_ids, ElementsAre("kit"));
  EXPECT_FALSE(offer.reason.evidence.has_value());
}

TEST_F(Bundles, ACuratedBundleShowsOnThePageOfEachProductOrOnlyItsAnchors) {
  shop_.AddRule("kit", rules::Bundle{{"strap", "camera"}, "", std::nullopt, ""});
  EXPECT_THAT(OnlySet(BundleSlot(PageOf("strap"))), ElementsAre("strap", "camera"));
  std::get<rules::Bundle>(shop_.rules().rules[0].action).anchor = "camera";
  EXPECT_THAT(BundleSlot(PageOf("strap")).offers, IsEmpty());
  EXPECT_THAT(OnlySet(BundleSlot(PageOf("camera"))), ElementsAre("camera", "strap"));
}

TEST_F(Bundles, TheRuleOfHigherPriorityComesFirst) {
  shop_.AddRule("first", rules::Bundle{{"camera", "bag"}, "", std::nullopt, ""});
  shop_.AddRule("second", rules::Bundle{{"camera", "strap"}, "", std::nullopt, ""});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kLimit), 1U);
}

TEST_F(Bundles, ACuratedBundleThatMissesAProductGivesWayToTheNext) {
  shop_.model().Add("lens", 9000).stock = 0;
  shop_.AddRule("first", rules::Bundle{{"camera", "lens", "film"}, "", std::nullopt, ""});
  shop_.AddRule("second", rules::Bundle{{"camera", "strap"}, "", std::nullopt, ""});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(OnlySet(SlotOf(answer, "bundle")), ElementsAre("camera", "strap"));
  EXPECT_EQ(Removed(SlotOf(answer, "bundle"), RemovalCause::kOutOfStock), 1U);
  EXPECT_EQ(RemovedInAll(SlotOf(answer, "bundle")), 1U);
  ASSERT_FALSE(answer.trace.empty());
  EXPECT_EQ(answer.trace[0].product_id, "lens");
  EXPECT_EQ(answer.trace[0].rule_id, "first");
}

TEST_F(Bundles, AClaimsSetStandsInForACuratedOneThatCannotBeSold) {
  shop_.model().Add("lens", 9000).visible = false;
  shop_.AddRule("kit", rules::Bundle{{"camera", "lens"}, "", std::nullopt, ""});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kNotVisible), 1U);
}

TEST_F(Bundles, TwoVariantsOfOneProductAreNoSet) {
  shop_.model().Add("strap_red", 1000).parent_id = "strap";
  shop_.AddRule("kit", rules::Bundle{{"camera", "strap", "strap_red"}, "", std::nullopt, ""});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kAlreadyShown), 1U);
}

TEST_F(Bundles, ACuratedSetCountsOnWhatLiesInTheCart) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "film", "strap"}, "", Usd(50001), ""});
  Request request = PageOf("camera");
  request.cart = {{"film", 1}};
  const Slot slot = BundleSlot(request);
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "strap", "film")) << "what is new comes first";
  const Offer& offer = slot.offers[0];
  EXPECT_EQ(shop_.IdOf(offer.product), "strap");
  EXPECT_EQ(offer.price, Usd(50001)) << "of the whole set";
  EXPECT_FALSE(offer.bundle->lines[0].in_cart);
  EXPECT_FALSE(offer.bundle->lines[1].in_cart);
  EXPECT_TRUE(offer.bundle->lines[2].in_cart);
}

TEST_F(Bundles, OnCartsToo) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "film", "strap"}, "", Usd(50001), ""});
  const Slot slot = BundleSlot(CartOf({"camera", "film"}));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "strap", "film"));
  EXPECT_TRUE(slot.offers[0].bundle->lines[0].in_cart);
}

TEST_F(Bundles, ACuratedSetOfWhichNothingIsNewIsNotOffered) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "film"}, "", Usd(50001), ""});
  Request request = PageOf("camera");
  request.cart = {{"film", 1}};
  const Slot slot = BundleSlot(request);
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "bag", "strap")) << "of claims";
  EXPECT_EQ(Removed(slot, RemovalCause::kInCart), 2U) << "the set, and the claim";
}

TEST_F(Bundles, WhatIsOwnedOrAVariantInTheCartIsNoPartOfACuratedSet) {
  shop_.model().Add("film-red", 1000).parent_id = "film";
  shop_.AddRule("kit", rules::Bundle{{"camera", "film", "strap"}, "", Usd(50001), ""});
  Request request = PageOf("camera");
  request.cart = {{"film-red", 1}};
  EXPECT_EQ(OnlySet(BundleSlot(request)).back(), "strap") << "of claims";
  request.cart.clear();
  request.customer.owned_product_ids = {"film"};
  EXPECT_THAT(OnlySet(BundleSlot(request)), ElementsAre("camera", "bag", "strap"));
}

TEST_F(Bundles, APartInTheCartThatIsHiddenNowBreaksTheSet) {
  shop_.AddRule("recall", rules::Hide{{"film"}, {}});
  shop_.AddRule("kit", rules::Bundle{{"camera", "film", "strap"}, "", Usd(50001), ""});
  Request request = PageOf("camera");
  request.cart = {{"film", 1}};
  EXPECT_THAT(OnlySet(BundleSlot(request)), ElementsAre("camera", "bag", "strap"));
}

TEST_F(Bundles, ASetPriceInAnotherCurrencyIsNotCharged) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "strap"}, "", Money{100, Currency("EUR")}, ""});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_THAT(OnlySet(slot), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kCurrencyMismatch), 1U);
}

TEST_F(Bundles, ASetPriceAboveTheListPriceClaimsNoDiscount) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "strap"}, "", Usd(99999), ""});
  const Slot slot = BundleSlot(PageOf("camera"));
  EXPECT_EQ(slot.offers.at(0).bundle->set_price, Usd(51000));
  EXPECT_EQ(slot.offers.at(0).reason.text, "Together as a set.");
}

TEST_F(Bundles, AnUnknownProductMakesTheRuleWithoutEffect) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "gone"}, "", std::nullopt, ""});
  EXPECT_THAT(OnlySet(BundleSlot(PageOf("camera"))), ElementsAre("camera", "film", "bag"));
}

TEST_F(Bundles, ARuleActsOnlyInItsPlacementsAndDates) {
  rules::Rule& rule = shop_.AddRule("kit", rules::Bundle{{"camera", "strap"}, "", std::nullopt, ""});
  rule.placements = {"mail"};
  EXPECT_THAT(OnlySet(BundleSlot(PageOf("camera"))), ElementsAre("camera", "film", "bag"));
  Request mail = PageOf("camera");
  mail.placement = "mail";
  EXPECT_THAT(OnlySet(BundleSlot(mail)), ElementsAre("camera", "strap"));
  rule.until = TestNow();
  EXPECT_THAT(OnlySet(BundleSlot(mail)), ElementsAre("camera", "film", "bag"));
}

TEST_F(Bundles, ACartBundleOfALaterProductIsFound) {
  shop_.model().Add("phone", 30000);
  shop_.AddRule("kit", rules::Bundle{{"camera", "strap"}, "camera", std::nullopt, ""});
  EXPECT_THAT(OnlySet(BundleSlot(CartOf({"phone", "camera"}))), ElementsAre("camera", "strap"));
}

TEST_F(Bundles, AreOneHoweverManyOffersAreAskedFor) {
  shop_.AddRule("first", rules::Bundle{{"camera", "bag"}, "", std::nullopt, ""});
  shop_.AddRule("second", rules::Bundle{{"camera", "strap"}, "", std::nullopt, ""});
  Request request = PageOf("camera");
  request.max_offers_per_slot = 50;
  EXPECT_EQ(BundleSlot(request).offers.size(), 1U);
}

}  // namespace
}  // namespace awase::engine
