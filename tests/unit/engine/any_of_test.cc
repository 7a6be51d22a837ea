#include "engine/any_of.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

rules::ProductSet Of(std::vector<std::string> products) {
  rules::ProductSet set;
  set.in.products = std::move(products);
  return set;
}

rules::ProductSet OfBrand(const std::string& brand) {
  rules::ProductSet set;
  set.in.brands = {brand};
  return set;
}

rules::Bundle AnyOf(std::vector<rules::ProductSet> groups) {
  rules::Bundle bundle;
  bundle.any_of = std::move(groups);
  return bundle;
}

// Two burgers; fries and salad of one brand, bought with the burger; cola and tea.
class AnyOfTest : public ::testing::Test {
 protected:
  AnyOfTest() {
    for (const char* id : {"burger", "double"}) shop_.model().Add(id, 500);
    fries_ = &shop_.model().Add("fries", 200);
    fries_->brand = "Side";
    shop_.model().Add("salad", 300).brand = "Side";
    shop_.model().Add("cola", 150);
    shop_.model().Add("tea", 120);
    shop_.model().Relate(kTogether, "burger", "salad", {.together = 40, .claim = false});
    shop_.model().Relate(kTogether, "burger", "fries", {.together = 30, .claim = false});
  }
  std::vector<std::string> Set(const Request& request) {
    const Answer answer = shop_.Ask(request);
    const Slot& slot = SlotOf(answer, "bundle");
    return slot.offers.empty() ? std::vector<std::string>() : shop_.Lines(slot.offers[0]);
  }
  std::vector<std::string> SetOn(absl::string_view page) { return Set(PageOf(page)); }

  Shop shop_;
  catalog::Product* fries_;
};

TEST_F(AnyOfTest, TheBestOfEachOtherGroupCompletesTheSet) {
  shop_.AddRule("menu", AnyOf({Of({"burger", "double"}), OfBrand("Side"), Of({"cola", "tea"})}));
  EXPECT_THAT(SetOn("burger"), ElementsAre("burger", "salad", "tea")) << "by the list, else by price";
  EXPECT_THAT(SetOn("cola"), IsEmpty()) << "no list of it names a side";
}

TEST_F(AnyOfTest, ItIsOnThePagesOfAllGroups) {
  shop_.AddRule("menu", AnyOf({Of({"burger", "double"}), Of({"cola", "tea"})}));
  EXPECT_THAT(SetOn("double"), ElementsAre("double", "tea"));
  EXPECT_THAT(SetOn("cola"), ElementsAre("cola", "burger"));
  EXPECT_THAT(SetOn("fries"), IsEmpty());
}

TEST_F(AnyOfTest, WhatCannotBeSoldIsPassedOver) {
  shop_.AddRule("no-salad", rules::Hide{{"salad"}, {}});
  shop_.AddRule("menu", AnyOf({Of({"burger", "double"}), OfBrand("Side")}));
  EXPECT_THAT(SetOn("burger"), ElementsAre("burger", "fries"));
}

TEST_F(AnyOfTest, AGroupWithNothingToSellIsNamed) {
  shop_.AddRule("no-sides", rules::Hide{{"salad", "fries"}, {}});
  shop_.AddRule("menu", AnyOf({Of({"burger"}), OfBrand("Side")}));
  Request request = PageOf("burger");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_EQ(Removed(SlotOf(answer, "bundle"), RemovalCause::kHiddenByRule), 1U);
  ASSERT_FALSE(answer.trace.empty());
  EXPECT_EQ(answer.trace[0].product_id, "salad") << "the best of the group";
  EXPECT_EQ(answer.trace[0].rule_id, "no-sides");
}

TEST_F(AnyOfTest, IsPricedAsARule) {
  rules::Bundle menu = AnyOf({Of({"burger"}), OfBrand("Side"), Of({"cola"})});
  menu.percent_off = 1000;
  menu.text = "Menu";
  shop_.AddRule("menu", menu);
  const Answer answer = shop_.Ask(PageOf("burger"));
  const Offer& offer = SlotOf(answer, "bundle").offers.at(0);
  EXPECT_EQ(offer.bundle->list_price, Usd(950));
  EXPECT_EQ(offer.price, Usd(855));
  EXPECT_EQ(offer.reason.text, "Menu");
  EXPECT_THAT(offer.reason.rule_ids, ElementsAre("menu"));
}

TEST_F(AnyOfTest, VariantsOfANamedProductStandForIt) {
  shop_.model().Add("cola-zero", 150).parent_id = "cola";
  shop_.model().SetPopularity("cola-zero", 9);
  shop_.AddRule("menu", AnyOf({Of({"burger"}), Of({"cola"})}));
  EXPECT_THAT(SetOn("burger"), ElementsAre("burger", "cola-zero"));
  Request owner = PageOf("burger");
  owner.cart = {{"cola", 1}};
  EXPECT_THAT(Set(owner), IsEmpty());
}

TEST_F(AnyOfTest, WhatTheCartHasOfAGroupStandsForIt) {
  shop_.AddRule("menu", AnyOf({Of({"burger", "double"}), OfBrand("Side"), Of({"cola", "tea"})}));
  Request request = PageOf("burger");
  request.cart = {{"cola", 1}};
  EXPECT_THAT(Set(request), ElementsAre("burger", "salad", "cola")) << "no second drink";
  request.cart = {{"cola", 1}, {"fries", 2}};
  EXPECT_THAT(Set(request), IsEmpty()) << "there is nothing to add to it";
}

TEST_F(AnyOfTest, TheAnchorIsJudgedBeforeItsGroups) {
  shop_.AddRule("no-sides", rules::Hide{{"salad", "fries"}, {}});
  shop_.AddRule("recall", rules::Hide{{"burger"}, {}});
  shop_.AddRule("menu", AnyOf({Of({"burger"}), OfBrand("Side")}));
  Request request = PageOf("burger");
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  ASSERT_FALSE(answer.trace.empty());
  EXPECT_EQ(answer.trace[0].product_id, "burger");
  EXPECT_EQ(answer.trace[0].rule_id, "recall");
  ASSERT_TRUE(answer.trace[0].set.has_value());
  EXPECT_EQ(answer.trace[0].set->rule_id, "menu");
}

TEST_F(AnyOfTest, NoGroupGivesAVariantOfAnother) {
  shop_.model().Add("cola-zero", 140).parent_id = "cola";
  shop_.AddRule("two-drinks", AnyOf({Of({"cola"}), Of({"cola-zero", "tea"})}));
  EXPECT_THAT(SetOn("cola"), ElementsAre("cola", "tea"));
}

}  // namespace
}  // namespace awase::engine
