// What is looked at and kept of sets that are large, or wrong everywhere.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/rules_by_page.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::awase::rules_internal::DistinctRules;
using ::awase::rules_internal::kMostCompared;
using ::awase::rules_internal::RulesByPage;
using ::awase::rules_internal::SourceRule;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// `count` rules, each within an hour of its own, with this text for the action of each.
template <typename Action>
std::string RulesOfHours(std::size_t count, const Action& action) {
  std::string yaml = "rules:\n";
  for (std::size_t i = 0; i < count; ++i) {
    const absl::Time from = absl::FromUnixSeconds(1'800'000'000) + absl::Hours(i);
    absl::StrAppend(&yaml, "- {id: r", 10'000 + i, ", from: \"", absl::FormatTime(from, absl::UTCTimeZone()),
                    "\", until: \"", absl::FormatTime(from + absl::Hours(1), absl::UTCTimeZone()), "\", ", action(i),
                    "}\n");
  }
  return yaml;
}

template <typename Action>
std::string RulesWith(std::size_t count, const Action& action) {
  std::string yaml = "rules:\n";
  for (std::size_t i = 0; i < count; ++i) absl::StrAppend(&yaml, "- {id: r", 10'000 + i, ", ", action(i), "}\n");
  return yaml;
}

LoadResult Load(const std::string& yaml) { return LoadRules(std::vector<RuleFile>{{"r.yaml", yaml}}, nullptr); }

std::vector<SourceRule> RulesOfScopes(std::size_t count) {
  std::vector<SourceRule> rules(count);
  for (std::size_t i = 0; i < count; ++i) rules[i].scope = rules[i].window = i;
  return rules;
}

TEST(DistinctRules, ComparesABoundedNumberAndTellsWhatItLeftOut) {
  const std::vector<SourceRule> rules = RulesOfScopes(2 * kMostCompared);
  DistinctRules distinct;
  for (const SourceRule& rule : rules) distinct.Add(rule);
  std::size_t compared = 0;
  EXPECT_EQ(distinct.Find([&compared](const SourceRule&) { return ++compared == 0; }), nullptr);
  EXPECT_EQ(compared, kMostCompared);
  EXPECT_EQ(distinct.left_out(), &rules[kMostCompared]);
}

TEST(DistinctRules, HaveTheFirstOfAScope) {
  std::vector<SourceRule> rules = RulesOfScopes(3);
  rules[1].scope = 0;
  DistinctRules distinct;
  for (const SourceRule& rule : rules) distinct.Add(rule);
  for (const SourceRule& rule : rules) distinct.Add(rule, "other");
  std::vector<const SourceRule*> seen;
  distinct.Find([&seen](const SourceRule& rule) {
    seen.push_back(&rule);
    return false;
  });
  EXPECT_THAT(seen, ::testing::ElementsAre(&rules[0], &rules[2], &rules[0], &rules[2]));
  EXPECT_EQ(distinct.left_out(), nullptr);
}

TEST(RulesByPage, FindThoseOfOnePageAmongMany) {
  std::vector<SourceRule> rules = RulesOfScopes(2 * kMostCompared);
  RulesByPage by_page;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rules[i].anchors = {absl::StrCat(i)};
    by_page.Add(rules[i]);
  }
  std::size_t compared = 0;
  const auto any = [&compared](const SourceRule&) { return ++compared > 0; };
  EXPECT_EQ(by_page.Find({"900"}, any), &rules[900]);
  EXPECT_EQ(by_page.Find({"none"}, any), nullptr);
  EXPECT_EQ(compared, 1U);
}

TEST(RulesByPage, TellApartRulesOfManyPagesWithOnePathInDifferentFiles) {
  std::vector<SourceRule> rules(2);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rules[i].path = "rules[0]";
    for (int page = 0; page < 50; ++page) rules[i].anchors.push_back(absl::StrCat("file", i, "page", 10 + page));
  }
  RulesByPage by_page;
  for (const SourceRule& rule : rules) by_page.Add(rule);
  const rules_internal::Names page = {"file1page20"};
  EXPECT_EQ(by_page.Find(page, [&](const SourceRule& rule) { return rules_internal::Covers(rule.anchors, page); }),
            &rules[1]);
}

TEST(LargeSets, KeepAHundredFindingsOfAKindAndCountThemAll) {
  const LoadResult loaded = Load(RulesWith(1'000, [](std::size_t i) {
    return absl::StrCat("pin: {product: P", i, ", slot: ", i < 990 ? "lower" : "hgher", "}");
  }));
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_EQ(loaded.error_count, 10U);
  EXPECT_EQ(loaded.warning_count, 989U) << "all but the first, and those that are refused, are shadowed";
  EXPECT_THAT(loaded.diagnostics, SizeIs(10 + kMostFindingsOfAKind));
  EXPECT_THAT(loaded.ToString(), EndsWith("\nand 889 more warnings"));
}

TEST(LargeSets, KeepAThousandFindingsOfASeverity) {
  std::vector<RuleFile> files;
  for (char file = 'a'; file < 'e'; ++file) {
    std::string yaml = "rules:\n- id: x\n";
    for (char i = 'a'; i <= 'z'; ++i) {
      for (char j = 'a'; j <= 'z'; ++j) absl::StrAppend(&yaml, "  q", std::string{file, i, j}, ": 1\n");
    }
    files.push_back({absl::StrCat(std::string(1, file), ".yaml"), yaml});
  }
  const LoadResult loaded = LoadRules(files, nullptr);
  EXPECT_EQ(loaded.error_count, 4U * 26 * 26 + 3) << "and three ids that are used twice";
  EXPECT_THAT(loaded.diagnostics, SizeIs(kMostFindings));
  EXPECT_THAT(loaded.ToString(), EndsWith("\nand 1707 more errors"));
}

TEST(LargeSets, SayOfEachRungThatItIsContradictedOnce) {
  const LoadResult loaded = Load(RulesWith(400, [](std::size_t i) {
    return absl::StrCat("rung: {products: [A, B], author: T", i % 2 == 0 ? "" : ", forbid: true", "}");
  }));
  EXPECT_EQ(loaded.warning_count, 399U);
  EXPECT_NE(loaded.rules, nullptr);
}

TEST(LargeSets, FindACircleOfEachRule) {
  const LoadResult circles = Load(RulesWith(400, [](std::size_t i) {
    return absl::StrCat("rung: {products: [", i % 2 == 0 ? "A, B" : "B, A", "], author: T}");
  }));
  EXPECT_EQ(circles.error_count, 200U);
}

TEST(LargeSets, SayWhereCirclesWereNotLookedFor) {
  const auto rungs = [](std::size_t conditions) {
    return Load(RulesWith(conditions, [](std::size_t i) {
      return absl::StrCat("when: {channels: [c", i, "]}, rung: {products: [", i % 2 == 0 ? "A, B" : "B, A",
                          "], author: T}");
    }));
  };
  EXPECT_THAT(ToTexts(rungs(50).diagnostics), IsEmpty());
  EXPECT_THAT(ToTexts(rungs(150).diagnostics),
              ElementsAre(HasSubstr("circles were not looked for among all rungs: 150 steps under 151 conditions")));
}

// What is left out of a search must not become a claim that it is not there.
TEST(LargeSets, ClaimNothingOfWhatIsNotLookedAt) {
  const std::size_t many = 2 * kMostCompared;
  // All but the last gates close in hours of their own; the one before them opens in the first of these hours.
  const LoadResult gates = Load(absl::StrCat(
      RulesOfHours(many, [](std::size_t) { return "gate: {intents: [cross_sell], closed: true}"; }),
      "- {id: a, priority: 1, until: \"2027-01-15T08:30:00Z\", gate: {intents: [cross_sell], open: true}}\n"));
  EXPECT_THAT(ToTexts(gates.diagnostics), IsEmpty());
  const LoadResult stops = Load(absl::StrCat(
      RulesOfHours(many, [](std::size_t i) { return absl::StrCat("pin: {product: P", i, ", slot: lower}"); }),
      "- {id: a, priority: 1, until: \"2027-01-15T08:30:00Z\", when: {channels: [app]}, stop: {actions: [pin]}}\n"));
  EXPECT_THAT(ToTexts(stops.diagnostics), IsEmpty());
  // Each of the stops makes an exception for an hour, the last of them for that of the pin.
  const LoadResult exceptions = Load(
      absl::StrCat(RulesOfHours(many, [](std::size_t) { return "when: {channels: [app]}, stop: {actions: [hide]}"; }),
                   "- {id: s, hide: {products: [P]}}\n",
                   "- {id: t, from: \"2027-02-25T23:00:00Z\", until: 2027-02-26, pin: {product: P, slot: lower}}\n"));
  EXPECT_THAT(ToTexts(exceptions.diagnostics), IsEmpty());
}

TEST(LargeSets, LongListsAreComparedAsSets) {
  std::string anchors;
  for (int i = 0; i < 20'000; ++i) absl::StrAppend(&anchors, i == 0 ? "" : ", ", "X", i);
  EXPECT_THAT(
      DiagnosticsOf(absl::StrCat("rules:\n- {id: one, hide: {products: [P], anchors: [", anchors,
                                 "]}}\n- {id: two, pin: {product: P, slot: lower, anchors: [", anchors, "]}}\n")),
      ::testing::ElementsAre(::testing::HasSubstr("dead rule")));
}

}  // namespace
}  // namespace awase::rules
