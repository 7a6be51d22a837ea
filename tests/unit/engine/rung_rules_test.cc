#include "engine/rung_rules.h"

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

rules::Rung Ladder(std::vector<std::string> products, std::string text = "") {
  return {std::move(products), "Tanaka", std::move(text), /*forbid=*/false};
}
rules::Rung Forbid(std::vector<std::string> products) { return {std::move(products), "Sato", "", /*forbid=*/true}; }

catalog::Attribute Storage(double gigabytes) {
  return {"spec.storage_gb", std::to_string(static_cast<int>(gigabytes)), gigabytes};
}

// Five models from 100 to 500 dollars. The ladder has learned nano → base → plus → pro, but nothing of the alien.
class RungRules : public ::testing::Test {
 protected:
  RungRules() {
    Add("nano", 10000, 32);
    Add("base", 20000, 64);
    Add("plus", 30000, 128);
    alien_ = &Add("alien", 40000, 512);
    Add("pro", 50000, 256);
    shop_.model().AddRung("base", "nano", kDown);
    shop_.model().AddRung("base", "plus", kUp, 1);
    shop_.model().AddRung("base", "pro", kUp, 2);
    shop_.model().AddRung("plus", "base", kDown);
    shop_.model().AddRung("plus", "pro", kUp);
  }

  catalog::Product& Add(absl::string_view id, std::int64_t price, double gigabytes) {
    catalog::Product& product = shop_.model().Add(id, price);
    product.attributes = {Storage(gigabytes)};
    return product;
  }

  std::vector<std::string> Lower(absl::string_view page) { return shop_.Ids(SlotOf(shop_.Ask(PageOf(page)), "lower")); }
  std::vector<std::string> Higher(absl::string_view page) {
    return shop_.Ids(SlotOf(shop_.Ask(PageOf(page)), "higher"));
  }
  Answer Trace(absl::string_view page) {
    Request request = PageOf(page);
    request.explanation = Explanation::kTrace;
    return shop_.Ask(request);
  }
  // "higher pro HIDDEN_BY_RULE by rule of author", of everything that left lower and higher.
  std::vector<std::string> Left(absl::string_view page) {
    std::vector<std::string> left;
    for (const TraceEntry& entry : Trace(page).trace) {
      const std::string rule = entry.rule_id.empty() ? "" : " by " + entry.rule_id + " of " + entry.rule_author;
      left.push_back(entry.slot + " " + entry.product_id + " " + RemovalCauseName(entry.cause) + rule);
    }
    return left;
  }

  Shop shop_;
  catalog::Product* alien_;
};

TEST_F(RungRules, AnAssertedStepGoesUpFromTheLowerAndDownFromTheHigher) {
  shop_.AddRule("alien", Ladder({"base", "alien"}));
  const Answer up = shop_.Ask(PageOf("base"));
  ASSERT_THAT(shop_.Ids(SlotOf(up, "higher")), ElementsAre("alien", "plus")) << "before what was learned";
  const Offer& offer = SlotOf(up, "higher").offers[0];
  EXPECT_EQ(offer.intent, Intent::kUpSell);
  EXPECT_EQ(offer.rung, 1U);
  EXPECT_EQ(offer.price_difference, Usd(20000));
  EXPECT_EQ(offer.reason.source, Source::kRule);
  EXPECT_THAT(offer.reason.rule_ids, ElementsAre("alien"));
  EXPECT_EQ(offer.reason.text, "The next model up: USD 200.00 more; gains storage_gb 64 → 512.");
  ASSERT_EQ(offer.differences.size(), 1U);
  EXPECT_EQ(offer.differences[0].direction, SpecDifference::Direction::kGained);
  EXPECT_EQ(Removed(SlotOf(up, "higher"), RemovalCause::kLimit), 1U);

  const Answer down = shop_.Ask(PageOf("alien"));
  ASSERT_THAT(shop_.Ids(SlotOf(down, "lower")), ElementsAre("base"));
  EXPECT_EQ(SlotOf(down, "lower").offers[0].intent, Intent::kDownSell);
  EXPECT_EQ(SlotOf(down, "lower").offers[0].reason.text,
            "A cheaper alternative: USD 200.00 less; gives up storage_gb 512 → 64.");
  EXPECT_THAT(SlotOf(down, "higher").offers, IsEmpty());
}

TEST_F(RungRules, ALadderLeadsToTheNextProductAndTheOneAfter) {
  shop_.AddRule("line", Ladder({"nano", "plus", "alien", "pro"}));
  const Answer bottom = shop_.Ask(PageOf("nano"));
  ASSERT_THAT(shop_.Ids(SlotOf(bottom, "higher")), ElementsAre("plus", "alien"));
  EXPECT_EQ(SlotOf(bottom, "higher").offers[0].rung, 1U);
  EXPECT_EQ(SlotOf(bottom, "higher").offers[1].rung, 2U);
  EXPECT_THAT(SlotOf(bottom, "higher").offers[1].reason.text, HasSubstr("Two models up"));
  EXPECT_THAT(Lower("alien"), ElementsAre("plus", "nano"));
  EXPECT_THAT(Higher("alien"), ElementsAre("pro"));
  EXPECT_THAT(Higher("pro"), IsEmpty());
}

TEST_F(RungRules, SeveralStandInTheOrderOfTheirRules) {
  shop_.AddRule("first", Ladder({"nano", "pro"}));
  shop_.AddRule("second", Ladder({"nano", "alien"}));
  shop_.AddRule("third", Ladder({"nano", "pro"}));
  const Answer answer = shop_.Ask(PageOf("nano"));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("pro", "alien"));
  EXPECT_THAT(SlotOf(answer, "higher").offers[0].reason.rule_ids, ElementsAre("first"));
  EXPECT_EQ(RemovedInAll(SlotOf(answer, "higher")), 0U) << "named twice is one candidate";
}

TEST_F(RungRules, TheTextIsTheReasonOfTheStepUpOnly) {
  shop_.AddRule("alien", Ladder({"base", "alien"}, "Eight times the storage"));
  EXPECT_EQ(SlotOf(shop_.Ask(PageOf("base")), "higher").offers.at(0).reason.text, "Eight times the storage");
  EXPECT_THAT(SlotOf(shop_.Ask(PageOf("alien")), "lower").offers.at(0).reason.text, HasSubstr("cheaper alternative"));
  Request quiet = PageOf("base");
  quiet.explanation = Explanation::kNone;
  EXPECT_EQ(SlotOf(shop_.Ask(quiet), "higher").offers.at(0).reason.text, "");
}

TEST_F(RungRules, TheAuthorIsInTracesOnly) {
  shop_.AddRule("alien", Ladder({"base", "alien"}));
  EXPECT_EQ(SlotOf(shop_.Ask(PageOf("base")), "higher").offers.at(0).reason.rule_author, "");
  EXPECT_EQ(SlotOf(Trace("base"), "higher").offers.at(0).reason.rule_author, "Tanaka");
  EXPECT_EQ(SlotOf(Trace("base"), "higher").offers.at(1).reason.rule_author, "") << "learned";
}

TEST_F(RungRules, WhatIsLearnedTooIsShownOnceWithItsEvidence) {
  shop_.model().AddRung("plus", "alien", kUp, 2, ladder::Grade::kCertified,
                        {.gained_specs = 1, .upgrades = 12, .downgrades = 3, .flags = ladder::kBehaviour});
  shop_.AddRule("alien", Ladder({"plus", "alien"}));
  const Answer answer = shop_.Ask(PageOf("plus"));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("alien", "pro"));
  const Offer& offer = SlotOf(answer, "higher").offers[0];
  EXPECT_EQ(offer.reason.source, Source::kLadder);
  EXPECT_THAT(offer.reason.rule_ids, ElementsAre("alien"));
  EXPECT_EQ(offer.rung, 1U) << "as the rule has it";
  EXPECT_EQ(offer.reason.text,
            "The next model up: USD 100.00 more; gains storage_gb 128 → 512. 12 of 15 customers who moved between the "
            "two moved up.");
  EXPECT_EQ(RemovedInAll(SlotOf(answer, "higher")), 0U);
}

TEST_F(RungRules, AWeakStepIsServedWhenSomebodyVouchesForIt) {
  shop_.model().AddRung("pro", "alien", kDown, 1, ladder::Grade::kWeak);
  EXPECT_THAT(Lower("pro"), IsEmpty());
  shop_.AddRule("alien", Ladder({"alien", "pro"}));
  EXPECT_THAT(Lower("pro"), ElementsAre("alien"));
}

TEST_F(RungRules, AStepAgainstThePricesIsCountedAndNamedButNotShown) {
  Add("even", 20000, 1024);
  shop_.AddRule("wrong", Ladder({"alien", "base"}));
  shop_.AddRule("level", Ladder({"base", "even"}));
  EXPECT_THAT(Higher("alien"), IsEmpty());
  EXPECT_THAT(Left("alien"), ElementsAre("higher base NO_EVIDENCE by wrong of Tanaka"));
  EXPECT_THAT(Lower("base"), ElementsAre("nano"));
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  EXPECT_THAT(Left("base"),
              ElementsAre("lower alien NO_EVIDENCE by wrong of Tanaka", "higher even NO_EVIDENCE by level of Tanaka"));
}

TEST_F(RungRules, PricesThatArePaidForSomethingElseAreNoStep) {
  alien_->subscription_interval = "year";
  shop_.AddRule("alien", Ladder({"base", "alien"}));
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  EXPECT_THAT(Left("base"), ::testing::Contains("higher alien NO_EVIDENCE by alien of Tanaka"));
  shop_.AddRule("pinned", rules::Pin{.product = "alien", .slot = "higher"});
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro")) << "nor by a pin";
}

TEST_F(RungRules, FeesPerSeatCompareWithTheSameOnly) {
  alien_->attributes = {{"fee", "400", 400}, {"fee_per_seat", "5", 5}};
  shop_.AddRule("alien", Ladder({"base", "alien"}));
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
}

TEST_F(RungRules, PricesOfAnotherCurrencyOrNoneAreNoStep) {
  shop_.model().Add("import", 90000, "EUR");
  shop_.model().Add("unpriced", -1);
  shop_.AddRule("line", Ladder({"alien", "import", "unpriced"}));
  EXPECT_THAT(Left("alien"), ElementsAre("higher import CURRENCY_MISMATCH by line of Tanaka",
                                         "higher unpriced CURRENCY_MISMATCH by line of Tanaka"));
}

TEST_F(RungRules, WhatMayNotBeSoldIsNotShown) {
  shop_.AddRule("line", Ladder({"base", "alien"}));
  alien_->stock = 0;
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  EXPECT_THAT(Left("base"), ElementsAre("higher alien OUT_OF_STOCK by line of Tanaka"));
}

TEST_F(RungRules, CartAndHideRulesStillApply) {
  shop_.AddRule("line", Ladder({"base", "alien"}));
  Request request = PageOf("base");
  request.cart = {{"alien", 1}};
  EXPECT_EQ(Removed(SlotOf(shop_.Ask(request), "higher"), RemovalCause::kInCart), 1U);
  shop_.AddRule("recall", rules::Hide{{"alien"}, {}});
  EXPECT_THAT(Left("base"), ElementsAre("higher alien HIDDEN_BY_RULE by recall of "));
}

TEST_F(RungRules, DownSellIsNeverTheSameProductAtALowerPrice) {
  Add("sale", 35000, 512).title = "Alien phone";
  Add("sale-red", 25000, 512).parent_id = "alien";
  alien_->title = "Alien phone";
  shop_.AddRule("same", Ladder({"sale", "alien"}));
  shop_.AddRule("variant", Ladder({"sale-red", "alien"}));
  EXPECT_THAT(Lower("alien"), IsEmpty());
  EXPECT_THAT(Left("alien"), ElementsAre("lower sale NO_EVIDENCE by same of Tanaka",
                                         "lower sale-red VARIANT_OF_ANCHOR by variant of Tanaka"));
}

TEST_F(RungRules, TwoModelsOfOneTitleAreTwoModels) {
  Add("small", 35000, 128).title = "Alien phone";
  alien_->title = "Alien phone";
  shop_.AddRule("line", Ladder({"small", "alien"}));
  EXPECT_THAT(Lower("alien"), ElementsAre("small"));
}

TEST_F(RungRules, AForbiddenStepGoesNeitherUpNorDown) {
  shop_.AddRule("never", Forbid({"plus", "base"}));
  EXPECT_THAT(Higher("base"), ElementsAre("pro"));
  EXPECT_THAT(Left("base"), ElementsAre("higher plus HIDDEN_BY_RULE by never of Sato"));
  EXPECT_THAT(Lower("plus"), IsEmpty());
  EXPECT_THAT(Left("plus"), ElementsAre("lower base HIDDEN_BY_RULE by never of Sato"));
  EXPECT_THAT(Higher("plus"), ElementsAre("pro")) << "another step";
  EXPECT_THAT(SlotOf(shop_.Ask(PageOf("plus")), "lower").empty_reason, HasSubstr("1 hidden by a rule"));
}

TEST_F(RungRules, AForbidIsOfAnyTwoOfItsProducts) {
  shop_.AddRule("never", Forbid({"pro", "nano", "base"}));
  EXPECT_THAT(Lower("base"), IsEmpty());
  EXPECT_THAT(Higher("base"), ElementsAre("plus"));
}

TEST_F(RungRules, PrioritySaysWhetherAStepIsAssertedOrForbidden) {
  shop_.AddRule("never", Forbid({"base", "alien"}));
  shop_.AddRule("line", Ladder({"base", "alien"}));
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  EXPECT_THAT(Left("base"), ElementsAre("higher alien HIDDEN_BY_RULE by never of Sato"));
  std::swap(shop_.rules().rules[0], shop_.rules().rules[1]);
  EXPECT_THAT(Higher("base"), ElementsAre("alien", "plus"));
  EXPECT_THAT(Lower("alien"), ElementsAre("base"));
}

TEST_F(RungRules, AnAssertionOfHigherPriorityKeepsTheLearnedStepAsWell) {
  shop_.AddRule("line", Ladder({"base", "plus"}));
  shop_.AddRule("never", Forbid({"base", "plus", "pro"}));
  EXPECT_THAT(Higher("base"), ElementsAre("plus")) << "pro is forbidden";
  EXPECT_THAT(Lower("plus"), ElementsAre("base"));
}

TEST_F(RungRules, APinDoesNotOverruleAForbid) {
  shop_.AddRule("pin", rules::Pin{"alien", "higher", 1, {"base"}});
  EXPECT_THAT(Higher("base"), ElementsAre("alien", "plus"));
  shop_.AddRule("never", Forbid({"base", "alien"}));
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  EXPECT_THAT(Left("base"), ElementsAre("higher alien HIDDEN_BY_RULE by never of Sato"));
}

TEST_F(RungRules, APinnedProductThatIsAssertedNamesBothRules) {
  shop_.AddRule("pin", rules::Pin{"alien", "higher", 2, {"base"}});
  shop_.AddRule("line", Ladder({"base", "alien"}));
  const Answer answer = Trace("base");
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("plus", "alien"));
  EXPECT_THAT(SlotOf(answer, "higher").offers[1].reason.rule_ids, ElementsAre("pin", "line"));
  EXPECT_EQ(SlotOf(answer, "higher").offers[1].reason.rule_author, "Tanaka");
}

TEST_F(RungRules, ARootSpeaksForItsVariants) {
  Add("base-red", 21000, 64).parent_id = "base";
  Add("alien-red", 41000, 512).parent_id = "alien";
  shop_.model().AddRung("base-red", "alien-red", kUp);
  shop_.AddRule("line", Ladder({"base", "pro"}));
  EXPECT_THAT(Higher("base-red"), ElementsAre("pro", "alien-red"));
  shop_.AddRule("never", Forbid({"base", "alien"}));
  EXPECT_THAT(Higher("base-red"), ElementsAre("pro"));
  EXPECT_THAT(Left("base-red"), ElementsAre("higher alien-red HIDDEN_BY_RULE by never of Sato"));
}

TEST_F(RungRules, AVariantSpeaksForItselfAlone) {
  Add("base-red", 21000, 64).parent_id = "base";
  shop_.AddRule("line", Ladder({"base-red", "alien"}));
  shop_.AddRule("never", Forbid({"base-red", "plus"}));
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  EXPECT_THAT(Higher("base-red"), ElementsAre("alien"));
}

TEST_F(RungRules, ActOnTheirPlacementsAndDatesOnly) {
  shop_.AddRule("elsewhere", Ladder({"base", "alien"})).placements = {"plan_page"};
  shop_.AddRule("over", Ladder({"base", "alien"})).until = TestNow();
  shop_.AddRule("over-too", Forbid({"base", "plus"})).until = TestNow();
  EXPECT_THAT(Higher("base"), ElementsAre("plus", "pro"));
  Request plan_page = PageOf("base");
  plan_page.placement = "plan_page";
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(plan_page), "higher")), ElementsAre("alien", "plus"));
}

TEST_F(RungRules, AnUnknownProductInTheMiddleLeavesTheOthersInTheirOrder) {
  shop_.AddRule("line", Ladder({"base", "gone", "alien"}));
  const Answer answer = shop_.Ask(PageOf("base"));
  ASSERT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("alien", "plus"));
  EXPECT_EQ(SlotOf(answer, "higher").offers[0].rung, 1U);
}

TEST_F(RungRules, DoNotTouchOtherSlots) {
  shop_.model().Relate(kAlso, "base", "plus", {.together = 20});
  shop_.AddRule("never", Forbid({"base", "plus"}));
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(PageOf("base")), "also_bought")), ElementsAre("plus"));
}

}  // namespace
}  // namespace awase::engine
