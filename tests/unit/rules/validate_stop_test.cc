// What stop may name, stops that stop nothing, and what they do to the checks of other rules.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kPinBehind[] = "- {id: behind, pin: {product: A, slot: lower}}\n";

std::string StopBefore(const char* fields) {
  return absl::StrCat("rules:\n- {id: s, priority: 1, ", fields, "}\n", kPinBehind);
}

TEST(Stop, NamesActionsOrNone) {
  for (const char* good :
       {"when: {channels: [app]}, stop: {}", "when: {channels: [app]}, stop: {actions: [pin, stop]}"}) {
    EXPECT_THAT(DiagnosticsOf(StopBefore(good)), IsEmpty()) << good;
  }
  EXPECT_THAT(
      DiagnosticsOf(StopBefore("when: {channels: [app]}, stop: {actions: []}")),
      ElementsAre("r.yaml:2:65: rules[0].stop.actions: is empty: name at least one action, or take the key away "
                  "for all of them"));
  EXPECT_THAT(
      DiagnosticsOf(StopBefore("when: {channels: [app]}, stop: {actions: [pins, frobnicate, pin, pin]}")),
      ElementsAre(
          "r.yaml:2:66: rules[0].stop.actions[0]: unknown action \"pins\"; did you mean \"pin\"?",
          StartsWith(
              "r.yaml:2:72: rules[0].stop.actions[1]: unknown action \"frobnicate\"; want one of bundle, hide, "),
          "r.yaml:2:89: rules[0].stop.actions[3]: warning: action pin is named twice"));
}

// A key of every action decodes, and every action that decodes has a name that a stop may give.
TEST(Stop, KnowsEveryActionOfTheLanguage) {
  const std::string message = DiagnosticsOf(StopBefore("stop: {actions: [xxxxxxxxx]}")).at(0);
  const std::string no_action = DiagnosticsOf("rules:\n- {id: a}\n").at(0);
  EXPECT_EQ(message.substr(message.find("want one of")), no_action.substr(no_action.find("want one of")));
}

TEST(Stop, WarnsWhenNothingIsBehindIt) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("stop: {}")),
      ElementsAre("r.yaml:2:17: rules[0].stop: warning: has no effect: no rule behind this one is stopped by it"));
  for (const char* idle : {"stop: {actions: [hide]}", "until: 2020-01-01, stop: {}"}) {
    EXPECT_THAT(DiagnosticsOf(absl::StrCat("rules:\n- {id: s, priority: 1, ", idle,
                                           "}\n- {id: behind, from: 2025-01-01, pin: {product: A, slot: lower}}\n"))
                    .size(),
                1U)
        << idle;
  }
  EXPECT_THAT(
      DiagnosticsOf(absl::StrCat("rules:\n- {id: z, when: {channels: [app]}, stop: {}}\n", kPinBehind)),
      ElementsAre("r.yaml:2:42: rules[0].stop: warning: has no effect: no rule behind this one is stopped by it"))
      << "ids order what has one priority";
}

TEST(Stop, WarnsOfRulesThatAreAlwaysStopped) {
  EXPECT_THAT(
      DiagnosticsOf(StopBefore("stop: {actions: [pin]}")),
      ElementsAre("r.yaml:3:3: rules[1]: warning: dead rule: rule \"s\" (r.yaml:2:3) stops it wherever it applies"));
  EXPECT_THAT(
      DiagnosticsOf("rules:\n"
                    "- {id: s, priority: 2, when: {channels: [app]}, stop: {actions: [stop]}}\n"
                    "- {id: t, priority: 1, when: {channels: [app]}, stop: {}}\n"
                    "- {id: behind, pin: {product: A, slot: lower}}\n"),
      ElementsAre("r.yaml:3:3: rules[1]: warning: dead rule: rule \"s\" (r.yaml:2:3) stops it wherever it applies"));
}

TEST(Stop, AHideThatIsStoppedIsNoContradiction) {
  constexpr char kHideAndPin[] =
      "- {id: hides, hide: {products: [A]}}\n"
      "- {id: shows, pin: {product: A, slot: lower}}\n";
  const auto findings = [&](const char* stop) {
    return DiagnosticsOf(
               absl::StrCat("rules:\n- {id: s, priority: 1, when: {channels: [app]}, stop: ", stop, "}\n", kHideAndPin))
        .size();
  };
  EXPECT_EQ(findings("{actions: [hide]}"), 0U) << "in the app A is shown";
  EXPECT_EQ(findings("{actions: [hide, pin]}"), 1U) << "where the hide is stopped, so is the pin";
  EXPECT_EQ(findings("{}"), 1U);
  EXPECT_EQ(findings("{actions: [pin]}"), 1U);
}

TEST(Stop, ADeadRuleDoesNothingToOthers) {
  EXPECT_THAT(
      DiagnosticsOf("rules:\n"
                    "- {id: s, priority: 2, stop: {actions: [hide]}}\n"
                    "- {id: hides, hide: {products: [A]}}\n"
                    "- {id: shows, pin: {product: A, slot: lower}}\n"),
      ElementsAre("r.yaml:3:3: rules[1]: warning: dead rule: rule \"s\" (r.yaml:2:3) stops it wherever it applies"));
}

TEST(Stop, StoppedRulesStayInTheSet) {
  const LoadResult loaded = LoadRules(std::vector<RuleFile>{{"r.yaml", StopBefore("stop: {}")}}, nullptr);
  ASSERT_NE(loaded.rules, nullptr);
  ASSERT_EQ(loaded.rules->rules.size(), 2U);
  EXPECT_EQ(loaded.rules->rules[0].id, "s");
  EXPECT_EQ(loaded.rules->rules[1].id, "behind");
}

}  // namespace
}  // namespace awase::rules
