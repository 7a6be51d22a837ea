// Rung rules that contradict each other.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Rules "0-one", "1-two", … with these fields, each on its line from line 2 on.
std::string Rules(const std::vector<std::string>& fields) {
  static const char* const kIds[] = {"0-one", "1-two", "2-three", "3-four", "4-five"};  // in this order by id, too
  std::string yaml = "rules:\n";
  for (std::size_t i = 0; i < fields.size(); ++i) absl::StrAppend(&yaml, "- {id: ", kIds[i], ", ", fields[i], "}\n");
  return yaml;
}

std::string Ladder(const std::string& products) {
  return absl::StrCat("rung: {products: [", products, "], author: T}");
}
std::string Forbid(const std::string& products) {
  return absl::StrCat("rung: {products: [", products, "], author: T, forbid: true}");
}

TEST(RungCircles, TwoRulesThatTurnEachOtherRound) {
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B"), Ladder("B, A")})),
              ElementsAre("r.yaml:3:36: rules[1].rung.products[1]: \"A\" is above \"B\" here, but below it by rule "
                          "\"0-one\" (r.yaml:2:3): a ladder does not go round in a circle"));
}

TEST(RungCircles, LongerOnesNameEveryRule) {
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B"), Ladder("B, X, C"), Ladder("C, A")})),
              ElementsAre(AllOf(HasSubstr("r.yaml:4:"), HasSubstr("\"A\" is above \"C\" here"),
                                HasSubstr("rule \"0-one\" (r.yaml:2:3) and rule \"1-two\" (r.yaml:3:3):"))));
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B"), Ladder("B, C"), Ladder("C, D"), Ladder("D, E"), Ladder("E, A")})),
              ElementsAre(AllOf(HasSubstr("rule \"2-three\" (r.yaml:4:3) and 1 more:"))));
}

TEST(RungCircles, TheLastByPriorityIsReported) {
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B"), "priority: 1, " + Ladder("B, A")})),
              ElementsAre(AllOf(HasSubstr("r.yaml:2:"), HasSubstr("rules[0].rung"), HasSubstr("rule \"1-two\""))));
}

TEST(RungCircles, AllAreReportedInOneGo) {
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B, C, D"), Ladder("B, A"), Ladder("D, C"), Ladder("D, E")})),
              ElementsAre(HasSubstr("rules[1].rung.products[1]"), HasSubstr("rules[2].rung.products[1]")));
}

TEST(RungCircles, OtherTimesAndPlacementsDoNotMeet) {
  const std::string summer = "from: 2026-06-01, until: 2026-09-01, placements: [product_page], " + Ladder("A, B");
  for (const char* apart : {"from: 2026-09-01, ", "until: 2026-06-01, ", "placements: [plan_page, renewal], "}) {
    EXPECT_THAT(DiagnosticsOf(Rules({summer, apart + Ladder("B, A")})), IsEmpty()) << apart;
  }
  for (const char* meets : {"from: 2026-08-31, ", "until: 2026-06-02, ", "placements: [renewal, product_page], ", ""}) {
    EXPECT_THAT(DiagnosticsOf(Rules({summer, meets + Ladder("B, A")})), ElementsAre(HasSubstr("in a circle"))) << meets;
  }
  // Each two of them meet, but never all three.
  EXPECT_THAT(DiagnosticsOf(Rules({"placements: [product_page, plan_page], " + Ladder("A, B"),
                                   "placements: [plan_page, renewal], " + Ladder("B, C"),
                                   "placements: [renewal, product_page], " + Ladder("C, A")})),
              IsEmpty());
}

TEST(RungCircles, CountWhereAllTheirRulesApplyUnderOneCondition) {
  const std::string up = "rung: {products: [x, y], author: t}";
  const std::string down = "rung: {products: [y, x], author: t}";
  const std::string vip = "when: {customer: {segments: [vip]}}, ";
  EXPECT_THAT(DiagnosticsOf(Rules({up, vip + down})), ElementsAre(HasSubstr("does not go round in a circle")));
  EXPECT_THAT(DiagnosticsOf(Rules({vip + up, down})), ElementsAre(HasSubstr("does not go round in a circle")));
  EXPECT_THAT(DiagnosticsOf(Rules({vip + up, vip + down})), ElementsAre(HasSubstr("does not go round in a circle")));
  EXPECT_THAT(DiagnosticsOf(Rules({vip + up, "when: {customer: {lacks_segments: [vip]}}, " + down})), IsEmpty());
}

TEST(ContradictedRungs, AConditionBeforeTheOtherRuleIsAnException) {
  const std::string step = "rung: {products: [x, y], author: t}";
  const std::string never = "rung: {products: [x, y], author: t, forbid: true}";
  const std::string vip = "when: {customer: {segments: [vip]}}, ";
  EXPECT_THAT(DiagnosticsOf(Rules({vip + step, never})), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(Rules({vip + never, step})), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(Rules({step, vip + never})), ElementsAre(HasSubstr("it stays")));
  EXPECT_THAT(DiagnosticsOf(Rules({never, vip + step})), ElementsAre(HasSubstr("comes first and forbids")));
}

TEST(RungCircles, NoCirclesAreMadeOfForbiddenStepsOrOfOneRule) {
  EXPECT_THAT(DiagnosticsOf(Rules({Forbid("A, B"), Forbid("B, A")})), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B, A")})), ElementsAre(HasSubstr("named twice")));
  EXPECT_THAT(DiagnosticsOf(Rules({Ladder("A, B, D"), Ladder("A, C, D"), Ladder("A, B")})), IsEmpty());
}

// A random set of ladders, and what a slow look at every month and placement says of it.
struct Month {
  int begin, end;
};
struct RandomLadder {
  Month months;
  std::string placement;  // "" = all
  std::vector<char> products;
};

bool IsInForce(const RandomLadder& ladder, int month, const std::string& placement) {
  return ladder.months.begin <= month && month < ladder.months.end &&
         (ladder.placement.empty() || ladder.placement == placement);
}

// Warshall: whether a product of a … f comes back to itself.
bool HasCircle(const std::vector<RandomLadder>& ladders, int month, const std::string& placement) {
  bool leads[6][6] = {};
  for (const RandomLadder& ladder : ladders) {
    if (!IsInForce(ladder, month, placement)) continue;
    for (std::size_t i = 1; i < ladder.products.size(); ++i)
      leads[ladder.products[i - 1] - 'a'][ladder.products[i] - 'a'] = true;
  }
  for (int via = 0; via < 6; ++via) {
    for (int from = 0; from < 6; ++from) {
      for (int to = 0; to < 6; ++to) leads[from][to] |= leads[from][via] && leads[via][to];
    }
  }
  for (int product = 0; product < 6; ++product) {
    if (leads[product][product]) return true;
  }
  return false;
}

bool HasCircleAnywhere(const std::vector<RandomLadder>& ladders) {
  for (int month = 1; month <= 12; ++month) {
    for (const char* placement : {"product_page", "renewal", "elsewhere"}) {
      if (HasCircle(ladders, month, placement)) return true;
    }
  }
  return false;
}

std::string YamlOf(const std::vector<RandomLadder>& ladders) {
  std::string yaml = "rules:\n";
  for (std::size_t i = 0; i < ladders.size(); ++i) {
    const RandomLadder& ladder = ladders[i];
    absl::StrAppend(&yaml, "- {id: ", i, ", from: 2026-", ladder.months.begin < 10 ? "0" : "", ladder.months.begin,
                    "-01, until: 2026-", ladder.months.end < 10 ? "0" : "", ladder.months.end, "-01, ");
    if (!ladder.placement.empty()) absl::StrAppend(&yaml, "placements: [", ladder.placement, "], ");
    std::vector<std::string> products;
    for (const char product : ladder.products) products.emplace_back(1, product);
    absl::StrAppend(&yaml, Ladder(absl::StrJoin(products, ", ")), "}\n");
  }
  return yaml;
}

TEST(RungCircles, AreFoundWhereAWarshallFindsThemAndNoneIsLeftWithoutTheReportedRules) {
  std::mt19937 random(20260701);
  const auto below = [&random](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  int with_circle = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<RandomLadder> ladders(static_cast<std::size_t>(2 + below(5)));
    for (RandomLadder& ladder : ladders) {
      ladder.months.begin = 1 + below(10);
      ladder.months.end = ladder.months.begin + 1 + below(12 - ladder.months.begin);
      ladder.placement = std::vector<std::string>{"", "product_page", "renewal"}[static_cast<std::size_t>(below(3))];
      ladder.products = {'a', 'b', 'c', 'd', 'e', 'f'};
      std::shuffle(ladder.products.begin(), ladder.products.end(), random);
      ladder.products.resize(static_cast<std::size_t>(2 + below(3)));
    }
    const std::string yaml = YamlOf(ladders);
    SCOPED_TRACE(yaml);
    const std::vector<std::string> found = DiagnosticsOf(yaml);
    with_circle += found.empty() ? 0 : 1;
    ASSERT_EQ(!found.empty(), HasCircleAnywhere(ladders)) << absl::StrJoin(found, "\n");
    std::vector<RandomLadder> rest;
    for (std::size_t i = 0; i < ladders.size(); ++i) {
      const std::string path = absl::StrCat(" rules[", i, "].rung");
      const bool reported =
          std::any_of(found.begin(), found.end(), [&](const auto& text) { return absl::StrContains(text, path); });
      if (!reported) rest.push_back(ladders[i]);
    }
    ASSERT_FALSE(HasCircleAnywhere(rest));
  }
  EXPECT_GT(with_circle, 100);
  EXPECT_LT(with_circle, 300);
}

TEST(ContradictedRungs, TheLaterRuleIsWarnedOf) {
  EXPECT_THAT(
      DiagnosticsOf(Rules({Forbid("B, A"), Ladder("A, B")})),
      ElementsAre("r.yaml:3:36: rules[1].rung.products[1]: warning: rule \"0-one\" (r.yaml:2:3) comes first and "
                  "forbids the step from \"A\" to \"B\" at the same time and place"));
  EXPECT_THAT(
      DiagnosticsOf(Rules({Ladder("A, B"), Forbid("B, A")})),
      ElementsAre("r.yaml:3:21: rules[1].rung: warning: rule \"0-one\" (r.yaml:2:3) comes first and asserts the "
                  "step from \"A\" to \"B\" at the same time and place: it stays"));
}

TEST(ContradictedRungs, StepsReachTheNextProductAndTheOneAfter) {
  EXPECT_THAT(DiagnosticsOf(Rules({Forbid("A, C"), Ladder("A, B, C, D")})),
              ElementsAre(HasSubstr("rules[1].rung.products[2]: warning: rule \"0-one\"")));
  EXPECT_THAT(DiagnosticsOf(Rules({Forbid("A, D"), Ladder("A, B, C, D")})), IsEmpty());
}

TEST(ContradictedRungs, TwoRulesAreReportedOnce) {
  EXPECT_THAT(DiagnosticsOf(Rules({Forbid("A, B, C"), Ladder("A, B, C")})), ElementsAre(HasSubstr("\"A\" to \"B\"")));
}

TEST(ContradictedRungs, OtherTimesAndPlacementsDoNotMatter) {
  const std::string summer = "until: 2026-09-01, placements: [product_page], " + Ladder("A, B");
  EXPECT_THAT(DiagnosticsOf(Rules({summer, "from: 2026-09-01, " + Forbid("A, B")})), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(Rules({summer, "placements: [renewal], " + Forbid("A, B")})), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(Rules({summer, Forbid("A, B")})), ElementsAre(HasSubstr("it stays")));
}

TEST(HiddenProducts, AnAssertedRungToAHiddenProductIsSaidSo) {
  EXPECT_THAT(DiagnosticsOf(Rules({"hide: {products: [B]}", Ladder("A, B")})),
              ElementsAre("r.yaml:3:36: rules[1].rung.products[1]: warning: dead rule: rule \"0-one\" (r.yaml:2:3) "
                          "hides product \"B\" wherever this rule shows it"));
  // D is shown on the pages of B and C, not on that of A.
  EXPECT_THAT(DiagnosticsOf(Rules({"hide: {products: [D], anchors: [A]}", Ladder("A, B, C, D")})), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(Rules({"hide: {products: [D], anchors: [B]}", Ladder("A, B, C, D")})),
              ElementsAre(HasSubstr("in a part of where")));
  EXPECT_THAT(DiagnosticsOf(Rules({"hide: {products: [B]}", Forbid("A, B")})), IsEmpty());
}

}  // namespace
}  // namespace awase::rules
