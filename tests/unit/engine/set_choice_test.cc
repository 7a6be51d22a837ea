#include "engine/set_choice.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

void AddTyped(Shop& shop, absl::string_view id, absl::string_view type) {
  shop.model().Add(id).product_type = std::string(type);
}

TEST(SetChoice, SubstitutesOfTheAnchorStayOutOfCrossSell) {
  Shop shop;
  AddTyped(shop, "camera", "camera");
  AddTyped(shop, "other_camera", "camera");
  AddTyped(shop, "film", "film");
  shop.model().Relate(kAlso, "camera", "other_camera", {.together = 30});
  shop.model().Relate(kAlso, "camera", "film", {.together = 20});
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop.Ids(slot), ElementsAre("film"));
  EXPECT_EQ(Removed(slot, RemovalCause::kSameProductType), 1U);
}

TEST(SetChoice, AMultiPackIsNoSubstituteAndIsNamed) {
  Shop shop;
  for (const char* id : {"red_wool", "blue_wool", "grey_wool", "green_wool"}) AddTyped(shop, id, "wool");
  for (const char* id : {"blue_wool", "grey_wool", "green_wool"}) {
    shop.model().Relate(kAlso, "red_wool", id, {.together = 30, .entry_class = relations::EntryClass::kMultiPack});
  }
  const Answer answer = shop.Ask(PageOf("red_wool"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop.Ids(slot), ElementsAre("blue_wool", "green_wool"));
  EXPECT_EQ(Removed(slot, RemovalCause::kSameProductType), 1U) << "two of one type are enough, of its own type as well";
  EXPECT_THAT(slot.offers[0].reason.text, ::testing::StartsWith("People buy several of this kind. "));
}

TEST(SetChoice, WhatAListCallsASubstituteOrAVariantStaysOutAndIsNamed) {
  Shop shop;
  for (const char* id : {"camera", "other", "black", "film"}) shop.model().Add(id);  // without types
  shop.model().Relate(kAlso, "camera", "other", {.together = 30, .entry_class = relations::EntryClass::kSubstitute});
  shop.model().Relate(kAlso, "camera", "black", {.together = 29, .entry_class = relations::EntryClass::kVariant});
  shop.model().Relate(kAlso, "camera", "film", {.together = 20, .entry_class = relations::EntryClass::kComplement});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop.Ask(request);
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop.Ids(slot), ElementsAre("film"));
  EXPECT_EQ(Removed(slot, RemovalCause::kSubstitute), 1U);
  EXPECT_EQ(Removed(slot, RemovalCause::kVariantOfAnchor), 1U);
  ASSERT_EQ(answer.trace.size(), 2U);
  EXPECT_EQ(answer.trace[0].product_id, "other");
  EXPECT_EQ(answer.trace[0].cause, RemovalCause::kSubstitute);
}

TEST(SetChoice, ASubstituteOfOneProductOfTheCartIsOneForAll) {
  Shop shop;
  for (const char* id : {"camera", "bag", "other", "film"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "other", {.together = 30, .entry_class = relations::EntryClass::kSubstitute});
  shop.model().Relate(kAlso, "bag", "other", {.together = 90, .entry_class = relations::EntryClass::kComplement});
  shop.model().Relate(kAlso, "bag", "film", {.together = 20});
  const Slot slot = SlotOf(shop.Ask(CartOf({"camera", "bag"})), "also_bought");
  EXPECT_THAT(shop.Ids(slot), ElementsAre("film"));
  EXPECT_EQ(Removed(slot, RemovalCause::kSubstitute), 1U);
}

TEST(SetChoice, ARowShowsAtMostTwoOfOneType) {
  Shop shop;
  AddTyped(shop, "camera", "camera");
  for (const char* id : {"film1", "film2", "film3"}) AddTyped(shop, id, "film");
  AddTyped(shop, "bag", "bag");
  std::uint32_t together = 50;
  for (const char* id : {"film1", "film2", "film3", "bag"}) {
    shop.model().Relate(kAlso, "camera", id, {.together = together});
    together -= 10;
  }
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "also_bought");
  EXPECT_THAT(shop.Ids(slot), ElementsAre("film1", "film2", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kSameProductType), 1U);
}

TEST(SetChoice, UnknownTypesBindNothing) {
  Shop shop;
  for (const char* id : {"camera", "a", "b", "c"}) shop.model().Add(id);
  for (const char* id : {"a", "b", "c"}) shop.model().Relate(kAlso, "camera", id);
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "also_bought").offers.size(), 3U);
}

TEST(SetChoice, RungsAreOfTheAnchorsTypeByNature) {
  Shop shop;
  AddTyped(shop, "camera", "camera");
  shop.model().Add("pro", 60000).product_type = "camera";
  shop.model().AddRung("camera", "pro", kUp);
  EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(PageOf("camera")), "higher")), ElementsAre("pro"));
}

TEST(SetChoice, ARungThatIsNoStepAtThePricesOfNowIsNotShown) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("same", 50000);
  shop.model().Add("dear", 60000);
  shop.model().AddRung("camera", "same", kUp);
  shop.model().AddRung("camera", "dear", kDown);
  const Answer answer = shop.Ask(PageOf("camera"));
  for (const char* name : {"lower", "higher"}) {
    EXPECT_EQ(SlotOf(answer, name).offers.size(), 0U);
    EXPECT_EQ(Removed(SlotOf(answer, name), RemovalCause::kNoEvidence), 1U);
  }
}

TEST(SetChoice, ARowShowsAProductAndItsVariantsOnce) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("pro", 60000);
  shop.model().Add("pro_black", 61000).parent_id = "pro";
  shop.model().AddRung("camera", "pro", kUp, 1);
  shop.model().AddRung("camera", "pro_black", kUp, 2);
  const Answer answer = shop.Ask(PageOf("camera"));
  EXPECT_THAT(shop.Ids(SlotOf(answer, "higher")), ElementsAre("pro"));
  EXPECT_EQ(Removed(SlotOf(answer, "higher"), RemovalCause::kAlreadyShown), 1U);
}

TEST(SetChoice, ASetHasOneProductPerType) {
  Shop shop;
  AddTyped(shop, "camera", "camera");
  AddTyped(shop, "other_camera", "camera");
  AddTyped(shop, "film1", "film");
  AddTyped(shop, "film2", "film");
  AddTyped(shop, "bag", "bag");
  std::uint32_t together = 50;
  for (const char* id : {"other_camera", "film1", "film2", "bag"}) {
    shop.model().Relate(kTogether, "camera", id, {.together = together});
    together -= 10;
  }
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "bundle");
  ASSERT_EQ(slot.offers.size(), 1U);
  EXPECT_THAT(shop.Lines(slot.offers[0]), ElementsAre("camera", "film1", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kSameProductType), 2U);
}

TEST(SetChoice, CompanionsThatAreTogetherNoMoreThanByChanceContradictEachOther) {
  Shop shop;
  for (const char* id : {"camera", "film", "card", "bag"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film", {.together = 50});
  shop.model().Relate(kTogether, "camera", "card", {.together = 40});
  shop.model().Relate(kTogether, "camera", "bag", {.together = 30});
  // 100 · 100 / 10,000 = 1 order by chance. Known from the later companion's list only.
  shop.model().Relate(kTogether, "card", "film", {.together = 1, .claim = false});
  const Answer answer = shop.Ask(PageOf("camera"));
  const Slot& slot = SlotOf(answer, "bundle");
  ASSERT_EQ(slot.offers.size(), 1U);
  EXPECT_THAT(shop.Lines(slot.offers[0]), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot, RemovalCause::kNoEvidence), 1U);
}

}  // namespace
}  // namespace awase::engine
