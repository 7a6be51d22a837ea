#include "awase/engine/recommend.h"

#include "awase/engine/placements.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Recommend, AnswersAWholePageInDisplayOrder) {
  Shop shop;
  shop.model().Add("camera", 50000).product_type = "camera";
  shop.model().Add("mini", 40000).product_type = "camera";
  shop.model().Add("pro", 60000).product_type = "camera";
  shop.model().Add("film", 1000).product_type = "film";
  shop.model().Add("bag", 3000).product_type = "bag";
  shop.model().Add("book", 2000).product_type = "book";
  shop.model().Relate(kTogether, "camera", "film", {.together = 30});
  shop.model().Relate(kTogether, "camera", "bag", {.together = 20});
  shop.model().Relate(kAlso, "camera", "book", {.together = 15});
  shop.model().AddRung("camera", "mini", kDown);
  shop.model().AddRung("camera", "pro", kUp);
  const Answer answer = shop.Ask(PageOf("camera"));
  ASSERT_EQ(answer.slots.size(), 4U);
  EXPECT_EQ(answer.slots[0].name, "bundle");
  EXPECT_THAT(shop.Lines(answer.slots[0].offers.at(0)), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(answer.slots[1].name, "also_bought");
  EXPECT_THAT(shop.Ids(answer.slots[1]), ElementsAre("book"));
  EXPECT_EQ(answer.slots[2].name, "lower");
  EXPECT_THAT(shop.Ids(answer.slots[2]), ElementsAre("mini"));
  EXPECT_EQ(answer.slots[3].name, "higher");
  EXPECT_THAT(shop.Ids(answer.slots[3]), ElementsAre("pro"));
  EXPECT_THAT(answer.missing_ids, IsEmpty());
  EXPECT_FALSE(answer.degraded);
}

TEST(Recommend, NamesTheVersionsItAnsweredFrom) {
  Shop shop;
  shop.model().Add("camera");
  shop.rules().revision = "r7";
  const auto snapshot = shop.Snap();
  const auto answer = Recommend(*snapshot, PageOf("camera"), TestNow());
  AWASE_ASSERT_OK(answer);
  EXPECT_EQ(answer->model_version, snapshot->model().version());
  EXPECT_EQ(answer->rule_revision, "r7");
}

TEST(Recommend, RefusesABadRequestByItsField) {
  Shop shop;
  shop.model().Add("camera");
  Request request = PageOf("camera");
  request.cart = {{"camera", 0}};
  EXPECT_THAT(Recommend(*shop.Snap(), request, TestNow()),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("request.cart[0].quantity")));
}

TEST(Recommend, AnswersEveryPlacementWithItsSlots) {
  Shop shop;
  shop.model().Add("plan");
  for (const Placement& placement : PlacementTable::BuiltIn()->all()) {
    Request request = PageOf("plan");
    request.placement = std::string(placement.name);
    const Answer answer = shop.Ask(request);
    ASSERT_EQ(answer.slots.size(), placement.slots.size());
    for (std::size_t i = 0; i < answer.slots.size(); ++i) EXPECT_EQ(answer.slots[i].name, placement.slots[i].name);
  }
}

TEST(Recommend, OffersPerSlotMayBeFewerOrMoreThanTheDefault) {
  Shop shop;
  shop.model().Add("camera");
  for (int i = 0; i < 9; ++i) {
    const std::string id = "p" + std::to_string(i);
    shop.model().Add(id);
    shop.model().Relate(kAlso, "camera", id);
  }
  Request request = PageOf("camera");
  EXPECT_EQ(SlotOf(shop.Ask(request), "also_bought").offers.size(), 6U);
  request.max_offers_per_slot = 2;
  EXPECT_EQ(SlotOf(shop.Ask(request), "also_bought").offers.size(), 2U);
  request.max_offers_per_slot = 50;
  EXPECT_EQ(SlotOf(shop.Ask(request), "also_bought").offers.size(), 9U);
}

}  // namespace
}  // namespace awase::engine
