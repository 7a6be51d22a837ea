#include "engine/arbitration.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

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

// ---- One way along a ladder

// A ladder mini < camera < pro, accessories of each.
class ArbitrationTest : public ::testing::Test {
 protected:
  ArbitrationTest() {
    for (const auto& [id, price] : {std::pair{"mini", 400},
                                    {"camera", 500},
                                    {"pro", 600},
                                    {"grip", 20},
                                    {"film", 10},
                                    {"bag", 30},
                                    {"lens", 90}}) {
      shop_.model().Add(id, price);
    }
    shop_.model().AddRung("camera", "mini", kDown);
    shop_.model().AddRung("camera", "pro", kUp);
    shop_.model().Relate(kAlso, "camera", "grip", {.together = 40});
    shop_.model().Relate(kAlso, "camera", "film", {.together = 30});
    shop_.model().Relate(kAlso, "mini", "film", {.together = 20});
    shop_.model().Relate(kAlso, "lens", "grip", {.together = 20});
  }

  // The camera's page, in a placement that is like a built-in one but for what `change` does to it.
  template <typename Change>
  Answer AskIn(const char* like, Change change, Request request = PageOf("camera")) {
    Placement own = *PlacementTable::BuiltIn()->Find(like);
    own.name = "own";
    change(own);
    const auto built_in = shop_.Snap();
    const auto snapshot =
        Snapshot::Create(built_in->shared_model(), built_in->shared_rules(), PlacementTable::With({std::move(own)}));
    request.placement = "own";
    auto answer = Recommend(*snapshot, request, TestNow());
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *std::move(answer) : Answer();
  }
  Answer AskIn(const char* like) {
    return AskIn(like, [](Placement&) {});
  }

  std::vector<std::string> Row(const Answer& answer, const char* slot) { return shop_.Ids(SlotOf(answer, slot)); }

  Shop shop_;
};

TEST_F(ArbitrationTest, OnlyAPlaceToCompareShowsBothWays) {
  for (const char* comparing : {"product_page", "plan_page"}) {
    const Answer answer = AskIn(comparing);
    EXPECT_THAT(Row(answer, "lower"), ElementsAre("mini")) << comparing;
    EXPECT_THAT(Row(answer, "higher"), ElementsAre("pro")) << comparing;
  }
  for (const char* deciding : {"renewal", "trial_end"}) {
    const Answer answer = AskIn(deciding);
    EXPECT_THAT(Row(answer, "lower"), ElementsAre("mini")) << deciding;
    EXPECT_THAT(Row(answer, "higher"), IsEmpty()) << deciding;
    EXPECT_EQ(Removed(SlotOf(answer, "higher"), RemovalCause::kExcluded), 1U) << deciding;
    EXPECT_EQ(SlotOf(answer, "higher").empty_reason, "1 candidate, removed: 1 excluded by what another slot offers");
  }
  const Answer alert = AskIn("usage_alert");
  EXPECT_THAT(Row(alert, "higher"), ElementsAre("pro")) << "it is displayed first";
  EXPECT_THAT(Row(alert, "lower"), IsEmpty());
}

TEST_F(ArbitrationTest, ThePriorityOfSlotsSaysWhichWay) {
  const Answer answer = AskIn("renewal", [](Placement& own) {
    for (SlotSpec& slot : own.slots) slot.priority = slot.kind == SlotKind::kHigher ? 1 : 0;
  });
  EXPECT_THAT(Row(answer, "higher"), ElementsAre("pro"));
  EXPECT_THAT(Row(answer, "lower"), IsEmpty());
  EXPECT_EQ(answer.slots[0].name, "lower") << "what is displayed first stays so";
}

TEST_F(ArbitrationTest, AStepThatHasNothingToOfferLetsTheOtherSpeak) {
  shop_.AddRule("no-mini", rules::Hide{{"mini"}, {}});
  EXPECT_THAT(Row(AskIn("renewal"), "higher"), ElementsAre("pro"));
}

TEST_F(ArbitrationTest, APinThatYieldsIsNamed) {
  shop_.AddRule("pinned", rules::Pin{"pro", "higher", 1, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = AskIn("renewal", [](Placement&) {}, request);
  EXPECT_THAT(Row(answer, "higher"), IsEmpty());
  EXPECT_TRUE(std::any_of(answer.trace.begin(), answer.trace.end(), [](const TraceEntry& entry) {
    return entry.cause == RemovalCause::kExcluded && entry.rule_id == "pinned" && entry.product_id == "pro";
  }));
}

// ---- What goes only with the product that is to be replaced

TEST_F(ArbitrationTest, AccessoriesOfWhatIsReplacedAreNotSold) {
  const Answer answer = AskIn("renewal");
  EXPECT_THAT(Row(answer, "also_bought"), ElementsAre("film")) << "it goes with the mini as well, the grip does not";
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kExcluded), 1U);
}

TEST_F(ArbitrationTest, WhatGoesWithAnotherProductOfTheRequestStays) {
  Request request = PageOf("camera");
  request.product_ids.push_back("lens");
  EXPECT_THAT(Row(AskIn("renewal", [](Placement&) {}, request), "also_bought"), ElementsAre("grip", "film"));
}

TEST_F(ArbitrationTest, WithoutAdviceEverythingStays) {
  EXPECT_THAT(Row(AskIn("plan_page"), "also_bought"), ElementsAre("grip", "film")) << "two to compare are no advice";
  EXPECT_THAT(Row(AskIn("product_page"), "also_bought"), ElementsAre("grip", "film"));
  shop_.AddRule("no-steps", rules::Gate{{"up_sell", "down_sell"}, false, ""});
  EXPECT_THAT(Row(AskIn("renewal"), "also_bought"), ElementsAre("grip", "film"));
}

// ---- Relevance floor

TEST_F(ArbitrationTest, WhatIsBelowTheFloorIsNotOfferedAndTheEmptySlotSaysSo) {
  const auto with_floor = [](double floor) { return [floor](Placement& own) { own.least_score = floor; }; };
  const Answer all = AskIn("product_page");
  const double second = SlotOf(all, "also_bought").offers.at(1).score;
  ASSERT_LT(second, 1);
  EXPECT_THAT(Row(AskIn("product_page", with_floor(second)), "also_bought"), ElementsAre("grip", "film"));
  const Answer less = AskIn("product_page", with_floor((1 + second) / 2));
  EXPECT_THAT(Row(less, "also_bought"), ElementsAre("grip"));
  EXPECT_EQ(Removed(SlotOf(less, "also_bought"), RemovalCause::kNoEvidence), 1U);
  shop_.AddRule("no-grip", rules::Hide{{"grip"}, {}});
  EXPECT_EQ(SlotOf(AskIn("product_page", with_floor(1)), "also_bought").empty_reason,
            "2 candidates, all removed: 1 below the least_score 1 of own, 1 hidden by a rule");
}

TEST_F(ArbitrationTest, ABoostLiftsNothingOverTheFloorAndABuryTakesNothingBelow) {
  rules::ProductSet film;
  film.in.products = {"film"};
  shop_.AddRule("boost", rules::Boost{film, 1000 * rules::kFactorParts});
  const auto with_floor = [](Placement& own) { own.least_score = 0.99; };
  EXPECT_THAT(Row(AskIn("product_page", with_floor), "also_bought"), ElementsAre("grip"));
}

TEST_F(ArbitrationTest, WhatLeavesForAnotherReasonIsNotCountedAsBelowTheFloor) {
  shop_.model().Add("rival", 50000);
  shop_.model().Relate(kAlso, "camera", "rival", {.together = 1, .entry_class = relations::EntryClass::kSubstitute});
  shop_.AddRule("no-grip", rules::Hide{{"grip"}, {}});
  const Answer answer = AskIn("product_page", [](Placement& own) { own.least_score = 1; });
  EXPECT_EQ(SlotOf(answer, "also_bought").empty_reason.find("4294967295"), std::string::npos);
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kSubstitute), 1U);
}

TEST_F(ArbitrationTest, TheFloorIsNotForRulesAndLadders) {
  shop_.AddRule("pinned", rules::Pin{"bag", "also_bought", 1, {}});
  const Answer answer = AskIn("product_page", [](Placement& own) { own.least_score = 1; });
  EXPECT_THAT(Row(answer, "also_bought"), ElementsAre("bag", "grip"));
  EXPECT_THAT(Row(answer, "higher"), ElementsAre("pro"));
}

// ---- The option limit

TEST_F(ArbitrationTest, TheBestOfAllSlotsAreLeft) {
  Request request = PageOf("camera");
  request.max_offers = 3;
  const Answer answer = AskIn("product_page", [](Placement&) {}, request);
  EXPECT_THAT(Row(answer, "also_bought"), ElementsAre("grip"));
  EXPECT_THAT(Row(answer, "lower"), ElementsAre("mini"));
  EXPECT_THAT(Row(answer, "higher"), ElementsAre("pro"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kLimit), 1U);
}

TEST_F(ArbitrationTest, PriorityComesBeforeScoreAndTheLesserLimitCounts) {
  Request request = PageOf("camera");
  request.max_offers = 4;
  const Answer answer = AskIn(
      "product_page",
      [](Placement& own) {
        own.max_offers = 2;
        for (SlotSpec& slot : own.slots) slot.priority = slot.kind == SlotKind::kAlsoBought ? 1 : 0;
      },
      request);
  EXPECT_THAT(Row(answer, "also_bought"), ElementsAre("grip", "film"));
  EXPECT_THAT(Row(answer, "lower"), IsEmpty());
  EXPECT_EQ(SlotOf(answer, "lower").empty_reason, "1 candidate, removed: 1 beyond the limit");
}

TEST_F(ArbitrationTest, ACuratedSetIsOneOfferAndWorthAsMuchAsAnything) {
  shop_.AddRule("set", rules::Bundle{{"camera", "bag"}, "", std::nullopt, ""});
  Request request = PageOf("camera");
  request.max_offers = 1;
  const Answer answer = AskIn("product_page", [](Placement&) {}, request);
  EXPECT_EQ(SlotOf(answer, "bundle").offers.size(), 1U);
  for (const char* slot : {"also_bought", "lower", "higher"}) EXPECT_THAT(Row(answer, slot), IsEmpty()) << slot;
}

TEST_F(ArbitrationTest, APinBehindTheBestOfTheRowStaysBeforeIt) {
  shop_.AddRule("pinned", rules::Pin{"bag", "also_bought", 2, {}});
  Request request = PageOf("camera");
  request.max_offers = 1;
  EXPECT_THAT(Row(AskIn("product_page", [](Placement&) {}, request), "also_bought"), ElementsAre("bag"));
}

TEST_F(ArbitrationTest, WhoStaysKeepsTheOrderOfTheRow) {
  shop_.AddRule("pinned", rules::Pin{"bag", "also_bought", 2, {}});
  rules::ProductSet film;
  film.in.products = {"film"};
  shop_.AddRule("boost", rules::Boost{film, 100'000});
  Request request = PageOf("camera");
  request.max_offers = 2;
  EXPECT_THAT(Row(AskIn("product_page", [](Placement&) {}, request), "also_bought"), ElementsAre("film", "bag"));
}

// Every limit against choosing the best seats one by one.
TEST(ArbitrationProperty, ALimitLeavesTheBestInTheirOrder) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    Shop shop;
    for (int i = 0; i < 10; ++i) shop.model().Add("p" + std::to_string(i), 100 + 10 * i);
    for (int i = 1; i < 10; ++i) {
      if (random() % 3 != 0)
        shop.model().Relate(kAlso, "p0", "p" + std::to_string(i),
                            {.together = 5 + static_cast<std::uint32_t>(random() % 90)});
    }
    shop.model().AddRung("p0", "p9", kUp);
    shop.model().AddRung("p0", "p8", kUp, 2);
    if (random() % 2 == 0) shop.AddRule("pin", rules::Pin{"p5", "also_bought", 2, {}});
    Placement own = *PlacementTable::BuiltIn()->Find("product_page");
    own.name = "own";
    for (SlotSpec& slot : own.slots) slot.priority = static_cast<std::int32_t>(random() % 2);
    const auto slots = own.slots;
    const auto snapshot = Snapshot::Create(shop.Snap()->shared_model(), shop.Snap()->shared_rules(),
                                           PlacementTable::With({std::move(own)}));
    Request request = PageOf("p0");
    request.placement = "own";
    const Answer all = *Recommend(*snapshot, request, TestNow());
    for (std::uint32_t most = 1; most <= 12; ++most) {
      std::vector<std::vector<ProductIndex>> expected(all.slots.size());
      std::vector<std::vector<bool>> taken;
      for (const Slot& slot : all.slots) taken.emplace_back(slot.offers.size());
      for (std::uint32_t seat = 0; seat < most; ++seat) {
        std::optional<std::pair<std::size_t, std::size_t>> best;
        const auto worth = [&](std::size_t s, std::size_t o) {
          const Offer& offer = all.slots[s].offers[o];
          const double value = offer.reason.source == Source::kRule || !offer.reason.rule_ids.empty() ? 2
                               : offer.rung > 0                                                       ? 1.0 / offer.rung
                                                : std::min(1.0, offer.score);
          return std::pair(slots[s].priority, value);
        };
        for (std::size_t s = 0; s < all.slots.size(); ++s) {
          for (std::size_t o = 0; o < all.slots[s].offers.size(); ++o) {
            if (!taken[s][o] && (!best.has_value() || worth(s, o) > worth(best->first, best->second))) best = {s, o};
          }
        }
        if (best.has_value()) taken[best->first][best->second] = true;
      }
      request.max_offers = most;
      const Answer answer = *Recommend(*snapshot, request, TestNow());
      for (std::size_t s = 0; s < all.slots.size(); ++s) {
        std::vector<ProductIndex> left, found;
        std::uint32_t lost = 0;
        for (std::size_t o = 0; o < all.slots[s].offers.size(); ++o) {
          taken[s][o] ? left.push_back(all.slots[s].offers[o].product) : static_cast<void>(++lost);
        }
        for (const Offer& offer : answer.slots[s].offers) found.push_back(offer.product);
        EXPECT_EQ(found, left) << "seed " << seed << ", " << most << " offers, " << all.slots[s].name;
        EXPECT_EQ(Removed(answer.slots[s], RemovalCause::kLimit), Removed(all.slots[s], RemovalCause::kLimit) + lost);
      }
    }
  }
}

}  // namespace
}  // namespace awase::engine
