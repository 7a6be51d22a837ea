// RuleSet::revision changes with what the rules say and with nothing else.

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
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

TEST(Revision, OfCapsIsTheSameForEveryWayToWriteTheSame) {
  EXPECT_EQ(RevisionOfText(RuleOf("cap: {products: [x, y], at_most: 2}")),
            RevisionOfText(RuleOf("cap: {matching: {products: [y, x]}, at_most: 2, slots: [also_bought]}")));
  EXPECT_EQ(RevisionOfText(RuleOf("cap: {per: brand, at_most: 2, slots: [lower, higher]}")),
            RevisionOfText(RuleOf("cap: {slots: [higher, lower], at_most: 2, per: brand}")));
}

TEST(Revision, OfCapsInTimeHasOneFormOfEachTime) {
  EXPECT_EQ(RevisionOfText(RuleOf("cap: {intents: [up_sell, cross_sell], at_most: 2, within: 7d}")),
            RevisionOfText(RuleOf("cap: {within: 168h, intents: [cross_sell, up_sell], at_most: 2}")));
}

TEST(Revision, OfConditionsIsTheSameForEveryWayToWriteTheSame) {
  EXPECT_EQ(RevisionOfText(RuleOf("when: {anchor: {brands: [b, a], attributes: {spec.a: [2, 1], spec.b: [3]}}, "
                                  "customer: {segments: [y, x], usage: {metric: m, of_limit: {at_least: 80.0%}}}, "
                                  "hours: {until: 18:00, days: [tue, mon]}, time_zone: UTC, channels: [b, a], "
                                  "traffic: {share: 10.50%}}, hide: {products: [x]}")),
            RevisionOfText(RuleOf("hide: {products: [x]}, when: {traffic: {share: 10.5%}, channels: [a, b], "
                                  "hours: {days: [mon, tue], from: '00:00', until: '18:00'}, "
                                  "customer: {usage: {of_limit: {at_least: 80%}, metric: m}, segments: [x, y]}, "
                                  "anchor: {attributes: {spec.b: [3], spec.a: [1, 2]}, brands: [a, b]}}")));
}

TEST(Revision, OfWeightsIsTheSameForEveryWayToWriteAFactor) {
  EXPECT_EQ(RevisionOfText(RuleOf("boost: {products: [x, y], by: 1.50}")),
            RevisionOfText(RuleOf("boost: {by: 1.5, products: [y, x]}")));
}

TEST(Revision, OfAListOfProductsIsThatOfTheSetOfThem) {
  for (const char* action :
       {"boost: {by: 2, SUBJECT}", "bury: {SUBJECT}", "require: {SUBJECT}", "quota: {at_least: 2, SUBJECT}",
        "cap: {at_most: 2, SUBJECT}", "discount: {quantity: {tiers: [{percent: 5%}], SUBJECT}}"}) {
    const auto revision_with = [action](const char* subject) {
      return RevisionOfText(RuleOf(absl::StrReplaceAll(action, {{"SUBJECT", subject}})));
    };
    EXPECT_EQ(revision_with("products: [b, a]"), revision_with("matching: {products: [a, b]}")) << action;
  }
}

TEST(Revision, OfSlotsKnowsTheDefault) {
  EXPECT_EQ(RevisionOfText(RuleOf("price_band: {of_cart: {below: 20.0%}}")),
            RevisionOfText(RuleOf("price_band: {of_cart: {below: 20%}, slots: [also_bought, bundle]}")));
  EXPECT_EQ(RevisionOfText(RuleOf("quota: {products: [x, y], at_least: 2, slot: also_bought}")),
            RevisionOfText(RuleOf("quota: {products: [y, x], at_least: 2}")));
  EXPECT_EQ(RevisionOfText(RuleOf("require: {same: [series, brand], slots: [bundle, also_bought]}")),
            RevisionOfText(RuleOf("require: {same: [brand, series]}")));
}

TEST(Revision, OfSetsOfProductsHasNoOrderOfWords) {
  EXPECT_EQ(RevisionOfText(RuleOf("hide: {matching: {brands: [x, y], not: {tags: [b, a]}}}")),
            RevisionOfText(RuleOf("hide: {matching: {not: {tags: [a, b]}, brands: [y, x]}}")));
}

TEST(Revision, IsAnotherForEveryDifference) {
  std::set<std::string> revisions = {"empty"};
  const std::vector<std::string> different = {"hide: {products: [x]}",
                                              "hide: {products: [y]}",
                                              "hide: {products: [x, y]}",
                                              "hide: {products: [x], anchors: [y]}",
                                              "hide: {matching: {products: [x]}}",
                                              "hide: {matching: {brands: [x]}}",
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
                                              "rung: {products: [x, y], author: t, forbid: true}",
                                              "boost: {products: [x], by: 2}",
                                              "boost: {products: [x], by: 2.5}",
                                              "bury: {products: [x], by: 2}",
                                              "bury: {products: [x]}",
                                              "require: {products: [x]}",
                                              "require: {same: [brand]}",
                                              "require: {same: [brand, series]}",
                                              "require: {same: [brand], slots: [bundle]}",
                                              "do_not_associate: {these: {tags: [x]}}",
                                              "do_not_associate: {these: {tags: [x]}, with: {tags: [y]}}",
                                              "do_not_associate: {these: {tags: [y]}, with: {tags: [x]}}",
                                              "quota: {products: [x, y], at_least: 1}",
                                              "quota: {products: [x, y], at_least: 2}",
                                              "quota: {matching: {tags: [x]}, at_least: 2}",
                                              "price_band: {of_anchor: {below: 50%}}",
                                              "price_band: {of_cart: {below: 50%}}",
                                              "price_band: {of_cart: {at_least: 50%}}",
                                              "price_band: {of_cart: {below: 50%}, slots: [bundle]}",
                                              "price_band: {price: {below: 50 USD}}",
                                              "cap: {per: brand, at_most: 1}",
                                              "cap: {per: series, at_most: 1}",
                                              "cap: {per: brand, at_most: 2}",
                                              "cap: {per: brand, at_most: 2, slots: [lower]}",
                                              "cap: {products: [x], at_most: 2}",
                                              "cap: {products: [x], at_most: 2, within: 7d}",
                                              "cap: {at_most: 2, within: 7d}",
                                              "cap: {at_most: 2, within: 7d, after: bought}",
                                              "cap: {at_most: 2, within: 7d, after: dismissed}",
                                              "cap: {at_most: 2, within: 7d, intents: [up_sell]}",
                                              "cap: {matching: {brands: [x]}, at_most: 2}",
                                              "when: {anchor: {brands: [a]}}, hide: {products: [x]}",
                                              "when: {anchor: {tags: [a]}}, hide: {products: [x]}",
                                              "when: {anchor: {tags: [a], not: {tags: [b]}}}, hide: {products: [x]}",
                                              "when: {cart: {contains: {tags: [a]}}}, hide: {products: [x]}",
                                              "when: {cart: {lacks: {tags: [a]}}}, hide: {products: [x]}",
                                              "when: {cart: {total: {below: 1 USD}}}, hide: {products: [x]}",
                                              "when: {cart: {total: {at_least: 1 USD}}}, hide: {products: [x]}",
                                              "when: {customer: {nps: {at_least: 9}}}, hide: {products: [x]}",
                                              "when: {hours: {from: '09:00'}}, hide: {products: [x]}",
                                              "when: {hours: {from: '09:00'}, time_zone: Asia/Tokyo}, "
                                              "hide: {products: [x]}",
                                              "when: {traffic: {share: 10%}}, hide: {products: [x]}",
                                              "when: {traffic: {share: 10%, salt: s}}, hide: {products: [x]}"};
  for (const std::string& fields : different) {
    EXPECT_TRUE(revisions.insert(RevisionOfText(RuleOf(fields))).second) << fields;
  }
}

}  // namespace
}  // namespace awase::rules
