#include "engine/exclusion_rules.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

// A camera with the candidates film and bag in also_bought.
class ExclusionRules : public ::testing::Test {
 protected:
  ExclusionRules() {
    for (const char* id : {"camera", "phone", "film", "bag"}) shop_.model().Add(id);
    for (const char* anchor : {"camera", "phone"}) {
      shop_.model().Relate(kAlso, anchor, "film", {.together = 30});
      shop_.model().Relate(kAlso, anchor, "bag", {.together = 20});
    }
  }

  std::vector<std::string> Offered(const Request& request, absl::Time now = TestNow()) {
    return shop_.Ids(SlotOf(shop_.Ask(request, now), "also_bought"));
  }

  Shop shop_;
};

TEST_F(ExclusionRules, AHiddenProductIsNotOfferedAndCounted) {
  shop_.AddRule("no-film", rules::Hide{{"film"}, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("bag"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kHiddenByRule), 1U);
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].rule_id, "no-film");
}

TEST_F(ExclusionRules, AHideActsOnlyOnItsPlacements) {
  shop_.AddRule("no-film", rules::Hide{{"film"}, {}}).placements = {"cart", "landing_page"};
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("film", "bag"));
  EXPECT_THAT(Offered(CartOf({"camera"})), ElementsAre("bag"));
}

TEST_F(ExclusionRules, AHideActsFromItsStartUntilBeforeItsEnd) {
  rules::Rule& rule = shop_.AddRule("no-film", rules::Hide{{"film"}, {}});
  rule.from = TestNow();
  rule.until = TestNow() + absl::Hours(1);
  EXPECT_THAT(Offered(PageOf("camera"), TestNow() - absl::Nanoseconds(1)), ElementsAre("film", "bag"));
  EXPECT_THAT(Offered(PageOf("camera"), TestNow()), ElementsAre("bag"));
  EXPECT_THAT(Offered(PageOf("camera"), TestNow() + absl::Hours(1)), ElementsAre("film", "bag"));
}

TEST_F(ExclusionRules, AHideWithAnchorsActsOnlyOnTheirPages) {
  shop_.AddRule("no-film", rules::Hide{{"film"}, {"phone"}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("film", "bag"));
  EXPECT_THAT(Offered(PageOf("phone")), ElementsAre("bag"));
}

TEST_F(ExclusionRules, AnAnchorMeansItsVariantsToo) {
  shop_.model().Add("phone_red").parent_id = "phone";
  shop_.AddRule("no-film", rules::Hide{{"film"}, {"phone"}});
  EXPECT_THAT(Offered(PageOf("phone_red")), ElementsAre("bag"));
}

TEST_F(ExclusionRules, AHideWhoseAnchorsAreAllUnknownActsNowhere) {
  shop_.AddRule("no-film", rules::Hide{{"film"}, {"gone"}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("film", "bag"));
}

TEST_F(ExclusionRules, HidingAVariantLeavesItsSiblings) {
  shop_.model().Add("film_36").parent_id = "film";
  shop_.AddRule("no-film", rules::Hide{{"film_36"}, {}});
  shop_.model().SetPopularity("film_36", 9);
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("film", "bag"));
}

TEST_F(ExclusionRules, HidingARootHidesItsVariants) {
  shop_.model().Add("film_36").parent_id = "film";
  shop_.AddRule("no-film", rules::Hide{{"film"}, {}});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("bag"));
}

TEST_F(ExclusionRules, TheRuleOfHigherPriorityIsNamed) {
  shop_.model().Add("film_36").parent_id = "film";
  shop_.model().SetPopularity("film_36", 9);
  shop_.AddRule("root-first", rules::Hide{{"film"}, {}});
  shop_.AddRule("variant-second", rules::Hide{{"film_36"}, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].product_id, "film_36");
  EXPECT_EQ(answer.trace[0].rule_id, "root-first");
}

}  // namespace
}  // namespace awase::engine
