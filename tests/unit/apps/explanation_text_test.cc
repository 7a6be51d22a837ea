#include "apps/awase/explanation_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::apps {
namespace {

TEST(ExplanationText, RulesThatDoNotApplyStandBelowTheirSlot) {
  v1::ExplainResponse explanation;
  explanation.set_known(true);
  for (const char* name : {"bundle", "also_bought"}) {
    v1::SlotVerdict* slot = explanation.add_slots();
    slot->set_slot(name);
    slot->set_product_id("pen");
    slot->set_text("nothing names it");
  }
  v1::IdleRule* idle = explanation.mutable_slots(0)->add_idle_rules();
  idle->set_rule_id("kit");
  idle->set_text("it begins on 2026-07-01 00:00 UTC");
  EXPECT_EQ(
      ExplanationText(explanation, "pen"),
      "pen\n"
      "  bundle       nothing names it\n"
      "               rule kit speaks for it here, but does not apply: it begins on 2026-07-01 00:00 UTC\n"
      "  also_bought  nothing names it\n"
      "No list of the request's products names it: too few bought the two, or others are bought with them more.\n");
}

TEST(ExplanationText, SaysThatAProductIsNotKnown) {
  EXPECT_EQ(ExplanationText({}, "ghost"), "The model does not know the product ghost.\n");
}

}  // namespace
}  // namespace awase::apps
