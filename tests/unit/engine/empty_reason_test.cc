#include "engine/empty_reason.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

TEST(EmptyReason, NoListSaysThatNothingIsTogetherOftenEnough) {
  Shop shop;
  shop.model().Add("camera");
  shop.model().HaveRelation(kTogether);
  const Answer answer = shop.Ask(PageOf("camera"));
  EXPECT_EQ(SlotOf(answer, "bundle").empty_reason, "no product is bought together with this one often enough");
  EXPECT_EQ(SlotOf(answer, "also_bought").empty_reason, "no product is bought together with this one often enough");
  EXPECT_EQ(
      SlotOf(answer, "lower").empty_reason,
      "when the model was trained, this family had no cheaper product within one price step, in the same currency");
  EXPECT_EQ(
      SlotOf(answer, "higher").empty_reason,
      "when the model was trained, this family had no better product within one price step, in the same currency");
}

TEST(EmptyReason, AModelWithoutTheRelationSaysSo) {
  Shop shop;
  shop.model().Add("camera");
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "bundle").empty_reason,
            "the model was trained without the relation bought_together");
}

TEST(EmptyReason, RemovalsAreCountedByCause) {
  Shop shop;
  shop.model().Add("camera");
  Request request = PageOf("camera");
  for (int i = 0; i < 6; ++i) {
    const std::string id = "p" + std::to_string(i);
    if (i < 4) {
      shop.model().Add(id).stock = 0;
    } else {
      shop.model().Add(id);
      request.cart.push_back({id, 1});
    }
    shop.model().Relate(kAlso, "camera", id);
  }
  EXPECT_EQ(SlotOf(shop.Ask(request), "also_bought").empty_reason,
            "6 candidates, all removed: 4 out of stock, 2 in the cart");
}

TEST(EmptyReason, ListsWithoutEvidenceSayHowManyCandidatesThereWere) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film", {.claim = false});
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "bundle").empty_reason,
            "no product is bought together with this one often enough: 1 candidate without enough evidence");
}

TEST(EmptyReason, IsAbsentWhereThereIsAnOffer) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "film");
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "also_bought").empty_reason, "");
}

TEST(EmptyReason, IsSaidEvenWithoutExplanations) {
  Shop shop;
  shop.model().Add("camera");
  Request request = PageOf("camera");
  request.explanation = Explanation::kNone;
  for (const Slot& slot : shop.Ask(request).slots) EXPECT_NE(slot.empty_reason, "") << slot.name;
}

TEST(EmptyReason, EveryCauseHasItsPhraseAndName) {
  for (std::size_t cause = 0; cause < kRemovalCauseCount; ++cause) {
    if (cause > static_cast<std::size_t>(RemovalCause::kPriceOutOfBounds) &&
        cause < static_cast<std::size_t>(RemovalCause::kExcluded)) {
      continue;  // numbers of causes that are not there yet
    }
    EXPECT_STRNE(CausePhrase(static_cast<RemovalCause>(cause)), "removed");
    EXPECT_STRNE(RemovalCauseName(static_cast<RemovalCause>(cause)), "UNKNOWN");
  }
}

}  // namespace
}  // namespace awase::engine
