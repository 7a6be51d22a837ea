#include "awase/engine/explain_product.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Outcome = SlotVerdict::Outcome;

class ExplainProductTest : public ::testing::Test {
 protected:
  ExplainProductTest() {
    shop_.model().Add("camera", 50000);
    shop_.model().Add("pro", 80000);
    film_ = &shop_.model().Add("film", 500);
    shop_.model().Add("pen", 100);
    shop_.model().Relate(kAlso, "camera", "film");
    shop_.model().AddRung("camera", "pro", kUp);
  }

  ProductExplanation Explain(absl::string_view product_id, const Request& request = PageOf("camera")) {
    auto explanation = ExplainProduct(*shop_.Snap(), request, product_id, TestNow());
    EXPECT_TRUE(explanation.ok()) << explanation.status();
    return explanation.ok() ? *std::move(explanation) : ProductExplanation();
  }
  SlotVerdict In(absl::string_view slot, const ProductExplanation& explanation) {
    for (const SlotVerdict& verdict : explanation.slots) {
      if (verdict.slot == slot) return verdict;
    }
    ADD_FAILURE() << "no slot " << slot;
    return {};
  }

  Shop shop_;
  catalog::Product* film_;
};

TEST_F(ExplainProductTest, AnOfferHasItsPlaceAndItsCounts) {
  const ProductExplanation explanation = Explain("film");
  EXPECT_TRUE(explanation.is_known);
  EXPECT_THAT(explanation.slots, SizeIs(4));
  const SlotVerdict verdict = In("also_bought", explanation);
  EXPECT_EQ(verdict.outcome, Outcome::kOffered);
  EXPECT_EQ(verdict.position, 1U);
  ASSERT_THAT(explanation.mentions, SizeIs(1));
  EXPECT_EQ(explanation.mentions[0].relation, kAlso);
  EXPECT_EQ(explanation.mentions[0].rank, 1U);
  EXPECT_TRUE(explanation.mentions[0].evidence.has_value());
}

TEST_F(ExplainProductTest, ARemovedCandidateHasItsCauseAndItsRule) {
  shop_.AddRule("no-film", rules::Hide{.products = {"film"}});
  const SlotVerdict verdict = In("also_bought", Explain("film"));
  EXPECT_EQ(verdict.outcome, Outcome::kRemoved);
  EXPECT_EQ(verdict.cause, RemovalCause::kHiddenByRule);
  EXPECT_THAT(verdict.rule_ids, ElementsAre("no-film"));
  EXPECT_THAT(verdict.text, HasSubstr("no-film"));
}

TEST_F(ExplainProductTest, WhatNothingProposesIsNoCandidate) {
  const ProductExplanation explanation = Explain("pen");
  for (const SlotVerdict& verdict : explanation.slots) EXPECT_EQ(verdict.outcome, Outcome::kNoCandidate);
  EXPECT_THAT(In("also_bought", explanation).text, HasSubstr("no list"));
  EXPECT_THAT(In("higher", explanation).text, HasSubstr("no step up"));
  EXPECT_THAT(explanation.mentions, IsEmpty());
}

TEST_F(ExplainProductTest, AnEmptySlotSaysWhyNothingIsACandidate) {
  const ProductExplanation explanation = Explain("film", PageOf("unheard-of"));
  EXPECT_THAT(In("also_bought", explanation).text, HasSubstr("unheard-of"));
}

TEST_F(ExplainProductTest, TheProductOfThePageIsNoCandidate) {
  EXPECT_THAT(In("also_bought", Explain("camera")).text, HasSubstr("what the request is about"));
}

TEST_F(ExplainProductTest, AProductStandsForItsVariants) {
  shop_.model().Add("film-36", 600).parent_id = "film";
  shop_.model().SetPopularity("film-36", 10);
  const SlotVerdict verdict = In("also_bought", Explain("film"));
  EXPECT_EQ(verdict.outcome, Outcome::kOffered);
  EXPECT_EQ(verdict.product_id, "film-36");
  EXPECT_EQ(In("also_bought", Explain("film-36")).product_id, "film-36");
}

TEST_F(ExplainProductTest, APinThatAnotherVariantStandsInForIsTold) {
  shop_.model().Add("film-36", 600).parent_id = "film";
  shop_.model().Add("film-24", 600).parent_id = "film";
  shop_.model().SetPopularity("film-36", 10);
  shop_.AddRule("no-24", rules::Hide{.products = {"film-24"}});
  shop_.AddRule("launch", rules::Pin{"film-24", "also_bought", 1, {}});
  const SlotVerdict verdict = In("also_bought", Explain("film-24"));
  EXPECT_EQ(verdict.product_id, "film-36");
  EXPECT_EQ(verdict.text, "is offered in place 1 of 1; film-24 was a candidate, and is hidden by a rule (rule no-24)");
}

TEST_F(ExplainProductTest, UnknownProductsAreNoError) {
  const ProductExplanation explanation = Explain("unheard-of");
  EXPECT_FALSE(explanation.is_known);
  EXPECT_THAT(explanation.slots, IsEmpty());
}

TEST_F(ExplainProductTest, WhatIsNoRequestIsAnError) {
  Request request = PageOf("camera");
  request.placement = "nowhere";
  EXPECT_FALSE(ExplainProduct(*shop_.Snap(), request, "film", TestNow()).ok());
}

// ---- Behind the last seat

// A film that fewer buy; the row has one seat, which the first film takes.
class BehindTheLastSeat : public ExplainProductTest {
 protected:
  BehindTheLastSeat() {
    slow_ = &shop_.model().Add("slow", 600);
    shop_.model().Relate(kAlso, "camera", "slow", {.together = 5});
  }
  SlotVerdict Row(Request request = PageOf("camera")) {
    request.max_offers_per_slot = 1;
    return In("also_bought", Explain("slow", request));
  }

  catalog::Product* slow_;
};

TEST_F(BehindTheLastSeat, OnlyWhatNothingElseForbidsIsLimit) {
  const SlotVerdict verdict = Row();
  EXPECT_EQ(verdict.cause, RemovalCause::kLimit);
  EXPECT_EQ(verdict.text, "was a candidate, but others fill the slot");
}

TEST_F(BehindTheLastSeat, TheCartIsNamed) {
  Request request = PageOf("camera");
  request.cart = {{"slow", 1}};
  EXPECT_EQ(Row(request).cause, RemovalCause::kInCart);
}

TEST_F(BehindTheLastSeat, StockIsNamed) {
  slow_->stock = 0;
  EXPECT_EQ(Row().cause, RemovalCause::kOutOfStock);
}

TEST_F(BehindTheLastSeat, TheRuleThatHidesItIsNamed) {
  shop_.AddRule("no-slow", rules::Hide{.products = {"slow"}});
  const SlotVerdict verdict = Row();
  EXPECT_EQ(verdict.cause, RemovalCause::kHiddenByRule);
  EXPECT_THAT(verdict.rule_ids, ElementsAre("no-slow"));
}

TEST_F(BehindTheLastSeat, TheCapThatItWouldBreakIsNamed) {
  for (catalog::Product* product : {film_, slow_}) product->brand = "Kumo";
  rules::Cap cap;
  cap.per = "brand";
  cap.slots = {"also_bought"};
  shop_.AddRule("one-of-a-brand", cap);
  const SlotVerdict verdict = Row();
  EXPECT_EQ(verdict.cause, RemovalCause::kCapped);
  EXPECT_THAT(verdict.rule_ids, ElementsAre("one-of-a-brand"));
}

TEST_F(BehindTheLastSeat, AskingChangesNoOffer) {
  slow_->stock = 0;
  Request request = PageOf("camera");
  request.max_offers_per_slot = 1;
  const ProductExplanation explanation = Explain("slow", request);
  EXPECT_THAT(shop_.Ids(SlotOf(explanation.answer, "also_bought")), ElementsAre("film"));
  EXPECT_EQ(Removed(SlotOf(shop_.Ask(request), "also_bought"), RemovalCause::kLimit), 1U) << "nobody looks otherwise";
}

TEST_F(ExplainProductTest, AFullAnswerIsToldFromAFullSlot) {
  Request request = PageOf("camera");
  request.max_offers = 1;
  EXPECT_EQ(In("also_bought", Explain("film", request)).outcome, Outcome::kOffered);
  EXPECT_EQ(In("higher", Explain("pro", request)).text, "was a candidate, but others fill the answer");
}

TEST_F(ExplainProductTest, AClaimThatFindsNoPlaceInTheSetIsJudged) {
  std::uint32_t together = 90;
  for (const char* id : {"a", "b", "c", "d"}) {
    shop_.model().Add(id, 500).stock = 4;
    shop_.model().Relate(kTogether, "camera", id, {.together = together});
    together -= 10;
  }
  shop_.AddRule("no-d", rules::Hide{.products = {"d"}});
  EXPECT_THAT(In("bundle", Explain("d")).rule_ids, ElementsAre("no-d"));
}

// ---- Sets of rules

TEST_F(ExplainProductTest, ASetThatLostToAnotherIsNamed) {
  shop_.AddRule("first", rules::Bundle{{"camera", "pen"}, "", std::nullopt, ""});
  shop_.AddRule("second", rules::Bundle{{"camera", "film"}, "", std::nullopt, ""});
  const SlotVerdict verdict = In("bundle", Explain("film"));
  EXPECT_EQ(verdict.outcome, Outcome::kRemoved);
  EXPECT_EQ(verdict.cause, RemovalCause::kLimit);
  EXPECT_EQ(verdict.product_id, "film");
  EXPECT_THAT(verdict.rule_ids, ElementsAre("second"));
  EXPECT_EQ(verdict.text, "is in the set of rule second, which is not offered: others fill the slot");
}

TEST_F(ExplainProductTest, ASetThatLostAndLacksAPartIsNamedByThat) {
  shop_.AddRule("no-pro", rules::Hide{.products = {"pro"}});
  shop_.AddRule("first", rules::Bundle{{"camera", "pen"}, "", std::nullopt, ""});
  shop_.AddRule("second", rules::Bundle{{"camera", "film", "pro"}, "", std::nullopt, ""});
  const SlotVerdict verdict = In("bundle", Explain("film"));
  EXPECT_EQ(verdict.cause, RemovalCause::kHiddenByRule);
  EXPECT_THAT(verdict.rule_ids, ElementsAre("no-pro", "second"));
  EXPECT_EQ(verdict.text, "is in the set of rule second, which is not offered: pro is hidden by a rule (rule no-pro)");
}

TEST_F(ExplainProductTest, AnOfferedProductIsToldOfItsOtherSets) {
  shop_.AddRule("first", rules::Bundle{{"camera", "film"}, "", std::nullopt, ""});
  shop_.AddRule("second", rules::Bundle{{"camera", "film", "pen"}, "", std::nullopt, ""});
  const SlotVerdict verdict = In("bundle", Explain("film"));
  EXPECT_EQ(verdict.outcome, Outcome::kOffered);
  EXPECT_THAT(verdict.text, HasSubstr("(rule first); is in the set of rule second, which is not offered"));
}

TEST_F(ExplainProductTest, AClaimGivesWayToTheSetOfARule) {
  shop_.model().Relate(kTogether, "camera", "film");
  shop_.AddRule("kit", rules::Bundle{{"camera", "pen"}, "", std::nullopt, ""});
  EXPECT_THAT(In("bundle", Explain("film")).text, HasSubstr("is a claim of the page's product, but the set of a rule"));
}

TEST_F(ExplainProductTest, AClosedGateIsNamed) {
  rules::Gate gate;
  gate.intents = {"up_sell"};
  shop_.AddRule("not-now", gate);
  EXPECT_THAT(In("higher", Explain("pro")).rule_ids, ElementsAre("not-now"));
}

// Whatever the trace says was removed, the explanation says as well, and of what is offered it gives the place.
TEST_F(ExplainProductTest, AgreesWithTheTraceOfTheAnswer) {
  shop_.model().Relate(kAlso, "camera", "pen");
  shop_.AddRule("no-pen", rules::Hide{.products = {"pen"}});
  for (const char* id : {"film", "pen", "pro"}) {
    const ProductExplanation explanation = Explain(id);
    for (const SlotVerdict& verdict : explanation.slots) {
      const std::vector<std::string> offered = shop_.Ids(SlotOf(explanation.answer, verdict.slot));
      const bool is_offered = std::find(offered.begin(), offered.end(), id) != offered.end();
      EXPECT_EQ(verdict.outcome == Outcome::kOffered, is_offered) << id << " in " << verdict.slot;
      const bool is_traced =
          std::any_of(explanation.answer.trace.begin(), explanation.answer.trace.end(),
                      [&](const TraceEntry& entry) { return entry.slot == verdict.slot && entry.product_id == id; });
      EXPECT_EQ(verdict.outcome == Outcome::kRemoved, !is_offered && is_traced) << id << " in " << verdict.slot;
    }
  }
}

}  // namespace
}  // namespace awase::engine
