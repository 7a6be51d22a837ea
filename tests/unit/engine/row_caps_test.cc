#include "engine/row_caps.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

// A camera with six candidates in also_bought, best first: a1 to a3 of brand A, b1 and b2 of brand B, x of none.
class RowCaps : public ::testing::Test {
 protected:
  RowCaps() {
    shop_.model().Add("camera");
    std::uint32_t together = 60;
    for (const char* id : {"a1", "a2", "b1", "a3", "x", "b2"}) {
      catalog::Product& product = shop_.model().Add(id);
      if (id[0] != 'x') product.brand = id[0] == 'a' ? "A" : "B";
      product.attributes = {{"spec.colour", id[1] == '1' ? "black" : "white"}};
      shop_.model().Relate(kAlso, "camera", id, {.together = together});
      together -= 5;
    }
  }

  rules::Rule& AddCap(const std::string& per, std::uint32_t at_most) {
    return shop_.AddRule("cap", rules::Cap{per, std::nullopt, at_most, {"also_bought"}});
  }
  rules::Rule& AddCapOf(rules::ProductFilter filter, std::uint32_t at_most) {
    return shop_.AddRule("cap", rules::Cap{"", rules::ProductSet{std::move(filter), {}}, at_most, {"also_bought"}});
  }

  std::vector<std::string> Offered(const Request& request = PageOf("camera")) {
    return shop_.Ids(SlotOf(shop_.Ask(request), "also_bought"));
  }

  Shop shop_;
};

TEST_F(RowCaps, ARowHasSoManyOfOneBrandAndWhatHasNoneIsNotCounted) {
  AddCap("brand", 1);
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("a1", "b1", "x"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kCapped), 3U);
  ASSERT_EQ(answer.trace.size(), 3U);
  for (const TraceEntry& entry : answer.trace) EXPECT_EQ(entry.rule_id, "cap");
}

TEST_F(RowCaps, OfAnAttribute) {
  AddCap("spec.colour", 2);
  EXPECT_THAT(Offered(), ElementsAre("a1", "a2", "b1", "a3"));
}

TEST_F(RowCaps, EveryColumnThatACapMayNameIsRead) {
  for (const char* column : rules::kCapColumns) {
    Shop shop;
    shop.model().Add("camera");
    for (const char* id : {"p", "q"}) {
      catalog::Product& product = shop.model().Add(id);
      product.brand = product.category = product.author = product.series = product.product_type = "same";
      shop.model().Relate(kAlso, "camera", id, {.together = 30});
    }
    shop.AddRule("cap", rules::Cap{column, std::nullopt, 1, {"also_bought"}});
    EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(PageOf("camera")), "also_bought")), ElementsAre("p")) << column;
  }
}

TEST_F(RowCaps, OfAProductSet) {
  AddCapOf({.products = {"a2", "b1", "b2"}}, 1);
  EXPECT_THAT(Offered(), ElementsAre("a1", "a2", "a3", "x"));
}

TEST_F(RowCaps, OfASetThatNamesNoWords) {
  rules::ProductFilter white;
  white.attributes = {{"spec.colour", {"white"}}};
  AddCapOf(white, 1);
  EXPECT_THAT(Offered(), ElementsAre("a1", "a2", "b1"));
}

TEST_F(RowCaps, PinsAreCountedButNotCapped) {
  AddCap("brand", 1);
  shop_.AddRule("first", rules::Pin{"a2", "also_bought", 1, {}});
  shop_.AddRule("second", rules::Pin{"a3", "also_bought", 2, {}});
  EXPECT_THAT(Offered(), ElementsAre("a2", "a3", "b1", "x"));
}

TEST_F(RowCaps, ActOnlyWhereTheirRuleApplies) {
  AddCap("brand", 1).placements = {"mail"};
  EXPECT_EQ(Offered().size(), 6U);
  Request mail = PageOf("camera");
  mail.placement = "mail";
  EXPECT_THAT(Offered(mail), ElementsAre("a1", "b1", "x"));
}

TEST_F(RowCaps, ActOnlyUnderTheirCondition) {
  rules::Condition app;
  app.channels = {"app"};
  AddCap("brand", 1).when = app;
  AddCapOf({.products = {"x"}, .brands = {}}, 1).when = app;
  EXPECT_EQ(Offered().size(), 6U);
  Request request = PageOf("camera");
  request.channel = "app";
  EXPECT_THAT(Offered(request), ElementsAre("a1", "b1", "x"));
}

TEST_F(RowCaps, ActInTheirSlotsAlone) {
  AddCap("brand", 1);
  std::get<rules::Cap>(shop_.rules().rules[0].action).slots = {"lower", "higher"};
  EXPECT_EQ(Offered().size(), 6U);
}

TEST_F(RowCaps, OfStepsToo) {
  shop_.model().Add("better", 60000).brand = "A";
  shop_.model().Add("best", 70000).brand = "A";
  shop_.model().AddRung("camera", "better", kUp, 1);
  shop_.model().AddRung("camera", "best", kUp, 2);
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "higher")), ElementsAre("better", "best"));
  AddCap("brand", 1);
  std::get<rules::Cap>(shop_.rules().rules[0].action).slots = {"higher"};
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("camera")), "higher")), ElementsAre("better"));
}

TEST_F(RowCaps, TheRuleOfHigherPriorityIsNamed) {
  AddCapOf({.brands = {"A"}}, 1).id = "set";
  AddCap("brand", 1).id = "brand";
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  ASSERT_FALSE(answer.trace.empty());
  EXPECT_EQ(answer.trace[0].product_id, "a2");
  EXPECT_EQ(answer.trace[0].rule_id, "set");
  EXPECT_EQ(answer.trace.back().product_id, "b2");
  EXPECT_EQ(answer.trace.back().rule_id, "brand");
}

}  // namespace
}  // namespace awase::engine
