#include "engine/cart_candidates.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Lists say film before bag; the cart model says bag.
class CartCandidates : public ::testing::Test {
 protected:
  CartCandidates() {
    for (const char* id : {"camera", "phone", "film", "bag"}) shop_.model().Add(id);
    shop_.model().Relate(kTogether, "camera", "film", {.together = 40, .claim = false});
    shop_.model().Relate(kTogether, "phone", "film", {.together = 30, .claim = false});
    shop_.model().Relate(kTogether, "phone", "bag", {.together = 20, .claim = false});
    shop_.model().Relate(kTogether, "camera", "bag", {.together = 10, .claim = false});
    shop_.model().WeighForCarts("camera", "film", 0.1F);
    shop_.model().WeighForCarts("phone", "film", 0.1F);
    shop_.model().WeighForCarts("camera", "bag", 0.25F);
    shop_.model().WeighForCarts("phone", "bag", 0.25F);
  }

  Shop shop_;
};

TEST_F(CartCandidates, SpeakAsTheCartModelSaysWithTheStrongestSeedsEvidence) {
  const Answer answer = shop_.Ask(CartOf({"camera", "phone"}));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("bag", "film"));
  EXPECT_DOUBLE_EQ(slot.offers[0].score, 1);
  EXPECT_NEAR(slot.offers[1].score, 0.4, 1e-6);
  EXPECT_EQ(slot.offers[0].reason.source, Source::kBoughtTogether);
  EXPECT_EQ(slot.offers[0].reason.evidence->units_together, 20U) << "2/3 of phone's best, 1/4 of camera's";
  EXPECT_THAT(slot.offers[0].reason.text, HasSubstr("The phone"));
  EXPECT_EQ(slot.offers[1].reason.evidence->units_together, 40U);
}

TEST_F(CartCandidates, DoNotDependOnTheOrderOfTheCart) {
  const Answer one = shop_.Ask(CartOf({"camera", "phone"}));
  const Answer other = shop_.Ask(CartOf({"phone", "camera"}));
  EXPECT_EQ(shop_.Ids(SlotOf(one, "also_bought")), shop_.Ids(SlotOf(other, "also_bought")));
}

TEST_F(CartCandidates, StartFromTheBaseline) {
  shop_.model().SetCartBaseline("film", 0.5F);
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(CartOf({"camera", "phone"})), "also_bought")), ElementsAre("film", "bag"));
}

TEST_F(CartCandidates, AreOnlyWhatACartSpeaksForAndAListExplains) {
  for (const char* id : {"tripod", "unlisted"}) shop_.model().Add(id);
  shop_.model().Relate(kTogether, "camera", "tripod", {.together = 50, .claim = false});
  shop_.model().WeighForCarts("camera", "tripod", 0.1F);
  shop_.model().WeighForCarts("phone", "tripod", -0.2F);
  shop_.model().SetCartBaseline("tripod", 5);
  shop_.model().WeighForCarts("camera", "unlisted", 9);
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(CartOf({"camera", "phone"})), "also_bought")), ElementsAre("bag", "film"));
}

TEST_F(CartCandidates, SpeakInOpenCartsOfTwoProductsOnly) {
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(CartOf({"camera"})), "also_bought")), ElementsAre("film", "bag"));
  Request request = CartOf({"camera", "phone"});
  request.placement = "checkout";
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "also_bought")), ElementsAre("bag", "film"));
  request.placement = "post_purchase";
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "also_bought")), ElementsAre("film", "bag"));
}

TEST_F(CartCandidates, LeaveTheListsToSpeakWhereTheModelIsSilent) {
  for (const char* id : {"pen", "pad", "ink"}) shop_.model().Add(id);
  shop_.model().Relate(kTogether, "pen", "ink", {.claim = false});
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(CartOf({"pen", "pad"})), "also_bought")), ElementsAre("ink"));
}

TEST_F(CartCandidates, VariantsInTheCartSpeakOnce) {
  shop_.model().Add("camera_red").parent_id = "camera";
  const Answer answer = shop_.Ask(CartOf({"camera", "camera_red", "phone"}));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("bag", "film"));
  EXPECT_NEAR(slot.offers[1].score, 0.4, 1e-6);
}

TEST_F(CartCandidates, AreJudgedLikeAllOthers) {
  shop_.model().Add("sold_out").stock = 0;
  shop_.model().Relate(kTogether, "camera", "sold_out", {.claim = false});
  shop_.model().WeighForCarts("camera", "sold_out", 0.9F);
  const Answer answer = shop_.Ask(CartOf({"camera", "phone"}));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop_.Ids(slot), ElementsAre("bag", "film"));
  EXPECT_EQ(Removed(slot, RemovalCause::kOutOfStock), 1U);
}

}  // namespace
}  // namespace awase::engine
