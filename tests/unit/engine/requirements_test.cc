#include "engine/requirements.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The page's camera has the mount X and the brand Hikari; lenses of mount X and Y, and a bag without a mount.
class Requirements : public ::testing::Test {
 protected:
  Requirements() {
    Add("camera", "Hikari", "X");
    Add("lens_x", "Kumo", "X");
    Add("lens_y", "Hikari", "Y");
    Add("bag", "Hikari", "");
    for (const relations::RelationKind kind : relations::kAllRelationKinds) {
      shop_.model().Relate(kind, "camera", "lens_y", {.together = 40});
      shop_.model().Relate(kind, "camera", "lens_x", {.together = 30});
      shop_.model().Relate(kind, "camera", "bag", {.together = 20});
    }
  }

  void Add(const char* id, const char* brand, const char* mount) {
    catalog::Product& product = shop_.model().Add(id);
    product.brand = brand;
    if (*mount != '\0') product.attributes = {{"spec.mount", mount, {}}};
  }

  static rules::Require Same(rules::Words columns, rules::Words slots = {"also_bought", "bundle"}) {
    return {std::nullopt, std::move(columns), std::move(slots)};
  }
  static rules::Require OfBrand(const char* brand, rules::Words slots = {"also_bought", "bundle"}) {
    rules::Require require{rules::ProductSet(), {}, std::move(slots)};
    require.matching->in.brands = {brand};
    return require;
  }

  std::vector<std::string> Row(Request request = PageOf("camera")) {
    request.placement = "post_purchase";
    return shop_.Ids(SlotOf(shop_.Ask(request), "also_bought"));
  }

  Shop shop_;
};

TEST_F(Requirements, OnlyWhatIsInTheSetIsOfferedAndTheRestIsNamed) {
  shop_.AddRule("hikari", OfBrand("Hikari"));
  EXPECT_THAT(Row(), ElementsAre("lens_y", "bag"));
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  request.placement = "post_purchase";
  const Answer answer = shop_.Ask(request);
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kNotRequired), 1U);
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].product_id, "lens_x");
  EXPECT_EQ(answer.trace[0].rule_id, "hikari");
}

TEST_F(Requirements, OnlyWhatEqualsThePagesProductIsOffered) {
  shop_.AddRule("mount", Same({"spec.mount"}));
  EXPECT_THAT(Row(), ElementsAre("lens_x"));
  shop_.rules().rules.clear();
  shop_.AddRule("both", Same({"brand", "spec.mount"}));
  EXPECT_THAT(Row(), IsEmpty());
}

TEST_F(Requirements, AColumnThatThePageDoesNotHaveAsksNothing) {
  shop_.AddRule("colour", Same({"spec.colour", "series"}));
  EXPECT_THAT(Row(), ElementsAre("lens_y", "lens_x", "bag"));
}

TEST_F(Requirements, WithoutAPagesProductNothingIsToBeEqualled) {
  shop_.AddRule("mount", Same({"spec.mount"}));
  Request request;
  request.cart = {{"camera", 1}};
  EXPECT_THAT(Row(request), ElementsAre("lens_y", "lens_x", "bag"));
}

TEST_F(Requirements, AllRulesMustBeMet) {
  shop_.AddRule("brand", Same({"brand"}));
  shop_.AddRule("mount", Same({"spec.mount"}));
  EXPECT_THAT(Row(), IsEmpty());
  shop_.rules().rules[0].when.emplace().channels = {"web"};
  EXPECT_THAT(Row(), ElementsAre("lens_x"));
}

TEST_F(Requirements, HoldInTheSlotsNamed) {
  shop_.AddRule("mount", Same({"spec.mount"}, {"bundle"}));
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Lines(SlotOf(answer, "bundle").offers[0]), ElementsAre("camera", "lens_x"));
  EXPECT_EQ(Removed(SlotOf(answer, "bundle"), RemovalCause::kNotRequired), 2U);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("lens_y", "bag"));
}

TEST_F(Requirements, BindPinsAndBundlesOfRulesToo) {
  shop_.AddRule("mount", Same({"spec.mount"}));
  shop_.AddRule("kit", rules::Bundle{{"camera", "bag"}, "", std::nullopt, ""});
  shop_.AddRule("pin", rules::Pin{"lens_y", "also_bought", 1, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_EQ(SlotOf(answer, "bundle").offers[0].reason.rule_ids, std::vector<std::string>());
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), IsEmpty());
  for (const TraceEntry& entry : answer.trace) {
    if (entry.cause == RemovalCause::kNotRequired) {
      EXPECT_EQ(entry.rule_id, "mount");
    }
  }
}

TEST_F(Requirements, HoldInLaddersWhereTheyAreNamed) {
  shop_.model().Add("camera_2", 2000).brand = "Kumo";
  shop_.model().Add("camera_3", 3000).brand = "Hikari";
  shop_.model().AddRung("camera", "camera_2", kUp, 1);
  shop_.model().AddRung("camera", "camera_3", kUp, 2);
  shop_.AddRule("brand", Same({"brand"}, {"higher"}));
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "higher")), ElementsAre("camera_3"));
}

TEST_F(Requirements, TheVariantThatMeetsThemIsOffered) {
  shop_.model().Add("adapter");
  catalog::Product& fitting = shop_.model().Add("adapter_x");
  fitting.parent_id = "adapter";
  fitting.attributes = {{"spec.mount", "X", {}}};
  shop_.model().SetPopularity("adapter", 9);
  shop_.model().Relate(kAlso, "camera", "adapter", {.together = 50});
  EXPECT_THAT(Row()[0], "adapter");
  shop_.AddRule("mount", Same({"spec.mount"}));
  EXPECT_THAT(Row(), ElementsAre("adapter_x", "lens_x"));
}

}  // namespace
}  // namespace awase::engine
