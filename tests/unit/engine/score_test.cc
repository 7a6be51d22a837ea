#include "engine/score.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Score, OneListKeepsItsOrderAsSharesOfTheBest) {
  Shop shop;
  for (const char* id : {"camera", "a", "b"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "a", {.together = 10, .score = 2});
  shop.model().Relate(kAlso, "camera", "b", {.together = 10, .score = 8});
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop.Ids(slot), ElementsAre("b", "a"));
  EXPECT_DOUBLE_EQ(slot.offers[0].score, 1);
  EXPECT_DOUBLE_EQ(slot.offers[1].score, 0.25);
}

TEST(Score, ListsOfACartAddUpWithTheStrongestSeedsEvidence) {
  Shop shop;
  for (const char* id : {"camera", "phone", "film", "battery"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "film", {.together = 40, .score = 10});
  shop.model().Relate(kAlso, "camera", "battery", {.together = 30, .score = 6});
  shop.model().Relate(kAlso, "phone", "battery", {.together = 20, .score = 500});
  const Answer answer = shop.Ask(CartOf({"camera", "phone"}));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop.Ids(slot), ElementsAre("battery", "film"));
  EXPECT_NEAR(slot.offers[0].score, 1.6, 1e-6);
  EXPECT_EQ(slot.offers[0].reason.evidence->units_together, 20U);
  EXPECT_THAT(slot.offers[0].reason.text, HasSubstr("The phone"));
}

TEST(Score, TwoVariantsInTheCartSpeakOnce) {
  Shop shop;
  shop.model().Add("shirt");
  for (const char* id : {"shirt_red", "shirt_blue"}) shop.model().Add(id).parent_id = "shirt";
  shop.model().Add("belt");
  shop.model().Relate(kAlso, "shirt", "belt");
  const Answer answer = shop.Ask(CartOf({"shirt_red", "shirt_blue"}));
  ASSERT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("belt"));
  EXPECT_DOUBLE_EQ(SlotOf(answer, "also_bought").offers[0].score, 1);
}

TEST(Score, TiesGoToTheSmallerId) {
  Shop shop;
  for (const char* id : {"camera", "phone", "b", "a"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "b");
  shop.model().Relate(kAlso, "phone", "a");
  EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(CartOf({"camera", "phone"})), "also_bought")), ElementsAre("a", "b"));
}

TEST(Score, APairByChanceDoesNotCarryAnotherListsCandidateUp) {
  const relations::RelationEntry best{.other = ProductAt(1),
                                      .score = 4,
                                      .units_together = 1,
                                      .buyers_together = 1,
                                      .lift = 1,
                                      .lift_low = 0,
                                      .lift_high = 2,
                                      .is_claim = 0};
  EXPECT_EQ(Relevance(best, best), 0);
}

}  // namespace
}  // namespace awase::engine
