#include "engine/eligibility.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A camera whose only candidate, in also_bought, is film.
class Eligibility : public ::testing::Test {
 protected:
  Eligibility() {
    shop_.model().Add("camera", 50000);
    film_ = &shop_.model().Add("film", 500);
    shop_.model().Relate(kAlso, "camera", "film");
  }

  // Expects that film leaves also_bought with this cause, and only once.
  void ExpectRemoved(const Request& request, RemovalCause cause) {
    const Answer answer = shop_.Ask(request);
    const Slot& slot = SlotOf(answer, "also_bought");
    EXPECT_THAT(slot.offers, IsEmpty());
    EXPECT_EQ(Removed(slot, cause), 1U) << RemovalCauseName(cause);
    EXPECT_EQ(RemovedInAll(slot), 1U);
  }

  Shop shop_;
  catalog::Product* film_;
};

TEST_F(Eligibility, WhatIsInStockOrNotTrackedIsOffered) {
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "also_bought")), ElementsAre("film"));
}

TEST_F(Eligibility, OutOfStockIsRemoved) {
  film_->stock = 0;
  ExpectRemoved(PageOf("camera"), RemovalCause::kOutOfStock);
}

TEST_F(Eligibility, NegativeStockIsOutOfStock) {
  film_->stock = -3;
  ExpectRemoved(PageOf("camera"), RemovalCause::kOutOfStock);
}

TEST_F(Eligibility, NotVisibleIsRemoved) {
  film_->visible = false;
  ExpectRemoved(PageOf("camera"), RemovalCause::kNotVisible);
}

TEST_F(Eligibility, InTheCartIsRemoved) {
  Request request = PageOf("camera");
  request.cart = {{"film", 1}};
  ExpectRemoved(request, RemovalCause::kInCart);
}

TEST_F(Eligibility, AVariantInTheCartRemovesTheProduct) {
  shop_.model().Add("film_36").parent_id = "film";
  Request request = PageOf("camera");
  request.cart = {{"film_36", 1}};
  ExpectRemoved(request, RemovalCause::kInCart);
}

TEST_F(Eligibility, OwnedOrAVariantOfWhatIsOwnedIsRemoved) {
  shop_.model().Add("film_36").parent_id = "film";
  Request request = PageOf("camera");
  request.customer.owned_product_ids = {"film"};
  ExpectRemoved(request, RemovalCause::kOwned);
  request.customer.owned_product_ids = {"film_36"};
  ExpectRemoved(request, RemovalCause::kOwned);
}

TEST_F(Eligibility, AnotherAnchorIsNeverOffered) {
  Request request = PageOf("camera");
  request.product_ids.push_back("film");
  ExpectRemoved(request, RemovalCause::kVariantOfAnchor);
}

TEST_F(Eligibility, AnotherCurrencyIsRemoved) {
  film_->price = Money{500, Currency("EUR")};
  ExpectRemoved(PageOf("camera"), RemovalCause::kCurrencyMismatch);
}

TEST_F(Eligibility, ARowDoesNotNeedAPrice) {
  film_->price.reset();
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("film"));
  EXPECT_EQ(slot.offers[0].price, std::nullopt);
}

TEST_F(Eligibility, TheRequestsCurrencyDecides) {
  Request request = PageOf("camera");
  request.currency = Currency("EUR");
  ExpectRemoved(request, RemovalCause::kCurrencyMismatch);
}

TEST_F(Eligibility, ShownElsewhereOnThePageIsRemovedByRoot) {
  shop_.model().Add("film_36").parent_id = "film";
  Request request = PageOf("camera");
  request.already_shown_ids = {"film_36"};
  ExpectRemoved(request, RemovalCause::kAlreadyShown);
}

TEST_F(Eligibility, TheFirstCauseInTheDocumentedOrderCounts) {
  film_->stock = 0;
  film_->visible = false;
  film_->price = Money{500, Currency("EUR")};
  Request request = PageOf("camera");
  request.cart = {{"film", 1}};
  request.customer.owned_product_ids = {"film"};
  ExpectRemoved(request, RemovalCause::kOutOfStock);
}

TEST_F(Eligibility, InTheCartCountsBeforeTheCurrency) {
  film_->price = Money{500, Currency("EUR")};
  Request request = PageOf("camera");
  request.cart = {{"film", 1}};
  ExpectRemoved(request, RemovalCause::kInCart);
}

TEST_F(Eligibility, ARootIsSoldAsItsBestSellingVariantThatIsEligible) {
  film_->visible = false;
  for (const char* id : {"film_12", "film_24", "film_36"}) shop_.model().Add(id).parent_id = "film";
  shop_.model().Add("film_72").parent_id = "film";
  shop_.model().SetPopularity("film_24", 90);
  shop_.model().SetPopularity("film_36", 50);
  shop_.model().SetPopularity("film_12", 10);
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "also_bought")), ElementsAre("film_24"));
}

TEST_F(Eligibility, AnUnavailableVariantGivesWayToTheNext) {
  film_->stock = 5;
  catalog::Product& best_seller = shop_.model().Add("film_24");
  best_seller.parent_id = "film";
  best_seller.stock = 0;
  shop_.model().SetPopularity("film_24", 90);
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop_.Ids(slot), ElementsAre("film"));
  EXPECT_EQ(RemovedInAll(slot), 0U);
}

TEST_F(Eligibility, ARootWithoutEligibleVariantsCountsOnceWithTheFirstOnesCause) {
  film_->visible = false;
  catalog::Product& best_seller = shop_.model().Add("film_24");
  best_seller.parent_id = "film";
  best_seller.stock = 0;
  shop_.model().SetPopularity("film_24", 90);
  ExpectRemoved(PageOf("camera"), RemovalCause::kOutOfStock);
}

TEST_F(Eligibility, ATraceNamesWhatLeftAndWhy) {
  film_->stock = 0;
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].slot, "also_bought");
  EXPECT_EQ(answer.trace[0].product_id, "film");
  EXPECT_EQ(answer.trace[0].cause, RemovalCause::kOutOfStock);
  EXPECT_EQ(answer.trace[0].rule_id, "");
  request.explanation = Explanation::kReason;
  EXPECT_THAT(shop_.Ask(request).trace, IsEmpty());
}

TEST(EligibilityOfRungs, ARungIsExactlyOneProductWithAPrice) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("pro", 60000).stock = 0;
  shop.model().Add("pro_black", 60000).parent_id = "pro";
  shop.model().Add("max", -1);
  shop.model().AddRung("camera", "pro", kUp, 1);
  shop.model().AddRung("camera", "max", kUp, 2);
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "higher");
  EXPECT_THAT(slot.offers, IsEmpty());
  EXPECT_EQ(Removed(slot, RemovalCause::kOutOfStock), 1U);
  EXPECT_EQ(Removed(slot, RemovalCause::kCurrencyMismatch), 1U);
}

TEST(EligibilityOfRungs, AVariantOfTheAnchorIsNoRung) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("camera_red", 52000).parent_id = "camera";
  shop.model().AddRung("camera", "camera_red", kUp);
  EXPECT_EQ(Removed(SlotOf(shop.Ask(PageOf("camera")), "higher"), RemovalCause::kVariantOfAnchor), 1U);
}

}  // namespace
}  // namespace awase::engine
