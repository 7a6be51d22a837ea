#include "engine/arbitration.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Arbitration, WhatTheBundleOffersIsNotRepeatedBelow) {
  Shop shop;
  for (const char* id : {"camera", "film", "bag", "strap"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film", {.together = 30});
  shop.model().Relate(kTogether, "camera", "bag", {.together = 20});
  shop.model().Relate(kTogether, "camera", "strap", {.together = 10});
  const Answer answer = shop.Ask(PageOf("camera"));
  EXPECT_THAT(shop.Lines(SlotOf(answer, "bundle").offers.at(0)), ElementsAre("camera", "film", "bag"));
  EXPECT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("strap"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kAlreadyShown), 2U);
}

TEST(Arbitration, ARungThatARowShowsAlreadyIsNotRepeated) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("pro", 60000);
  shop.model().Relate(kAlso, "camera", "pro");
  shop.model().AddRung("camera", "pro", kUp);
  const Answer answer = shop.Ask(PageOf("camera"));
  EXPECT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("pro"));
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty());
  EXPECT_EQ(Removed(SlotOf(answer, "higher"), RemovalCause::kAlreadyShown), 1U);
}

}  // namespace
}  // namespace awase::engine
