// What gate must have, and gates that decide nothing.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Gate, NeedsIntentsAndOneOfClosedAndOpen) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {intents: [up_sell, cross_sell], closed: true, text: Not yet}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {intents: [up_sell], open: true}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {text: Not yet}")),
              ElementsAre("r.yaml:2:17: rules[0].gate: has no intents: want some of cross_sell, up_sell, down_sell",
                          "r.yaml:2:17: rules[0].gate: is neither closed nor open: want closed: true or open: true"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {intents: [], closed: true}")),
              ElementsAre("r.yaml:2:27: rules[0].gate.intents: is empty: want some of cross_sell, up_sell, down_sell"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {intents: [up_sell], closed: true, open: true}")),
              ElementsAre("r.yaml:2:17: rules[0].gate: is closed and open: want one of the two"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {intents: [up_sell], closed: false}")),
              ElementsAre("r.yaml:2:17: rules[0].gate: is neither closed nor open: want closed: true or open: true"));
}

TEST(Gate, IntentsAreKnownAndDistinct) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("gate: {intents: [upsell, sale, up_sell, up_sell], closed: true}")),
      ElementsAre(
          "r.yaml:2:28: rules[0].gate.intents[0]: unknown intent \"upsell\"; did you mean \"up_sell\"?",
          "r.yaml:2:36: rules[0].gate.intents[1]: unknown intent \"sale\"; want one of cross_sell, up_sell, down_sell",
          "r.yaml:2:51: rules[0].gate.intents[3]: warning: intent up_sell is named twice"));
}

TEST(Gate, AnOpenGateHasNoText) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("gate: {intents: [up_sell], open: true, text: Welcome}")),
              ElementsAre("r.yaml:2:56: rules[0].gate.text: is shown nowhere: an open gate leaves no slot empty; use "
                          "description"));
}

TEST(Gate, WarnsOfAGateThatAGateBeforeDecides) {
  EXPECT_THAT(
      DiagnosticsOf("rules:\n"
                    "- {id: first, priority: 1, gate: {intents: [up_sell, down_sell], closed: true}}\n"
                    "- {id: second, when: {customer: {tiers: [gold]}}, gate: {intents: [up_sell], open: true}}\n"),
      ElementsAre("r.yaml:3:68: rules[1].gate.intents[0]: warning: has no effect: rule \"first\" (r.yaml:2:3) "
                  "comes first and closes up_sell wherever this rule applies"));
  // Each of these makes the first one an exception, or leaves the second one something to do.
  for (const char* condition : {"when: {channels: [app]}", "placements: [cart]", "until: 2030-01-01"}) {
    EXPECT_THAT(DiagnosticsOf(absl::StrCat("rules:\n- {id: first, priority: 1, ", condition,
                                           ", gate: {intents: [up_sell], closed: true}}\n"
                                           "- {id: second, gate: {intents: [up_sell], open: true}}\n")),
                IsEmpty())
        << condition;
  }
}

TEST(Gate, WarnsOfAGateThatOpensWhatNothingCloses) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("gate: {intents: [down_sell], open: true}")),
      ElementsAre("r.yaml:2:28: rules[0].gate.intents[0]: warning: has no effect: nothing after this rule closes "
                  "down_sell there"));
  EXPECT_THAT(DiagnosticsOf("rules:\n"
                            "- {id: vip, priority: 1, when: {customer: {tiers: [gold]}}, gate: {intents: [down_sell], "
                            "open: true}}\n"
                            "- {id: rest, gate: {intents: [down_sell], closed: true}}\n"),
              IsEmpty());
}

TEST(Gate, OrderAndRepetitionOfIntentsAreNoOtherRevision) {
  const auto revision = [](const char* intents) {
    return LoadRules(
               std::vector<RuleFile>{{"r.yaml", RuleOf(absl::StrCat("gate: {intents: ", intents, ", closed: true}"))}},
               nullptr)
        .rules->revision;
  };
  EXPECT_EQ(revision("[up_sell, down_sell]"), revision("[down_sell, up_sell, down_sell]"));
  EXPECT_NE(revision("[up_sell]"), revision("[down_sell]"));
}

}  // namespace
}  // namespace awase::rules
