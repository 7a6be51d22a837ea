#include "engine/pins.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A camera with five candidates a … e, in this order, and two products that no list names.
class Pins : public ::testing::Test {
 protected:
  Pins() {
    shop_.model().Add("camera", 50000);
    std::uint32_t together = 50;
    for (const char* id : {"a", "b", "c", "d", "e"}) {
      shop_.model().Add(id);
      shop_.model().Relate(kAlso, "camera", id, {.together = together});
      together -= 5;
    }
    new_ = &shop_.model().Add("new");
    shop_.model().Add("newer");
  }

  std::vector<std::string> Offered(const Request& request) {
    return shop_.Ids(SlotOf(shop_.Ask(request), "also_bought"));
  }

  Shop shop_;
  catalog::Product* new_;
};

TEST_F(Pins, APinStandsAtItsPositionAndNamesItsRule) {
  shop_.AddRule("launch", rules::Pin{"new", "also_bought", 2, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("a", "new", "b", "c", "d", "e"));
  EXPECT_EQ(slot.offers[1].reason.source, Source::kRule);
  EXPECT_THAT(slot.offers[1].reason.rule_ids, ElementsAre("launch"));
  EXPECT_EQ(slot.offers[1].reason.text, "Selected by the shop.");
  EXPECT_THAT(slot.offers[0].reason.rule_ids, IsEmpty());
}

TEST_F(Pins, AProductOfTheListIsMovedAndKeepsItsEvidence) {
  shop_.AddRule("lift-d", rules::Pin{"d", "also_bought", 1, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("d", "a", "b", "c", "e"));
  EXPECT_EQ(slot.offers[0].reason.evidence->units_together, 35U);
  EXPECT_EQ(RemovedInAll(slot), 0U);
}

TEST_F(Pins, AFullRowGivesThePinASeatAndCountsWhoLostIt) {
  shop_.AddRule("launch", rules::Pin{"new", "also_bought", 3, {}});
  Request request = PageOf("camera");
  request.max_offers_per_slot = 3;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("a", "b", "new"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kLimit), 3U);
}

TEST_F(Pins, MorePinsThanSeatsAreCounted) {
  shop_.AddRule("first", rules::Pin{"new", "also_bought", 9, {}});
  shop_.AddRule("second", rules::Pin{"newer", "also_bought", 1, {}});
  Request request = PageOf("camera");
  request.max_offers_per_slot = 1;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("new"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kLimit), 6U);
}

TEST_F(Pins, APositionBeyondTheRowIsItsEnd) {
  shop_.AddRule("launch", rules::Pin{"new", "also_bought", 40, {}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("a", "b", "c", "d", "e", "new"));
}

TEST_F(Pins, OnePositionForTwoGoesByPriority) {
  shop_.AddRule("first", rules::Pin{"newer", "also_bought", 1, {}});
  shop_.AddRule("second", rules::Pin{"new", "also_bought", 1, {}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("newer", "new", "a", "b", "c", "d"));
}

TEST_F(Pins, OneProductPinnedTwiceIsShownOnceByTheFirstRule) {
  shop_.AddRule("first", rules::Pin{"new", "also_bought", 2, {}});
  shop_.AddRule("second", rules::Pin{"new", "also_bought", 1, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop_.Ids(slot), ElementsAre("a", "new", "b", "c", "d", "e"));
  EXPECT_EQ(RemovedInAll(slot), 0U);
}

TEST_F(Pins, APinNeverShowsWhatIsOutOfStock) {
  new_->stock = 0;
  shop_.AddRule("launch", rules::Pin{"new", "also_bought", 1, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kOutOfStock), 1U);
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].rule_id, "launch");
}

TEST_F(Pins, AHideBeatsAPin) {
  shop_.AddRule("launch", rules::Pin{"new", "also_bought", 1, {}});
  shop_.AddRule("recall", rules::Hide{{"new"}, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_EQ(SlotOf(answer, "also_bought").offers.size(), 5U);
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kHiddenByRule), 1U);
}

TEST_F(Pins, AVariantThatIsNotTheBestSellerIsPinnedItself) {
  shop_.model().Add("a-red").parent_id = "a";
  shop_.model().Add("a-blue").parent_id = "a";
  shop_.model().SetPopularity("a-red", 50);
  shop_.AddRule("blue", rules::Pin{"a-blue", "also_bought", 2, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("b", "a-blue", "c", "d", "e"));
  EXPECT_TRUE(slot.offers[1].reason.evidence.has_value());
}

TEST_F(Pins, APinActsOnlyOnItsPagesSlotsPlacementsAndDates) {
  shop_.AddRule("other-page", rules::Pin{"new", "also_bought", 1, {"a"}});
  shop_.AddRule("other-slot", rules::Pin{"new", "sidebar", 1, {}});
  shop_.AddRule("other-placement", rules::Pin{"new", "also_bought", 1, {}}).placements = {"mail"};
  shop_.AddRule("over", rules::Pin{"new", "also_bought", 1, {}}).until = TestNow();
  shop_.AddRule("unknown-page", rules::Pin{"new", "also_bought", 1, {"gone"}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("a", "b", "c", "d", "e"));
  shop_.AddRule("this-page", rules::Pin{"new", "also_bought", 1, {"camera"}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("new", "a", "b", "c", "d", "e"));
}

TEST_F(Pins, APinFillsARowThatHasNoCandidates) {
  shop_.AddRule("launch", rules::Pin{"new", "also_bought", 4, {}});
  EXPECT_THAT(Offered(PageOf("newer")), ElementsAre("new"));
}

TEST_F(Pins, APinHasNoEffectInTheBundleSlot) {
  shop_.AddRule("launch", rules::Pin{"new", "bundle", 1, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(SlotOf(answer, "bundle").offers, IsEmpty());
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(Pins, BesideAPinTwoVariantsOfOneProductAreStillOneOfferAndOneRemoval) {
  shop_.model().Add("pinned", 90000);
  shop_.model().Add("reflex", 60000);
  shop_.model().Add("reflex-red", 65000).parent_id = "reflex";
  shop_.model().AddRung("camera", "reflex", kUp, 1);
  shop_.model().AddRung("camera", "reflex-red", kUp, 2);
  shop_.AddRule("launch", rules::Pin{"pinned", "higher", 2, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "higher");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("reflex", "pinned"));
  EXPECT_EQ(slot.offers[0].rung, 1U);  // its own, not that of its variant
  EXPECT_EQ(RemovedInAll(slot), 1U);
}

TEST_F(Pins, APinInALadderSlotMustBeAStepThatWay) {
  shop_.model().Add("cheap", 40000);
  shop_.model().Add("dear", 60000);
  shop_.AddRule("cheap-is-lower", rules::Pin{"cheap", "lower", 1, {"camera"}});
  shop_.AddRule("dear-is-not", rules::Pin{"dear", "lower", 1, {"camera"}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "lower");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("cheap"));
  EXPECT_EQ(slot.offers[0].price_difference, Usd(-10000));
  EXPECT_EQ(slot.offers[0].reason.text, "A cheaper alternative: USD 100.00 less.");
  EXPECT_EQ(Removed(slot, RemovalCause::kNoEvidence), 1U);
}

TEST_F(Pins, APinThatIsNoRungIsNotSaidToBeTheNextModel) {
  shop_.model().Add("next", 55000);
  shop_.model().Add("far", 90000);
  shop_.model().AddRung("camera", "next", ladder::Direction::kHigher, 1);
  shop_.AddRule("far", rules::Pin{"far", "higher", 1, {"camera"}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "higher");
  ASSERT_THAT(shop_.Ids(slot), ElementsAre("far", "next"));
  EXPECT_EQ(slot.offers[0].reason.text, "Selected by the shop.");
  EXPECT_THAT(slot.offers[1].reason.text, ::testing::StartsWith("The next model up: "));
}

}  // namespace
}  // namespace awase::engine
