#include "awase/rules/load_rules.h"

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

absl::Time Utc(int year, int month, int day) {
  return absl::FromCivil(absl::CivilDay(year, month, day), absl::UTCTimeZone());
}

TEST(LoadRules, GivesTheRulesAsPlainData) {
  const auto set = LoadClean({{"r.yaml", R"(
rules:
- id: set
  description: text
  priority: 5
  placements: [cart, mail]
  from: 2026-07-01
  until: 2026-09-01T00:00:00+09:00
  bundle: {products: [0012, B], anchor: B, price: 49.90 USD, text: why}
- id: hide
  hide: {products: [C], anchors: [D]}
- id: pin
  pin: {product: E, slot: lower, position: 3, anchors: [F]}
- id: rung
  rung: {products: [G, H], author: Tanaka, text: better}
- id: rung-never
  rung: {products: [I, G], author: Sato, forbid: true}
)"}});
  ASSERT_EQ(set->rules.size(), 5U);
  const Rule& rule = set->rules[0];
  EXPECT_EQ(rule.id, "set");
  EXPECT_EQ(rule.description, "text");
  EXPECT_EQ(rule.priority, 5);
  EXPECT_THAT(rule.placements, ElementsAre("cart", "mail"));
  EXPECT_EQ(rule.from, Utc(2026, 7, 1));
  EXPECT_EQ(rule.until, Utc(2026, 8, 31) + absl::Hours(15));
  const auto& bundle = std::get<Bundle>(rule.action);
  EXPECT_THAT(bundle.products, ElementsAre("0012", "B"));
  EXPECT_EQ(bundle.anchor, "B");
  EXPECT_EQ(bundle.price, (Money{4990, *CurrencyCode::Parse("USD")}));
  EXPECT_EQ(bundle.text, "why");
  const auto& hide = std::get<Hide>(set->rules[1].action);
  EXPECT_THAT(hide.products, ElementsAre("C"));
  EXPECT_THAT(hide.anchors, ElementsAre("D"));
  const auto& pin = std::get<Pin>(set->rules[2].action);
  EXPECT_EQ(pin.product, "E");
  EXPECT_EQ(pin.slot, "lower");
  EXPECT_EQ(pin.position, 3U);
  EXPECT_THAT(pin.anchors, ElementsAre("F"));
  const auto& rung = std::get<Rung>(set->rules[3].action);
  EXPECT_THAT(rung.products, ElementsAre("G", "H"));
  EXPECT_EQ(rung.author, "Tanaka");
  EXPECT_EQ(rung.text, "better");
  EXPECT_FALSE(rung.forbid);
  EXPECT_TRUE(std::get<Rung>(set->rules[4].action).forbid);
}

TEST(LoadRules, WhatIsMissingHasItsDefault) {
  const auto set = LoadClean({{"r.yaml", RuleOf("pin: {product: E, slot: lower}")}});
  const Rule& rule = set->rules.at(0);
  EXPECT_EQ(rule.priority, 0);
  EXPECT_THAT(rule.placements, IsEmpty());
  EXPECT_EQ(rule.from, absl::InfinitePast());
  EXPECT_EQ(rule.until, absl::InfiniteFuture());
  EXPECT_EQ(std::get<Pin>(rule.action).position, 1U);
  EXPECT_EQ(std::get<Bundle>(LoadClean({{"r.yaml", RuleOf("bundle: {products: [A, B]}")}})->rules.at(0).action).price,
            std::nullopt);
}

TEST(LoadRules, RulesStandByFallingPriorityThenId) {
  const auto set = LoadClean(
      {{"a.yaml", "rules:\n- {id: c, hide: {products: [x]}}\n- {id: low, priority: -1, hide: {products: [x]}}\n"},
       {"b.yaml", "rules:\n- {id: b, hide: {products: [x]}}\n- {id: z, priority: 9, hide: {products: [x]}}\n"}});
  std::vector<std::string> ids;
  for (const Rule& rule : set->rules) ids.push_back(rule.id);
  EXPECT_THAT(ids, ElementsAre("z", "b", "c", "low"));
}

TEST(LoadRules, NoRulesAreASet) {
  EXPECT_EQ(LoadClean({})->revision, "empty");
  EXPECT_EQ(LoadClean({{"r.yaml", "# nothing yet\n"}})->revision, "empty");
  EXPECT_EQ(LoadClean({{"r.yaml", "rules: []\n"}})->revision, "empty");
}

TEST(LoadRules, AFileWithNothingInItIsAFailedCopy) {
  EXPECT_THAT(ToTexts(LoadRules({{"r.yaml", ""}, {"s.yaml", " \n"}, {"t.yaml", "rules: []\n"}}, nullptr).diagnostics),
              ElementsAre("r.yaml: there is nothing in it: a file without rules has rules: []",
                          "s.yaml: there is nothing in it: a file without rules has rules: []"));
}

TEST(LoadRules, OneErrorInOneFileKeepsTheWholeSetFromServing) {
  const std::vector<RuleFile> files = {{"good.yaml", RuleOf("hide: {products: [x]}")}, {"bad.yaml", "rulez: []\n"}};
  const LoadResult result = LoadRules(files, nullptr);
  EXPECT_EQ(result.rules, nullptr);
  EXPECT_THAT(ToTexts(result.diagnostics),
              ElementsAre("bad.yaml:1:1: rulez: unknown key \"rulez\"; did you mean \"rules\"?"));
}

TEST(LoadRules, WarningsDoNotKeepASetFromServing) {
  const std::vector<RuleFile> files = {{"r.yaml", RuleOf("placements: [carts], hide: {products: [x]}")}};
  const LoadResult result = LoadRules(files, nullptr);
  EXPECT_NE(result.rules, nullptr);
  EXPECT_THAT(ToTexts(result.diagnostics),
              ElementsAre(StartsWith("r.yaml:2:24: rules[0].placements[0]: warning: unknown placement \"carts\"; did "
                                     "you mean \"cart\"?")));
}

TEST(LoadRules, DiagnosticsAreByFileLineAndColumn) {
  const std::vector<RuleFile> files = {{"b.yaml", "x: 1\n"}, {"a.yaml", "rules:\n- {id: '', z: 1}\n- {y: 1}\n"}};
  std::vector<std::string> places;
  for (const Diagnostic& diagnostic : LoadRules(files, nullptr).diagnostics) {
    places.push_back(absl::StrCat(diagnostic.file, diagnostic.line, ":", diagnostic.column));
  }
  EXPECT_THAT(places, ElementsAre("a.yaml2:8", "a.yaml2:12", "a.yaml3:4", "b.yaml1:1"));
}

TEST(LoadRules, ErrorsComeBeforeWarnings) {
  EXPECT_THAT(
      DiagnosticsOf("rules:\n- {id: a, placements: [carts], hide: {products: [x]}}\n- {id: b c, hide: {products: "
                    "[x]}}\n- {id: d, placements: [carts], hide: {products: [x]}}\n"),
      ElementsAre(StartsWith("r.yaml:3:"), StartsWith("r.yaml:2:"), StartsWith("r.yaml:4:")));
}

TEST(LoadRules, RulesThatAreRefusedAreNotHeldAgainstOthers) {
  constexpr char kPin[] = "pin: {product: A, slot: also_bought}";
  EXPECT_THAT(DiagnosticsOf(TwoRules(absl::StrCat("priority: 5000, ", kPin), kPin)),
              ElementsAre(HasSubstr("priority: want")))
      << "the second pin may come first in the end";
  EXPECT_THAT(DiagnosticsOf(TwoRules("hide: {products: [A], anchors: []}", kPin)),
              ElementsAre(HasSubstr("anchors: is empty")))
      << "where it hides is not known";
  EXPECT_THAT(DiagnosticsOf(TwoRules(kPin, kPin)), ElementsAre(HasSubstr("shadowed")));
}

TEST(LoadResult, SaysHowManyFindingsDoNotFit) {
  std::string yaml = "rules:\n";
  for (int i = 0; i < 5; ++i) absl::StrAppend(&yaml, "- {id: r", i, ", hyde: {}}\n");
  const LoadResult result = LoadRules({{"r.yaml", yaml}}, nullptr);
  const std::string first = result.diagnostics[0].ToString();
  const std::string second = result.diagnostics[1].ToString();
  EXPECT_EQ(result.ToString(first.size() + second.size() + 2, "; all of them: there"),
            absl::StrCat(first, "\n", second, "\nand 3 more errors; all of them: there"));
  EXPECT_EQ(result.ToString(0, "!"), absl::StrCat(first, "\nand 4 more errors!")) << "the first one in any case";
  EXPECT_EQ(result.ToString(10'000, "!"), result.ToString()) << "all of them fit";
}

TEST(LoadRules, RefusesFilesThatAreTooLargeOrOfOneName) {
  const std::vector<RuleFile> files = {
      {"a.yaml", "rules: []"}, {"a.yaml", "rules: []"}, {"b.yaml", std::string(kMaxRuleFileBytes + 1, '#')}};
  EXPECT_THAT(
      ToTexts(LoadRules(files, nullptr).diagnostics),
      ElementsAre("a.yaml: two files have this name", "b.yaml: is larger than 4 MiB: split it into several files"));
}

TEST(LoadRules, TheRulesBeforeASyntaxErrorAreCheckedButNotTheOneItCuts) {
  EXPECT_THAT(DiagnosticsOf("rules:\n- id: a b\n  hide: {products: [x]}\n- id: c d\n  pin: {product: x: y\n"),
              ElementsAre(StartsWith("r.yaml:2:7: rules[0].id: want 1 to 64 letters"),
                          HasSubstr("not valid YAML from here on")));
}

TEST(LoadRules, AQuoteThatIsNotClosedTakesInNoOtherRule) {
  EXPECT_THAT(DiagnosticsOf("rules:\n"
                            "- {id: a, hide: {products: [x]}}\n"
                            "- id: b\n"
                            "  description: \"10 % off\n"
                            "  hide: {products: [y]}\n"
                            "- id: c\n"
                            "  hide: {products: [z]}\n"
                            "  description: it's over\"\n"),
              ElementsAre(StartsWith("r.yaml:4:16: the quote that opens here is not closed on its line: close it")));
}

TEST(LoadRules, IdsAreUniqueOverAllFiles) {
  const std::vector<RuleFile> files = {{"b.yaml", RuleOf("hide: {products: [x]}")},
                                       {"a.yaml", RuleOf("hide: {products: [x]}")}};
  EXPECT_THAT(ToTexts(LoadRules(files, nullptr).diagnostics),
              ElementsAre("b.yaml:2:8: rules[0].id: id \"a\" is already used at a.yaml:2:8"));
}

TEST(LoadRules, IdsAreShortAndPlain) {
  const std::string longest(64, 'x');
  for (const std::string& id : {std::string("a"), std::string("Summer-2026_v1.2"), longest}) {
    EXPECT_THAT(DiagnosticsOf(absl::StrCat("rules: [{id: ", id, ", hide: {products: [x]}}]")), IsEmpty()) << id;
  }
  for (const std::string& id : {std::string("''"), std::string("a b"), std::string("é"), longest + "x"}) {
    EXPECT_THAT(DiagnosticsOf(absl::StrCat("rules: [{id: ", id, ", hide: {products: [x]}}]")),
                ElementsAre(StartsWith("r.yaml:1:14: rules[0].id: want 1 to 64 letters")))
        << id;
  }
}

TEST(LoadRules, IdAndActionAreRequired) {
  EXPECT_THAT(DiagnosticsOf("rules:\n- description: a\n"),
              ElementsAre("r.yaml:2:3: rules[0]: has no id: give it one, such as id: summer-set",
                          StartsWith("r.yaml:2:3: rules[0]: has no action: want one of bundle, hide, pin, rung")));
}

TEST(LoadRules, WhatIsMisspelledOrWrongIsNotMissingToo) {
  EXPECT_THAT(DiagnosticsOf("rules:\n- id: a\n  hyde: {products: [x]}\n"),
              ElementsAre(HasSubstr("did you mean \"hide\"")));
  EXPECT_THAT(DiagnosticsOf("rules:\n- id: [a]\n  hide: 5\n"),
              ElementsAre(HasSubstr("rules[0].id: want text, got a list"), HasSubstr("rules[0].hide: want a map")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, {}]}")), ElementsAre(HasSubstr("products[1]: want text")));
}

TEST(LoadRules, TwoActionsAreOneTooMany) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("hide: {products: [x]}, pin: {product: y, slot: lower}")),
      ElementsAre("r.yaml:2:34: rules[0].pin: only one action is possible, and \"hide\" is already given at 2:11"));
}

TEST(LoadRules, PriorityIsFromMinus1000To1000) {
  for (const char* good : {"-1000", "0", "1000"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("priority: ", good, ", hide: {products: [x]}"))), IsEmpty());
  }
  for (const char* bad : {"-1001", "1001", "-2147483648", "2147483647"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("priority: ", bad, ", hide: {products: [x]}"))),
                ElementsAre(absl::StrCat("r.yaml:2:21: rules[0].priority: want -1000 to 1000, got ", bad)));
  }
}

TEST(LoadRules, PlacementsAreBuiltInOrTheShopsOwn) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("placements: [product_page, cart, checkout, post_purchase, mail, plan_page, renewal, "
                           "trial_end, usage_alert], hide: {products: [x]}")),
      IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("placements: [app_home, x9], hide: {products: [x]}")),
      ElementsAre("r.yaml:2:24: rules[0].placements[0]: warning: unknown placement \"app_home\". It is not built in, "
                  "nor in the configuration of the server (--config), so no request can name it",
                  HasSubstr("unknown placement \"x9\"")));
  CatalogueFacts facts;
  facts.placements = {"cart", "app_home"};
  EXPECT_THAT(DiagnosticsOf(RuleOf("placements: [app_home], hide: {products: [x]}"), &facts), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("placements: [app_hom], hide: {products: [x]}"), &facts),
              ElementsAre(HasSubstr("did you mean \"app_home\"?")));
  for (const std::string& bad :
       {std::string("Cart"), std::string("'9x'"), std::string("a-b"), std::string("''"), std::string(65, 'x')}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("placements: [", bad, "], hide: {products: [x]}"))),
                ElementsAre(StartsWith("r.yaml:2:24: rules[0].placements[0]: want a name of at most 64 small letters")))
        << bad;
  }
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("placements: [], hide: {products: [x]}")),
      ElementsAre("r.yaml:2:23: rules[0].placements: is empty: name at least one, or take the key away for every "
                  "placement"));
}

TEST(LoadRules, FromIsBeforeUntil) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("from: 2026-07-01, until: 2026-07-02, hide: {products: [x]}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("from: 2026-07-01, until: 2026-07-01, hide: {products: [x]}")),
              ElementsAre(StartsWith("r.yaml:2:36: rules[0].until: is not after from")));
}

TEST(LoadRules, WarnsOfRulesWhoseTimeIsOver) {
  const std::string rule = RuleOf("until: 2026-07-01, hide: {products: [x]}");
  EXPECT_THAT(DiagnosticsOf(rule), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(rule, nullptr, Utc(2026, 6, 30)), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(rule, nullptr, Utc(2026, 7, 1)),
              ElementsAre("r.yaml:2:18: rules[0].until: warning: has passed: the rule does nothing any more"));
}

TEST(LoadRules, WritesNamesOfFilesSoThatMessagesCanCarryThem) {
  const LoadResult loaded = LoadRules(std::vector<RuleFile>{{"a\xFF\n.yaml", "rules: 1"}}, nullptr);
  EXPECT_EQ(loaded.diagnostics.at(0).file, "a\\xff\\x0a.yaml");
}

TEST(LoadRules, AnItemWithoutAnythingIsOneFindingAtItsPlace) {
  EXPECT_THAT(DiagnosticsOf("rules:\n-\n- {id: a, hide: {products: [P]}}\n"),
              ElementsAre("r.yaml:2:1: rules[0]: has no value: want a map of keys and values, or take it away"));
  EXPECT_THAT(DiagnosticsOf("rules:\n- {id: a, hide: {products: [P, , Q]}}\n- ~\n"),
              ElementsAre("r.yaml:2:32: rules[0].hide.products[1]: has no value: want text, or take it away",
                          "r.yaml:3:3: rules[1]: has no value: want a map of keys and values, or take it away"));
  EXPECT_THAT(DiagnosticsOf("rules:\n- id: a\n  bundle:\n    any_of:\n    - {products: [P]}\n    -\n"),
              ElementsAre("r.yaml:6:5: rules[0].bundle.any_of[1]: has no value: want a map of keys and values, or take "
                          "it away"));
}

TEST(LoadRules, ATextHasNoControlCharacters) {
  EXPECT_THAT(
      DiagnosticsOf("rules:\n- id: a\n  bundle:\n    products: [A, B]\n    text: >\n      Two\n      lines\n"),
      ElementsAre("r.yaml:5:11: rules[0].bundle.text: ends in a line break: write a text of several lines below "
                  ">- instead of > or |"));
  EXPECT_THAT(DiagnosticsOf("rules:\n- id: a\n  bundle:\n    products: [A, B]\n    text: >-\n      Two\n      lines\n"),
              ::testing::IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf(R"(rung: {products: [A, B], author: T, text: "one\ntwo"})")),
              ElementsAre(::testing::HasSubstr("rules[0].rung.text: has a line break")));
  for (const char* text : {"\\x07", "\\t", "\\r", "\\x7F", "\\x85"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("benefit: {free_shipping: true, text: \"a", text, "b\"}"))),
                ElementsAre(::testing::HasSubstr("rules[0].benefit.text: has the control character U+00")))
        << text;
  }
}

}  // namespace
}  // namespace awase::rules
