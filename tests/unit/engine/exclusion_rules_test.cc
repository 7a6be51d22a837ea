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

// Of the brands named.
rules::ProductSet Brands(rules::Words brands) {
  rules::ProductSet set;
  set.in.brands = std::move(brands);
  return set;
}

TEST_F(ExclusionRules, AHideBySetHidesWhatIsInTheSet) {
  shop_.model().Add("rival_film").brand = "Rival";
  shop_.model().Relate(kAlso, "camera", "rival_film", {.together = 40});
  shop_.AddRule("no-rival", rules::Hide{.matching = Brands({"Rival"})});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("film", "bag"));
  ASSERT_EQ(answer.trace.size(), 1U);
  EXPECT_EQ(answer.trace[0].product_id, "rival_film");
  EXPECT_EQ(answer.trace[0].cause, RemovalCause::kHiddenByRule);
  EXPECT_EQ(answer.trace[0].rule_id, "no-rival");
}

TEST_F(ExclusionRules, AHideBySetHasPagesPlacementsAndConditions) {
  shop_.model().Add("rival_film").brand = "Rival";
  for (const char* anchor : {"camera", "phone"}) shop_.model().Relate(kAlso, anchor, "rival_film", {.together = 40});
  rules::Rule& rule = shop_.AddRule("no-rival", rules::Hide{{}, {"phone"}, Brands({"Rival"})});
  rule.when.emplace().channels = {"web"};
  Request request = PageOf("phone");
  EXPECT_THAT(Offered(request), ElementsAre("rival_film", "film", "bag")) << "the condition does not hold";
  request.channel = "web";
  EXPECT_THAT(Offered(request), ElementsAre("film", "bag"));
  request.product_ids = {"camera"};
  EXPECT_THAT(Offered(request), ElementsAre("rival_film", "film", "bag")) << "another page";
  shop_.rules().rules[0].placements = {"cart"};
  request.product_ids = {"phone"};
  EXPECT_THAT(Offered(request), ElementsAre("rival_film", "film", "bag")) << "another placement";
}

TEST_F(ExclusionRules, AHideBySetLooksAtTheVariantsOwnRow) {
  shop_.model().Add("film_old").parent_id = "film";
  shop_.model().SetPopularity("film_old", 9);
  rules::ProductSet old;
  old.in.products = {"film_old"};
  shop_.AddRule("no-old-film", rules::Hide{.matching = old});
  EXPECT_THAT(Offered(PageOf("camera")), ElementsAre("film", "bag"));
}

TEST_F(ExclusionRules, OfAListAndASetTheRuleOfHigherPriorityIsNamed) {
  shop_.model().Add("rival_film").brand = "Rival";
  shop_.model().Relate(kAlso, "camera", "rival_film", {.together = 40});
  shop_.AddRule("set-first", rules::Hide{.matching = Brands({"Rival"})});
  shop_.AddRule("list-second", rules::Hide{{"rival_film", "bag"}, {}});
  shop_.AddRule("set-third", rules::Hide{.matching = Brands({"Other", "Rival"})});
  Request request = PageOf("camera");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  ASSERT_EQ(answer.trace.size(), 2U);
  EXPECT_EQ(answer.trace[0].rule_id, "set-first");
  EXPECT_EQ(answer.trace[1].rule_id, "list-second");
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
