#include "engine/candidates.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

TEST(Candidates, AlsoBoughtSpeaksFromTheRelationAlsoBought) {
  Shop shop;
  for (const char* id : {"camera", "film", "bag"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film", {.claim = false});
  shop.model().Relate(kAlso, "camera", "bag");
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop.Ids(slot), ElementsAre("bag"));
  EXPECT_EQ(slot.offers[0].reason.source, Source::kAlsoBought);
  EXPECT_EQ(slot.offers[0].intent, Intent::kCrossSell);
}

TEST(Candidates, AlsoBoughtFallsBackToBoughtTogetherAndSaysSo) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film", {.claim = false});
  const Answer answer = shop.Ask(PageOf("camera"));
  ASSERT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("film"));
  EXPECT_EQ(SlotOf(answer, "also_bought").offers[0].reason.source, Source::kBoughtTogether);
}

TEST(Candidates, APairThatIsTogetherNoMoreThanByChanceIsNoCandidate) {
  Shop shop;
  for (const char* id : {"camera", "film", "milk"}) shop.model().Add(id);
  shop.model().SetUnits(kAlso, "milk", 5000);  // 5000 · 100 / 10,000 = 50 customers by chance
  shop.model().Relate(kAlso, "camera", "milk", {.together = 50, .claim = false});
  shop.model().Relate(kAlso, "camera", "film", {.together = 2, .claim = false});
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop.Ids(slot), ElementsAre("film"));
  EXPECT_EQ(Removed(slot, RemovalCause::kNoEvidence), 1U);
  EXPECT_EQ(RemovedInAll(slot), 1U);
}

TEST(Candidates, RungsComeFromTheLadderWithDirectionAndNumber) {
  Shop shop;
  shop.model().Add("mini", 30000);
  shop.model().Add("camera", 50000);
  shop.model().Add("plus", 60000);
  shop.model().Add("pro", 80000);
  shop.model().AddRung("camera", "mini", kDown);
  shop.model().AddRung("camera", "plus", kUp, 1);
  shop.model().AddRung("camera", "pro", kUp, 2);
  const Answer answer = shop.Ask(PageOf("camera"));
  EXPECT_THAT(shop.Ids(SlotOf(answer, "lower")), ElementsAre("mini"));
  const Slot& higher = SlotOf(answer, "higher");
  ASSERT_THAT(shop.Ids(higher), ElementsAre("plus", "pro"));
  EXPECT_EQ(SlotOf(answer, "lower").offers[0].intent, Intent::kDownSell);
  EXPECT_EQ(higher.offers[0].intent, Intent::kUpSell);
  EXPECT_EQ(higher.offers[0].rung, 1U);
  EXPECT_EQ(higher.offers[1].rung, 2U);
  EXPECT_EQ(higher.offers[1].reason.source, Source::kLadder);
}

TEST(Candidates, EachIsOfferedOrCountedOnce) {
  Shop shop;
  shop.model().Add("camera");
  for (int i = 0; i < 20; ++i) {
    const std::string id = "p" + std::to_string(i);
    shop.model().Add(id).stock = i % 3 == 0 ? 0 : 5;
    shop.model().Relate(kAlso, "camera", id, {.together = static_cast<std::uint32_t>(40 - i)});
  }
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_EQ(slot.offers.size(), 6U);
  EXPECT_EQ(slot.offers.size() + RemovedInAll(slot), 20U);
  EXPECT_EQ(Removed(slot, RemovalCause::kOutOfStock), 3U);  // p0, p3, p6; p8 fills the row
  EXPECT_EQ(Removed(slot, RemovalCause::kLimit), 11U);
}

}  // namespace
}  // namespace awase::engine
