#include "engine/gates.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Gates, AnUnknownProductGivesAnEmptyPageThatSaysSo) {
  Shop shop;
  shop.model().Add("camera");
  shop.model().HaveRelation(kTogether);
  const Answer answer = shop.Ask(PageOf("gone"));
  ASSERT_EQ(answer.slots.size(), 4U);
  for (const Slot& slot : answer.slots) {
    EXPECT_THAT(slot.offers, IsEmpty()) << slot.name;
    EXPECT_EQ(slot.empty_reason, "unknown product: the model does not know \"gone\"") << slot.name;
  }
}

TEST(Gates, ALongUnknownIdIsCutInTheSentence) {
  Shop shop;
  shop.model().Add("camera");
  EXPECT_EQ(SlotOf(shop.Ask(PageOf(std::string(10'000, 'x'))), "bundle").empty_reason,
            "unknown product: the model does not know \"" + std::string(40, 'x') + "…\"");
}

TEST(Gates, AnEmptyCartSaysThatThereIsNothingToStartFrom) {
  Shop shop;
  shop.model().Add("camera");
  EXPECT_EQ(SlotOf(shop.Ask(CartOf({})), "also_bought").empty_reason,
            "no product in the request: neither product_ids nor a cart");
  EXPECT_EQ(SlotOf(shop.Ask(CartOf({"gone"})), "also_bought").empty_reason,
            "unknown product: the model knows none of the cart's");
}

TEST(Gates, AnotherProductDoesNotLendItsLadderOrSetToAnUnknownPageProduct) {
  Shop shop;
  shop.model().Add("camera", 50000);
  shop.model().Add("camera_pro", 60000);
  shop.model().Add("film", 500);
  shop.model().AddRung("camera", "camera_pro", kUp);
  shop.model().Relate(kTogether, "camera", "film");
  Request request = PageOf("gone");
  request.product_ids.push_back("camera");
  const Answer answer = shop.Ask(request);
  EXPECT_THAT(SlotOf(answer, "bundle").offers, IsEmpty());
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty());
  EXPECT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("film"));
}

TEST(Gates, ARungNeedsAPriceToStartFrom) {
  Shop shop;
  shop.model().Add("priceless", -1);
  shop.model().Add("camera", 50000);
  shop.model().AddRung("priceless", "camera", kUp);
  EXPECT_THAT(SlotOf(shop.Ask(PageOf("priceless")), "higher").empty_reason, HasSubstr("the product has no price"));
  Request request = PageOf("camera");
  request.currency = Currency("EUR");
  EXPECT_EQ(SlotOf(shop.Ask(request), "lower").empty_reason, "the product is priced in USD, the request asks for EUR");
}

}  // namespace
}  // namespace awase::engine
