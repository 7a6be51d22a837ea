#include "engine/intent_gates.h"

#include <random>

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

rules::Condition OfTier(const char* tier) {
  rules::Condition when;
  when.customer.tiers = {tier};
  return when;
}

class IntentGatesTest : public ::testing::Test {
 protected:
  IntentGatesTest() {
    for (const auto& [id, price] : {std::pair{"mini", 400}, {"camera", 500}, {"pro", 600}, {"film", 10}, {"bag", 20}}) {
      shop_.model().Add(id, price);
    }
    shop_.model().Relate(kTogether, "camera", "film");
    shop_.model().Relate(kAlso, "camera", "bag");
    shop_.model().AddRung("camera", "mini", kDown);
    shop_.model().AddRung("camera", "pro", kUp);
  }

  // Which slots of the camera's page have offers.
  std::vector<std::string> Speaking(const Request& request) {
    answer_ = shop_.Ask(request);
    std::vector<std::string> names;
    for (const Slot& slot : answer_.slots) {
      if (!slot.offers.empty()) names.push_back(slot.name);
    }
    return names;
  }

  Shop shop_;
  Answer answer_;
};

TEST_F(IntentGatesTest, WhatIsNotKnownClosesNothing) {
  EXPECT_THAT(Speaking(PageOf("camera")), ElementsAre("bundle", "also_bought", "lower", "higher"));
  EXPECT_THAT(answer_.restraint.intents, IsEmpty());
}

TEST_F(IntentGatesTest, DetractorsGetNoUpSellAndPassivesDo) {
  for (std::uint32_t nps = 0; nps <= 10; ++nps) {
    Request request = PageOf("camera");
    request.customer.nps = nps;
    if (nps > 6) {
      EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower", "higher")) << nps;
    } else {
      EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower")) << nps;
    }
  }
  Request request = PageOf("camera");
  request.customer.nps = 4;
  Speaking(request);
  EXPECT_EQ(SlotOf(answer_, "higher").empty_reason,
            "up-sell is closed by default to detractors (NPS 0 to 6; this customer: 4)");
  ASSERT_EQ(answer_.restraint.intents.size(), 1U);
  EXPECT_EQ(answer_.restraint.intents[0].intent, Intent::kUpSell);
  EXPECT_TRUE(answer_.restraint.intents[0].closed);
  EXPECT_EQ(answer_.restraint.intents[0].rule_id, "");
}

TEST_F(IntentGatesTest, CustomersOfLittleHealthGetNoUpSell) {
  Request request = PageOf("camera");
  request.customer.health = 39;
  EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower"));
  EXPECT_EQ(SlotOf(answer_, "higher").empty_reason,
            "up-sell is closed by default to customers of a health below 40 (this customer: 39)");
  request.customer.health = 40;
  EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower", "higher"));
}

TEST_F(IntentGatesTest, ARuleClosesWholeSlotsAndIsNamed) {
  shop_.AddRule("not-yet", rules::Gate{{"cross_sell"}, false, "first success comes first"});
  EXPECT_THAT(Speaking(PageOf("camera")), ElementsAre("lower", "higher"));
  for (const char* slot : {"bundle", "also_bought"}) {
    EXPECT_EQ(SlotOf(answer_, slot).empty_reason,
              "cross-sell is closed by rule \"not-yet\": first success comes first");
    EXPECT_EQ(RemovedInAll(SlotOf(answer_, slot)), 0U);
  }
}

TEST_F(IntentGatesTest, ARuleOpensWhatADefaultCloses) {
  shop_.AddRule("gold", rules::Gate{{"up_sell"}, true, ""}).when = OfTier("gold");
  Request request = PageOf("camera");
  request.customer.nps = 0;
  request.customer.health = 0;
  EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower"));
  request.customer.tier = "gold";
  EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower", "higher"));
  ASSERT_EQ(answer_.restraint.intents.size(), 1U);
  EXPECT_FALSE(answer_.restraint.intents[0].closed);
  EXPECT_EQ(answer_.restraint.intents[0].rule_id, "gold");
  EXPECT_EQ(answer_.restraint.intents[0].reason, "");
}

TEST_F(IntentGatesTest, TheFirstRuleThatSpeaksOfAnIntentDecides) {
  shop_.AddRule("gold", rules::Gate{{"up_sell"}, true, ""}).when = OfTier("gold");
  shop_.AddRule("all", rules::Gate{{"up_sell", "down_sell"}, false, ""});
  shop_.AddRule("late", rules::Gate{{"up_sell"}, true, ""});
  EXPECT_THAT(Speaking(PageOf("camera")), ElementsAre("bundle", "also_bought"));
  Request request = PageOf("camera");
  request.customer.tier = "gold";
  EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "higher"));
}

TEST_F(IntentGatesTest, MilestonesMakeAStage) {
  rules::Condition when;
  when.customer.milestones_missing = {"first_success"};
  shop_.AddRule("stage", rules::Gate{{"up_sell", "cross_sell"}, false, ""}).when = when;
  Request request = PageOf("camera");
  EXPECT_THAT(Speaking(request), ElementsAre("lower"));
  request.customer.milestones = {"first_success"};
  EXPECT_THAT(Speaking(request), ElementsAre("bundle", "also_bought", "lower", "higher"));
}

TEST_F(IntentGatesTest, OnlyIntentsOfThePlacementAreSpokenOf) {
  shop_.AddRule("all", rules::Gate{{"up_sell", "cross_sell"}, false, ""});
  const Answer answer = shop_.Ask(CartOf({"camera"}));
  ASSERT_EQ(answer.restraint.intents.size(), 1U);
  EXPECT_EQ(answer.restraint.intents[0].intent, Intent::kCrossSell);
}

// Closing an intent is not having its slots: the others say what they say in a placement without those.
TEST(IntentGatesProperty, AClosedIntentIsAPlacementWithoutItsSlots) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    Shop shop;
    const auto id = [](std::uint32_t i) { return "p" + std::to_string(i); };
    for (std::uint32_t i = 0; i < 8; ++i) shop.model().Add(id(i), 1000 + 100 * i);
    for (std::uint32_t i = 0; i < 8; ++i) {
      for (std::uint32_t j = 0; j < 8; ++j) {
        if (i == j || random() % 2 == 0) continue;
        shop.model().Relate(random() % 2 == 0 ? kAlso : kTogether, id(i), id(j),
                            {.together = 5 + static_cast<std::uint32_t>(random() % 90)});
      }
      if (i > 0) shop.model().AddRung(id(i), id(i - 1), kDown);
      if (i < 7) shop.model().AddRung(id(i), id(i + 1), kUp);
    }
    const std::size_t closed = random() % kIntentCount;
    Placement without = *PlacementTable::BuiltIn()->Find("product_page");
    without.name = "without";
    std::erase_if(without.slots, [closed](const SlotSpec& slot) { return slot.intent == static_cast<Intent>(closed); });
    const auto open =
        Snapshot::Create(shop.Snap()->shared_model(), shop.Snap()->shared_rules(), PlacementTable::With({without}));
    shop.AddRule("closed", rules::Gate{{std::string(rules::kIntentNames[closed])}, false, ""});
    Request request = PageOf(id(static_cast<std::uint32_t>(random() % 8)));
    const Answer gated = shop.Ask(request);
    request.placement = "without";
    const Answer expected = *Recommend(*open, request, TestNow());
    std::size_t speaking = 0;
    for (const Slot& slot : gated.slots) {
      if (FindStandardSlot(slot.name)->intent == static_cast<Intent>(closed)) {
        EXPECT_THAT(slot.offers, IsEmpty());
        continue;
      }
      const Slot& other = expected.slots.at(speaking++);
      EXPECT_EQ(slot.name, other.name);
      EXPECT_EQ(shop.Ids(slot), shop.Ids(other)) << "seed " << seed << ", " << slot.name;
      EXPECT_EQ(slot.removed, other.removed) << "seed " << seed << ", " << slot.name;
      EXPECT_EQ(slot.empty_reason, other.empty_reason) << "seed " << seed << ", " << slot.name;
    }
    EXPECT_EQ(speaking, expected.slots.size());
  }
}

}  // namespace
}  // namespace awase::engine
