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

TEST(Candidates, WeakRungsAreNotServed) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("plus", 60000);
  shop.model().Add("pro", 80000);
  shop.model().AddRung("camera", "plus", kUp, 1, ladder::Grade::kWeak);
  shop.model().AddRung("camera", "pro", kUp, 2);
  const Slot higher = SlotOf(shop.Ask(PageOf("camera")), "higher");
  EXPECT_THAT(shop.Ids(higher), ElementsAre("pro"));
  EXPECT_EQ(Removed(higher, RemovalCause::kNoEvidence), 1U);
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

// What is backed off: named by the list, but for the product's kind.
testing::PairCounts BackedOff(relations::EntrySource source, double score) {
  return {.together = 0, .score = score, .claim = false, .source = source};
}

TEST(Candidates, WhatIsBackedOffStandsBehindAllEvidenceAndSaysSo) {
  Shop shop;
  for (const char* id : {"camera", "film", "bag", "strap", "best_seller"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "strap", BackedOff(relations::EntrySource::kType, 90));
  shop.model().Relate(kAlso, "camera", "best_seller", BackedOff(relations::EntrySource::kPopularity, 80));
  shop.model().Relate(kAlso, "camera", "film", {.together = 30, .score = 30});
  shop.model().Relate(kAlso, "camera", "bag", BackedOff(relations::EntrySource::kBrand, 10));
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop.Ids(slot), ElementsAre("film", "strap", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kNoEvidence), 1U) << "what everybody buys fills no slot";
  EXPECT_EQ(slot.offers[0].reason.back_off, relations::EntrySource::kCounted);
  EXPECT_EQ(slot.offers[1].reason.back_off, relations::EntrySource::kType);
  EXPECT_EQ(slot.offers[1].reason.text, "Often bought by buyers of products of this kind.");
  EXPECT_FALSE(slot.offers[1].reason.evidence.has_value());
  EXPECT_EQ(slot.offers[2].reason.text, "From the same brand.");
  EXPECT_GT(slot.offers[0].score, slot.offers[1].score);
  EXPECT_GT(slot.offers[1].score, slot.offers[2].score);
}

TEST(Candidates, EvidenceOnlyLeavesOutWhatIsBackedOff) {
  Shop shop;
  for (const char* id : {"camera", "film", "strap"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "strap", BackedOff(relations::EntrySource::kType, 90));
  shop.model().Relate(kAlso, "camera", "film", {.together = 30, .score = 30});
  Request request = PageOf("camera");
  request.evidence_only = true;
  const Answer answer = shop.Ask(request);
  EXPECT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("film"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kNoEvidence), 1U);
}

TEST(Candidates, EvidenceOfOneSeedBeatsTheBackOffOfAnother) {
  Shop shop;
  for (const char* id : {"camera", "phone", "film", "strap"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "strap", BackedOff(relations::EntrySource::kType, 90));
  shop.model().Relate(kAlso, "camera", "film", BackedOff(relations::EntrySource::kType, 80));
  shop.model().Relate(kAlso, "phone", "film", {.together = 5});
  const Answer answer = shop.Ask(CartOf({"camera", "phone"}));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop.Ids(slot), ElementsAre("film", "strap"));
  EXPECT_EQ(slot.offers[0].reason.back_off, relations::EntrySource::kCounted);
  ASSERT_TRUE(slot.offers[0].reason.evidence.has_value());
  EXPECT_EQ(slot.offers[0].reason.evidence->units_together, 5U);
}

TEST(Candidates, AnotherWorkOfTheAuthorMayBeOfTheType) {
  Shop shop;
  for (const char* id : {"novel", "by_author", "of_brand"}) shop.model().Add(id).product_type = "novel";
  shop.model().Relate(kAlso, "novel", "by_author", BackedOff(relations::EntrySource::kAuthor, 2));
  shop.model().Relate(kAlso, "novel", "of_brand", BackedOff(relations::EntrySource::kBrand, 1));
  const Answer answer = shop.Ask(PageOf("novel"));
  const Slot& slot = SlotOf(answer, "also_bought");
  ASSERT_THAT(shop.Ids(slot), ElementsAre("by_author"));
  EXPECT_EQ(slot.offers[0].reason.text, "By the same author.");
  EXPECT_EQ(Removed(slot, RemovalCause::kSameProductType), 1U);
}

TEST(Candidates, WhatIsBackedOffEntersNoBundle) {
  Shop shop;
  for (const char* id : {"camera", "strap"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "strap", BackedOff(relations::EntrySource::kType, 2));
  const Answer answer = shop.Ask(PageOf("camera"));
  EXPECT_TRUE(SlotOf(answer, "bundle").offers.empty());
  EXPECT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("strap"))
      << "bought_together speaks, for want of more";
}

}  // namespace
}  // namespace awase::engine
