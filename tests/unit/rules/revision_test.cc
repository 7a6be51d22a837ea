// RuleSet::revision changes with what the rules say and with nothing else.

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

std::string RevisionOfText(const std::string& yaml) { return LoadClean({{"r.yaml", yaml}})->revision; }

TEST(Revision, Is16HexDigits) {
  EXPECT_THAT(RevisionOfText(RuleOf("hide: {products: [x]}")), ::testing::MatchesRegex("[0-9a-f]{16}"));
}

TEST(Revision, IsTheSameForAnyOrderOfFilesAndRules) {
  std::vector<std::string> rules;
  for (int i = 0; i < 20; ++i) {
    rules.push_back(absl::StrCat("- {id: r", i, ", priority: ", i % 3, ", hide: {products: [p", i, ", q]}}\n"));
  }
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  std::set<std::string> revisions;
  for (int round = 0; round < 50; ++round) {
    std::shuffle(rules.begin(), rules.end(), random);
    std::vector<RuleFile> files(1 + random() % 4);
    for (std::size_t i = 0; i < files.size(); ++i) {
      files[i] = {absl::StrCat(random(), "-", i, ".yaml"), absl::StrCat("# ", round, "\n")};
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
      std::string& content = files[i % files.size()].content;
      if (content.find("rules:") == std::string::npos) content += "rules:\n";
      content += rules[i];
    }
    revisions.insert(LoadClean(files)->revision);
  }
  EXPECT_EQ(revisions.size(), 1U);
}

TEST(Revision, IsTheSameForEveryWayToWriteTheSame) {
  const std::string revision = RevisionOfText(
      "rules:\n- {id: a, placements: [cart, mail], from: 2026-07-01, pin: {product: P, slot: lower, anchors: [X, Y]}}\n"
      "- {id: b, bundle: {products: [A, B], price: 49.90 USD}}\n");
  EXPECT_EQ(RevisionOfText(R"(# comment
rules:

  - pin:
      position: 1          # as it is without
      anchors: ["Y", 'X']
      slot: "lower"
      product: P
    priority: 0
    id: a
    from: 2026-07-01T09:00:00+09:00
    placements:
    - mail
    - cart
  - id: b
    bundle:
      price: USD 49.9
      products:
      - A
      - B
)"),
            revision);
}

TEST(Revision, OfForbiddenStepsHasNoOrderOfProducts) {
  EXPECT_EQ(RevisionOfText(RuleOf("rung: {products: [x, y], author: t, forbid: true}")),
            RevisionOfText(RuleOf("rung: {products: [y, x], author: t, forbid: true}")));
  EXPECT_EQ(RevisionOfText(RuleOf("rung: {products: [x, y], author: t, forbid: false}")),
            RevisionOfText(RuleOf("rung: {products: [x, y], author: t}")));
}

TEST(Revision, IsAnotherForEveryDifference) {
  std::set<std::string> revisions = {"empty"};
  const std::vector<std::string> different = {"hide: {products: [x]}",
                                              "hide: {products: [y]}",
                                              "hide: {products: [x, y]}",
                                              "hide: {products: [x], anchors: [y]}",
                                              "description: d, hide: {products: [x]}",
                                              "priority: 1, hide: {products: [x]}",
                                              "placements: [cart], hide: {products: [x]}",
                                              "from: 2026-07-01, hide: {products: [x]}",
                                              "until: 2026-07-01, hide: {products: [x]}",
                                              "bundle: {products: [x, y]}",
                                              "bundle: {products: [y, x]}",
                                              "bundle: {products: [x, y], anchor: x}",
                                              "bundle: {products: [x, y], price: 1 USD}",
                                              "bundle: {products: [x, y], price: 1 EUR}",
                                              "bundle: {products: [x, y], text: t}",
                                              "pin: {product: x, slot: lower}",
                                              "pin: {product: x, slot: higher}",
                                              "pin: {product: x, slot: lower, position: 2}",
                                              "rung: {products: [x, y], author: t}",
                                              "rung: {products: [y, x], author: t}",
                                              "rung: {products: [x, y], author: s}",
                                              "rung: {products: [x, y], author: t, text: u}",
                                              "rung: {products: [x, y], author: t, forbid: true}"};
  for (const std::string& fields : different) {
    EXPECT_TRUE(revisions.insert(RevisionOfText(RuleOf(fields))).second) << fields;
  }
}

}  // namespace
}  // namespace awase::rules
