#include "engine/kept_apart.h"

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

// camera and film of Hikari, flash and bag of Kumo, strap of nobody; all are bought together.
class KeptApart : public ::testing::Test {
 protected:
  KeptApart() {
    const std::pair<const char*, const char*> products[] = {
        {"camera", "Hikari"}, {"film", "Hikari"}, {"flash", "Kumo"}, {"bag", "Kumo"}, {"strap", ""}};
    for (const auto& [id, brand] : products) shop_.model().Add(id).brand = brand;
    std::uint32_t together = 60;
    for (const auto& [one, brand] : products) {
      for (const auto& [other, other_brand] : products) {
        if (std::string(one) == other) continue;
        for (const relations::RelationKind kind : relations::kAllRelationKinds) {
          shop_.model().Relate(kind, one, other, {.together = together});
        }
        --together;
      }
    }
  }

  std::vector<std::string> Row(Request request) {
    request.placement = "post_purchase";
    return shop_.Ids(SlotOf(shop_.Ask(request), "also_bought"));
  }

  Shop shop_;
};

TEST_F(KeptApart, OneIsNotOfferedOnThePageOfTheOtherAndNamed) {
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"camera"}), Listed({"flash"})});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "bag", "strap"));
  EXPECT_THAT(Row(PageOf("flash")), ElementsAre("film", "bag", "strap"));
  Request request = PageOf("flash");
  request.placement = "post_purchase";
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kKeptApart), 1U);
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].product_id, "camera");
  EXPECT_EQ(answer.trace[0].rule_id, "apart");
}

TEST_F(KeptApart, ListsAndSetsAreFoundFromEitherSide) {
  const rules::DoNotAssociate all[] = {{Listed({"camera"}), OfBrand("Kumo")}, {OfBrand("Kumo"), Listed({"camera"})}};
  for (const rules::DoNotAssociate& action : all) {
    shop_.rules().rules.clear();
    shop_.AddRule("apart", action);
    EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "strap"));
    EXPECT_THAT(Row(PageOf("bag")), ElementsAre("film", "flash", "strap"));
    EXPECT_THAT(Row(PageOf("film")), ElementsAre("camera", "flash", "bag", "strap"));
  }
}

TEST_F(KeptApart, ASideMayNameNothing) {
  rules::ProductSet anything_but_hikari;
  anything_but_hikari.not_in.emplace().brands = {"Hikari"};
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"camera"}), anything_but_hikari});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film"));
  EXPECT_THAT(Row(PageOf("bag")), ElementsAre("film", "flash", "strap"));
  EXPECT_THAT(Row(PageOf("film")), ElementsAre("camera", "flash", "bag", "strap"));
}

TEST_F(KeptApart, TwoOfOneSetAreApartWithoutWith) {
  shop_.AddRule("apart", rules::DoNotAssociate{OfBrand("Kumo"), std::nullopt});
  EXPECT_THAT(Row(PageOf("bag")), ElementsAre("camera", "film", "strap"));
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "flash", "bag", "strap"));
}

TEST_F(KeptApart, TheCartCountsWhereverItIs) {
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"flash"}), Listed({"film"})});
  Request request = PageOf("camera");
  request.cart = {{"flash", 1}};
  const Answer answer = shop_.Ask(request);
  EXPECT_EQ(Removed(SlotOf(answer, "bundle"), RemovalCause::kKeptApart), 1U);
  EXPECT_THAT(Row(request), ElementsAre("bag", "strap"));
}

TEST_F(KeptApart, NoSetHasBoth) {
  const Answer before = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Lines(SlotOf(before, "bundle").offers[0]), ElementsAre("camera", "film", "flash", "bag"));
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"flash"}), Listed({"film"})});
  const Answer after = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Lines(SlotOf(after, "bundle").offers[0]), ElementsAre("camera", "film", "bag", "strap"));
  EXPECT_EQ(Removed(SlotOf(after, "bundle"), RemovalCause::kKeptApart), 1U);
}

TEST_F(KeptApart, ABundleOfRulesWithBothIsNotOffered) {
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"flash"}), Listed({"strap"})});
  shop_.AddRule("kit", rules::Bundle{{"camera", "flash", "strap"}, "", std::nullopt, ""});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(SlotOf(answer, "bundle").offers[0].reason.rule_ids, IsEmpty());
  EXPECT_EQ(answer.trace[0].product_id, "strap");
  EXPECT_EQ(answer.trace[0].cause, RemovalCause::kKeptApart);
  EXPECT_EQ(answer.trace[0].rule_id, "apart");
}

TEST_F(KeptApart, PinsAndLaddersAreBoundToo) {
  shop_.model().Add("camera_2", 2000);
  shop_.model().AddRung("camera", "camera_2", kUp, 1);
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"camera"}), Listed({"camera_2", "flash"})});
  shop_.AddRule("pin", rules::Pin{"flash", "also_bought", 1, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty());
  EXPECT_EQ(Removed(SlotOf(answer, "higher"), RemovalCause::kKeptApart), 1U);
  EXPECT_GE(Removed(SlotOf(answer, "also_bought"), RemovalCause::kKeptApart), 1U);
}

TEST_F(KeptApart, ARootStandsForItsVariantsAndAVariantForItself) {
  for (const char* id : {"flash_red", "flash_blue"}) shop_.model().Add(id).parent_id = "flash";
  shop_.model().SetPopularity("flash_red", 9);
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"flash_red"}), Listed({"camera"})});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "flash", "bag", "strap")) << "another variant is offered";
  EXPECT_THAT(Row(PageOf("flash_red")), ElementsAre("film", "bag", "strap"));
  EXPECT_THAT(Row(PageOf("flash_blue")), ElementsAre("camera", "film", "bag", "strap"));
  shop_.rules().rules.clear();
  shop_.AddRule("apart", rules::DoNotAssociate{Listed({"flash"}), Listed({"camera"})});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "bag", "strap"));
  EXPECT_THAT(Row(PageOf("flash_blue")), ElementsAre("film", "bag", "strap"));
}

TEST_F(KeptApart, ConditionsAreLookedAtAndTheFirstRuleIsNamed) {
  shop_.AddRule("in-the-app", rules::DoNotAssociate{Listed({"camera"}), OfBrand("Kumo")}).when.emplace().channels = {
      "app"};
  shop_.AddRule("second", rules::DoNotAssociate{OfBrand("Kumo"), OfBrand("Hikari")});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  request.placement = "post_purchase";
  EXPECT_EQ(shop_.Ask(request).trace[0].rule_id, "second");
  request.channel = "app";
  EXPECT_EQ(shop_.Ask(request).trace[0].rule_id, "in-the-app");
}

}  // namespace
}  // namespace awase::engine
