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
    shop_.model().Add("film", 500);
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
