#include "engine/weights.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

rules::ProductSet Listed(rules::Words products) {
  rules::ProductSet set;
  set.in.products = std::move(products);
  return set;
}
rules::ProductSet OfBrand(const char* brand) {
  rules::ProductSet set;
  set.in.brands = {brand};
  return set;
}

// A camera with film, bag and strap, of scores 8, 4 and 2, and a tripod that is backed off to the type.
class Weights : public ::testing::Test {
 protected:
  Weights() {
    for (const char* id : {"camera", "film", "bag", "strap", "tripod"}) shop_.model().Add(id);
    for (const relations::RelationKind kind : relations::kAllRelationKinds) {
      shop_.model().Relate(kind, "camera", "film", {.together = 30, .score = 8});
      shop_.model().Relate(kind, "camera", "bag", {.together = 20, .score = 4});
      shop_.model().Relate(kind, "camera", "strap", {.together = 10, .score = 2});
      shop_.model().Relate(kind, "camera", "tripod",
                           {.score = 6, .claim = false, .source = relations::EntrySource::kType});
    }
  }

  // The factor in hundredths.
  static rules::Boost Boost(rules::ProductSet set, int hundredths) {
    return {std::move(set), hundredths * (rules::kFactorParts / 100)};
  }
  static rules::Bury Bury(rules::ProductSet set, int hundredths) {
    return {std::move(set), hundredths * (rules::kFactorParts / 100)};
  }
  static rules::Bury BuryBehindAll(rules::ProductSet set) { return {std::move(set), std::nullopt}; }

  Slot Row(Request request = PageOf("camera")) {
    request.already_shown_ids.clear();
    const Answer answer = shop_.Ask(request);
    for (const Slot& slot : answer.slots) {
      if (slot.name == "also_bought") return slot;
    }
    return {};
  }
  // Without a set before it, which would take the best from the row.
  Slot Checkout() {
    Request request = PageOf("camera");
    request.placement = "checkout";
    return Row(request);
  }

  Shop shop_;
};

TEST_F(Weights, ABoostMultipliesTheScoreAndIsNamed) {
  shop_.AddRule("bags", Boost(Listed({"bag"}), 250));
  const Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("bag", "film", "strap", "tripod"));
  EXPECT_DOUBLE_EQ(row.offers[0].score, 1.25);
  EXPECT_DOUBLE_EQ(row.offers[1].score, 1);
  EXPECT_THAT(row.offers[0].reason.rule_ids, ElementsAre("bags"));
  EXPECT_THAT(row.offers[1].reason.rule_ids, IsEmpty());
}

TEST_F(Weights, ABuryDividesTheScore) {
  shop_.AddRule("less-film", Bury(Listed({"film"}), 400));
  const Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("bag", "film", "strap", "tripod"));
  EXPECT_DOUBLE_EQ(row.offers[1].score, 0.25);
  EXPECT_THAT(row.offers[1].reason.rule_ids, ElementsAre("less-film"));
}

TEST_F(Weights, ABuryWithoutAFactorPutsBehindAllOthers) {
  shop_.AddRule("film-last", BuryBehindAll(Listed({"film"})));
  const Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("bag", "strap", "tripod", "film"));
  EXPECT_THAT(row.offers[3].reason.rule_ids, ElementsAre("film-last"));
  EXPECT_TRUE(row.offers[3].reason.evidence.has_value());
}

TEST_F(Weights, SeveralFactorsMultiplyUpToABound) {
  shop_.AddRule("a", Boost(Listed({"strap"}), 400));
  shop_.AddRule("b", Boost(Listed({"strap", "bag"}), 300));
  Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("strap", "bag", "film", "tripod"));
  EXPECT_DOUBLE_EQ(row.offers[0].score, 0.25 * 12);
  EXPECT_THAT(row.offers[0].reason.rule_ids, ElementsAre("a", "b"));
  for (const char* id : {"c", "d", "e"}) shop_.AddRule(id, Boost(Listed({"strap"}), 100'000));
  row = Checkout();
  EXPECT_DOUBLE_EQ(row.offers[0].score, 0.25 * kMostWeight);
}

TEST_F(Weights, ABoostMakesNoEvidence) {
  shop_.AddRule("tripods", Boost(Listed({"tripod"}), 100'000));
  const Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("film", "bag", "strap", "tripod"));
  EXPECT_FALSE(row.offers[3].reason.evidence.has_value());
  Request request = PageOf("camera");
  request.evidence_only = true;
  request.placement = "checkout";
  EXPECT_THAT(shop_.Ids(Row(request)), ElementsAre("film", "bag", "strap"));
}

TEST_F(Weights, SetsAreAskedOfTheVariantThatIsOffered) {
  shop_.model().Add("strap_red").parent_id = "strap";
  shop_.model().SetPopularity("strap_red", 9);
  shop_.AddRule("red", Boost(Listed({"strap_red"}), 1'000));
  EXPECT_THAT(shop_.Ids(Checkout()), ElementsAre("strap_red", "film", "bag", "tripod"));
}

TEST_F(Weights, AVariantThatIsNotOfferedWeighsNothing) {
  shop_.model().Add("strap_red").parent_id = "strap";
  shop_.model().SetPopularity("strap", 9);
  shop_.AddRule("red", Boost(Listed({"strap_red"}), 1'000));
  const Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("film", "bag", "strap", "tripod"));
  EXPECT_THAT(row.offers[2].reason.rule_ids, IsEmpty());
}

TEST_F(Weights, SetsConditionsAndTimesAreLookedAt) {
  Shop shop;
  shop.model().Add("camera");
  shop.model().Add("film");
  shop.model().Add("bag").brand = "Kumo";
  shop.model().Relate(kAlso, "camera", "film", {.together = 30});
  shop.model().Relate(kAlso, "camera", "bag", {.together = 20});
  rules::Rule& rule = shop.AddRule("kumo", Boost(OfBrand("Kumo"), 1'000));
  rule.when.emplace().channels = {"web"};
  Request request = PageOf("camera");
  EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(request), "also_bought")), ElementsAre("film", "bag"));
  request.channel = "web";
  EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(request), "also_bought")), ElementsAre("bag", "film"));
  shop.rules().rules[0].until = TestNow();
  EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(request), "also_bought")), ElementsAre("film", "bag"));
}

TEST_F(Weights, PinsAreNotWeighed) {
  shop_.AddRule("pin", rules::Pin{"bag", "also_bought", 4, {}});
  shop_.AddRule("bags", Boost(Listed({"bag"}), 1'000));
  const Slot row = Checkout();
  EXPECT_THAT(shop_.Ids(row), ElementsAre("film", "strap", "tripod", "bag"));
  EXPECT_DOUBLE_EQ(row.offers[3].score, 0.5);
  EXPECT_THAT(row.offers[3].reason.rule_ids, ElementsAre("pin"));
}

TEST_F(Weights, CompanionsOfASetAreChosenByThem) {
  const auto lines = [this] {
    const Answer answer = shop_.Ask(PageOf("camera"));
    return shop_.Lines(SlotOf(answer, "bundle").offers[0]);
  };
  EXPECT_THAT(lines(), ElementsAre("camera", "film", "bag"));
  shop_.AddRule("straps", Boost(Listed({"strap"}), 1'000));
  // The strap comes first. Then the set grows by what the lists say: film gains enough, bag is too little beside it.
  EXPECT_THAT(lines(), ElementsAre("camera", "strap", "film"));
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(SlotOf(answer, "bundle").offers[0].reason.rule_ids, ElementsAre("straps"));
}

TEST_F(Weights, ABuriedCompanionIsTakenWhenThereIsNoOther) {
  const auto first = [this] {
    const Answer answer = shop_.Ask(PageOf("camera"));
    return shop_.Lines(SlotOf(answer, "bundle").offers[0])[1];
  };
  shop_.AddRule("film-last", BuryBehindAll(Listed({"film"})));
  EXPECT_EQ(first(), "bag");
  shop_.AddRule("none-else", rules::Hide{{"bag", "strap"}, {}});
  EXPECT_EQ(first(), "film");
}

TEST_F(Weights, WhatIsNoClaimJoinsNoSet) {
  shop_.model().Add("unproven");
  shop_.model().Relate(kTogether, "camera", "unproven", {.together = 5, .score = 1, .claim = false});
  shop_.AddRule("unproven", Boost(Listed({"unproven", "tripod"}), 100'000));
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Lines(SlotOf(answer, "bundle").offers[0]), ElementsAre("camera", "film", "bag"));
}

TEST_F(Weights, AFarBoostedClaimIsWeighed) {
  for (int i = 0; i < 12; ++i) {
    const std::string id = "part" + std::to_string(i);
    shop_.model().Add(id);
    shop_.model().Relate(kTogether, "camera", id, {.together = 10, .score = 1.9 - 0.1 * i});
  }
  shop_.AddRule("far", Boost(Listed({"part11"}), 10'000));
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_EQ(shop_.Lines(SlotOf(answer, "bundle").offers[0])[1], "part11");
}

}  // namespace
}  // namespace awase::engine
