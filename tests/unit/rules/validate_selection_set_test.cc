// Rules that are right by themselves, and leave nothing together.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ExcludedOffers, OneOfTwoThatHaveNoProductInCommonIsWarnedOf) {
  EXPECT_THAT(
      DiagnosticsOf(TwoRules("require: {matching: {brands: [Kumo]}}", "require: {matching: {brands: [Sora, Umi]}}")),
      ElementsAre("r.yaml:3:22: rules[1].require: warning: nothing is left to offer in also_bought: no product "
                  "fits both this and rule \"one\" (r.yaml:2:3) at the same time and place"));
  for (const auto& [one, two] : std::vector<std::pair<std::string, std::string>>{
           {"require: {products: [A]}", "require: {products: [B]}"},
           {"price_band: {price: {below: 10 USD}}", "price_band: {price: {at_least: 10 USD}}"},
           {"price_band: {of_anchor: {below: 20%}}", "price_band: {of_anchor: {at_least: 20%}}"},
           {"price_band: {of_cart: {below: 20%}}", "price_band: {of_cart: {at_least: 30%}}"},
           {"price_band: {price: {below: 10 USD}}", "require: {matching: {price: {at_least: 11 USD}}}"}}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(one, two)), ElementsAre(HasSubstr("rules[1]"))) << one << two;
    EXPECT_THAT(DiagnosticsOf(TwoRules(two, one)), ElementsAre(HasSubstr("nothing is left"))) << one << two;
  }
}

TEST(ExcludedOffers, WhatMayHaveAProductInCommonIsNot) {
  for (const auto& [one, two] : std::vector<std::pair<std::string, std::string>>{
           {"require: {matching: {brands: [Kumo, Sora]}}", "require: {matching: {brands: [Sora]}}"},
           {"require: {matching: {tags: [a]}}", "require: {matching: {tags: [b]}}"},
           {"require: {matching: {brands: [Kumo]}, slots: [lower]}", "require: {matching: {brands: [Sora]}}"},
           {"placements: [mail], require: {products: [A]}", "placements: [cart], require: {products: [B]}"},
           {"until: 2026-07-01, require: {products: [A]}", "from: 2026-07-01, require: {products: [B]}"},
           {"when: {channels: [app]}, require: {products: [A]}", "when: {channels: [web]}, require: {products: [B]}"},
           {"price_band: {price: {below: 10 USD}}", "price_band: {price: {at_least: 10 EUR}}"},
           {"price_band: {of_anchor: {below: 20%}}", "price_band: {of_cart: {at_least: 30%}}"}}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(one, two)), IsEmpty()) << one << two;
  }
}

TEST(ExcludedOffers, TheOneWithAConditionIsWarnedOf) {
  const std::string app = "when: {channels: [app]}, require: {products: [A]}";
  const std::string always = "require: {products: [B]}";
  EXPECT_THAT(DiagnosticsOf(TwoRules(app, always)), ElementsAre(HasSubstr("rules[0].require: warning")));
  EXPECT_THAT(DiagnosticsOf(TwoRules(always, app)), ElementsAre(HasSubstr("rules[1].require: warning")));
}

TEST(ExcludedOffers, AQuotaOfWhatIsNotLetThroughHasNoEffect) {
  for (const char* binding : {"require: {matching: {brands: [Kumo]}}", "price_band: {price: {below: 10 USD}}"}) {
    const std::string quota = "quota: {matching: {brands: [Sora], price: {at_least: 20 USD}}, at_least: 2}";
    EXPECT_THAT(DiagnosticsOf(TwoRules(binding, quota)),
                ElementsAre(HasSubstr("rules[1].quota: warning: has no effect: rule \"one\" (r.yaml:2:3) lets none")));
    EXPECT_THAT(DiagnosticsOf(TwoRules(quota, binding)), ElementsAre(HasSubstr("rules[0].quota: warning")));
  }
}

TEST(ExcludedOffers, AQuotaAboveACapOfTheSameSetIsNeverReached) {
  const std::string quota = "quota: {matching: {brands: [Sora]}, at_least: 3}";
  for (const char* cap : {"cap: {matching: {brands: [Sora]}, at_most: 2}", "cap: {per: brand, at_most: 2}"}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(cap, quota)),
                ElementsAre(HasSubstr("rules[1].quota.at_least: warning: is never reached: rule \"one\" (r.yaml:2:3) "
                                      "allows at most 2 of the same at the same time and place")))
        << cap;
  }
  for (const char* cap :
       {"cap: {matching: {brands: [Sora]}, at_most: 3}", "cap: {matching: {brands: [Umi]}, at_most: 2}",
        "cap: {per: brand, at_most: 2, slots: [lower]}", "cap: {per: series, at_most: 2}",
        "cap: {matching: {brands: [Sora]}, at_most: 2, within: 7d}"}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(cap, quota)), IsEmpty()) << cap;
  }
}

TEST(ShadowedBundles, OneOfTheSamePagesAndPriorityIsWarnedOf) {
  const std::string bundle = "bundle: {products: [A, B], anchor: A}";
  EXPECT_THAT(
      DiagnosticsOf(TwoRules(bundle, "bundle: {products: [A, C], anchor: A}")),
      ElementsAre("r.yaml:3:21: rules[1].bundle: warning: rule \"one\" (r.yaml:2:3) comes first, by its id alone, "
                  "on each page of this one at the same time and place: say which is to be shown with priority"));
  EXPECT_THAT(DiagnosticsOf(TwoRules("bundle: {products: [A, B]}", bundle)), ElementsAre(HasSubstr("by its id alone")));
  EXPECT_THAT(DiagnosticsOf(TwoRules(bundle, "when: {channels: [app]}, " + bundle)),
              ElementsAre(HasSubstr("by its id alone")));
}

TEST(ShadowedBundles, OtherPagesPrioritiesTimesAndConditionsDoNotMatter) {
  const std::string bundle = "bundle: {products: [A, B], anchor: A}";
  for (const char* apart :
       {"bundle: {products: [A, B]}", "bundle: {products: [A, C], anchor: C}",
        "priority: 1, bundle: {products: [A, C], anchor: A}", "priority: -1, bundle: {products: [A, C], anchor: A}",
        "placements: [mail], bundle: {products: [B, C]}"}) {
    EXPECT_THAT(DiagnosticsOf(TwoRules(bundle, apart)), IsEmpty()) << apart;
  }
  EXPECT_THAT(DiagnosticsOf(TwoRules("when: {channels: [app]}, " + bundle, bundle)), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(TwoRules("until: 2026-07-01, " + bundle, "from: 2026-07-01, " + bundle)), IsEmpty());
}

}  // namespace
}  // namespace awase::rules
