// What is wrong with a `when` by itself: each mistake with its place.

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// `when` begins at 2:18.
std::vector<std::string> Of(absl::string_view when, const CatalogueFacts* facts = nullptr) {
  return DiagnosticsOf(RuleOf(absl::StrCat("when: ", when, ", hide: {products: [X]}")), facts);
}

TEST(ValidateCondition, AcceptsEveryCondition) {
  EXPECT_THAT(Of("{anchor: {products: [A], categories: [B > C], brands: [D], product_types: [E], authors: [F], "
                 "series: [G], tags: [H], attributes: {spec.colour: [black]}, price: {at_least: 1 USD, below: 2 USD}, "
                 "not: {tags: [I]}}}"),
              IsEmpty());
  EXPECT_THAT(Of("{cart: {contains: {tags: [a]}, lacks: {brands: [b]}, total: {below: 50.00 EUR}, "
                 "quantity: {at_least: 3, below: 10}}}"),
              IsEmpty());
  EXPECT_THAT(Of("{customer: {segments: [a], lacks_segments: [b], tiers: [gold], nps: {at_least: 9}, "
                 "health: {at_least: 0, at_most: 100}, interests: [c], owns: {products: [d]}, lacks: {products: [e]}, "
                 "milestones: [f], milestones_missing: [g], birthday_month: true, days_to_renewal: {at_most: 30}, "
                 "days_to_trial_end: {at_least: -3, at_most: 0}, "
                 "usage: {metric: storage_gb, of_limit: {at_least: 80%, below: 1000%}}}}"),
              IsEmpty());
  EXPECT_THAT(Of("{every_year: {from: 12-20, until: 01-07}, hours: {from: 22:00, until: 02:00, days: [fri, sat]}, "
                 "time_zone: Asia/Tokyo, channels: [app, web_2], traffic: {share: 12.5%, salt: s}}"),
              IsEmpty());
}

TEST(ValidateCondition, RefusesWhatIsEmpty) {
  const char kEmpty[] = "is empty: say something in it, or take the key away";
  const char kEmptyList[] = "is empty: name at least one, or take the key away";
  for (const char* path : {"anchor", "cart", "cart.contains", "cart.total", "customer", "customer.owns",
                           "customer.days_to_renewal", "hours"}) {
    const std::string nested = absl::StrReplaceAll(path, {{".", ": {"}});
    const char* close = absl::StrContains(path, ".") ? "}}" : "}";
    EXPECT_THAT(Of(absl::StrCat("{", nested, ": {}", close)),
                ElementsAre(HasSubstr(absl::StrCat("rules[0].when.", path, ": ", kEmpty))));
  }
  EXPECT_THAT(Of("{}"), ElementsAre(absl::StrCat("r.yaml:2:17: rules[0].when: ", kEmpty)));
  EXPECT_THAT(Of("{anchor: {brands: [], attributes: {spec.a: []}, tags: ['']}}"),
              ElementsAre(absl::StrCat("r.yaml:2:35: rules[0].when.anchor.brands: ", kEmptyList),
                          absl::StrCat("r.yaml:2:60: rules[0].when.anchor.attributes.\"spec.a\": ", kEmptyList),
                          "r.yaml:2:72: rules[0].when.anchor.tags[0]: is empty: want a text"));
  EXPECT_THAT(Of("{customer: {segments: [], milestones: []}, channels: []}"),
              ElementsAre(HasSubstr(kEmptyList), HasSubstr(kEmptyList), HasSubstr(kEmptyList)));
  EXPECT_THAT(Of("{anchor: {attributes: {}}}"), ElementsAre(HasSubstr("attributes: is empty: say a column")));
}

TEST(ValidateCondition, RefusesUnknownKeysWithTheNearest) {
  EXPECT_THAT(Of("{anchr: {brands: [a]}}"),
              ElementsAre("r.yaml:2:18: rules[0].when.anchr: unknown key \"anchr\"; did you mean \"anchor\"?"));
  EXPECT_THAT(Of("{cart: {contains: {brand: [a]}}}"),
              ElementsAre(HasSubstr("unknown key \"brand\"; did you mean \"brands\"?")));
}

TEST(ValidateCondition, RefusesWrongAmounts) {
  EXPECT_THAT(Of("{cart: {total: {at_least: -1.00 USD}}}"),
              ElementsAre(HasSubstr("total.at_least: want 0 or more, got -USD 1.00")));
  EXPECT_THAT(Of("{cart: {total: {below: 0 USD}}}"),
              ElementsAre(HasSubstr("total.below: want more than 0, got USD 0.00: nothing costs less")));
  EXPECT_THAT(Of("{cart: {total: {at_least: 1 USD, below: 2 EUR}}}"),
              ElementsAre(HasSubstr("total: has two currencies, USD and EUR")));
  EXPECT_THAT(Of("{anchor: {price: {at_least: 5 USD, below: 5 USD}}}"),
              ElementsAre(HasSubstr("price: is never true: nothing is USD 5.00 or more and below USD 5.00")));
  EXPECT_THAT(Of("{anchor: {price: {below: 5.001 USD}}}"), ElementsAre(HasSubstr("has 3 decimals")));
}

TEST(ValidateCondition, RefusesWrongNumbers) {
  EXPECT_THAT(Of("{customer: {nps: {at_least: 11}}}"), ElementsAre(HasSubstr("nps.at_least: want 0 to 10, got 11")));
  EXPECT_THAT(Of("{customer: {nps: {at_least: 9, at_most: 8}}}"),
              ElementsAre(HasSubstr("nps: is never true: nothing is 9 or more and 8 or less")));
  EXPECT_THAT(Of("{customer: {nps: {at_least: 8, at_most: 8}}}"), IsEmpty());
  EXPECT_THAT(Of("{customer: {health: {at_most: 101}}}"), ElementsAre(HasSubstr("want 0 to 100, got 101")));
  EXPECT_THAT(Of("{customer: {nps: {at_least: -1}}}"), ElementsAre(HasSubstr("want a whole number from 0")));
  EXPECT_THAT(Of("{customer: {days_to_renewal: {at_most: -1}}}"),
              ElementsAre(HasSubstr("nothing is 0 or more and -1 or less")));
  EXPECT_THAT(Of("{customer: {days_to_renewal: {at_most: 4000}}}"), ElementsAre(HasSubstr("want -3650 to 3650")));
  EXPECT_THAT(Of("{cart: {quantity: {at_least: 3, below: 3}}}"),
              ElementsAre(HasSubstr("nothing is 3 or more and below 3")));
  EXPECT_THAT(Of("{cart: {contains: {tags: [a]}, quantity: {below: 1}}}"),
              ElementsAre(HasSubstr("what the cart contains is at least one piece")));
  EXPECT_THAT(Of("{customer: {birthday_month: false}}"), ElementsAre(HasSubstr("want true, or take the key away")));
}

TEST(ValidateCondition, RefusesWrongPercentages) {
  for (const char* share : {"10", "ten%", "%", "-1%", "1.%", ".5%", "1.23456%", "1%%", "1e1%", "00000%", "10 %"}) {
    EXPECT_THAT(Of(absl::StrCat("{traffic: {share: '", share, "'}}")), ElementsAre(HasSubstr("want a percentage")))
        << share;
  }
  EXPECT_THAT(Of("{traffic: {share: 0.1}}"),
              ElementsAre(HasSubstr(
                  "want a percentage with at most four decimals such as 12.5%, got \"0.1\"; did you mean 10%?")));
  EXPECT_THAT(Of("{traffic: {share: 12.5}}"), ElementsAre(HasSubstr("; did you mean 12.5%?")));
  EXPECT_THAT(Of("{traffic: {share: 100.0001%}}"), ElementsAre(HasSubstr("want at most 100%, got \"100.0001%\"")));
  EXPECT_THAT(Of("{traffic: {share: 100%}}"), IsEmpty());
  EXPECT_THAT(Of("{traffic: {salt: s}}"), ElementsAre(HasSubstr("traffic: has no share")));
  EXPECT_THAT(Of("{traffic: {share: 1%, salt: ''}}"), ElementsAre(HasSubstr("salt: is empty")));
  EXPECT_THAT(Of("{customer: {usage: {metric: a, of_limit: {at_least: 1001%}}}}"),
              ElementsAre(HasSubstr("of_limit.at_least: want at most 1000%")));
  EXPECT_THAT(Of("{customer: {usage: {metric: a, of_limit: {at_least: 80%, below: 80%}}}}"),
              ElementsAre(HasSubstr("of_limit: is never true")));
  EXPECT_THAT(Of("{customer: {usage: {of_limt: {at_least: 80%}}}}"), ElementsAre(HasSubstr("of_limt: unknown key")));
  EXPECT_THAT(Of("{customer: {usage: {}}}"), ElementsAre(HasSubstr("has no metric"), HasSubstr("has no of_limit")));
}

TEST(ValidateCondition, RefusesWrongTimes) {
  EXPECT_THAT(Of("{every_year: {from: 7-1, until: 02-30}}"),
              ElementsAre(HasSubstr("from: want month and day such as 07-01, got \"7-1\""),
                          HasSubstr("until: want month and day such as 07-01, got \"02-30\"")));
  EXPECT_THAT(Of("{every_year: {from: 07-01}}"), ElementsAre(HasSubstr("every_year: has no until")));
  EXPECT_THAT(Of("{every_year: {from: 07-01, until: 07-01}}"), ElementsAre(HasSubstr("are the same day")));
  EXPECT_THAT(Of("{hours: {from: 9:00, until: '25:00'}}"),
              ElementsAre(HasSubstr("from: want a time of day"), HasSubstr("until: want a time of day")));
  EXPECT_THAT(Of("{hours: {from: 09:00, until: 09:00}}"), ElementsAre(HasSubstr("are the same time")));
  EXPECT_THAT(Of("{hours: {from: 24:00}}"), ElementsAre(HasSubstr("nothing of the day is left")));
  EXPECT_THAT(Of("{hours: {days: [tues, funday]}}"),
              ElementsAre(HasSubstr("days[0]: unknown day \"tues\"; did you mean \"tue\"?"),
                          HasSubstr("days[1]: unknown day \"funday\"; ")));
}

TEST(ValidateCondition, KnowsTimeZonesByTheirNamesAlone) {
  for (const char* zone : {"Asia/Tokio", "Japan Standard Time", "../etc/passwd", "localtime", "/usr/share/zoneinfo/UTC",
                           "libc:localtime", "Fixed/UTC+09:00:00", "''", "Asia/../Asia/Tokyo"}) {
    EXPECT_THAT(Of(absl::StrCat("{hours: {from: 09:00}, time_zone: ", zone, "}")),
                ElementsAre(HasSubstr("rules[0].when.time_zone: no time zone ")))
        << zone;
  }
  EXPECT_THAT(Of("{hours: {from: 09:00}, time_zone: America/New_York}"), IsEmpty());
  EXPECT_THAT(Of("{channels: [app], time_zone: America/New_York}"),
              ElementsAre(HasSubstr("time_zone: warning: has no effect")));
}

TEST(ValidateCondition, RefusesWordsThatCannotBe) {
  EXPECT_THAT(Of("{channels: [Web]}"), ElementsAre(HasSubstr("channels[0]: want a name of at most 64 small letters")));
  EXPECT_THAT(Of("{anchor: {tags: ['a,b']}}"), ElementsAre(HasSubstr("tags[0]: no tag has a comma")));
  EXPECT_THAT(Of("{anchor: {tags: [a], not: {tags: [b], not: {tags: [c]}}}}"),
              ElementsAre(HasSubstr("anchor.not.not: a not within a not")));
}

TEST(ValidateCondition, WarnsOfWhatIsNeverTrue) {
  EXPECT_THAT(Of("{traffic: {share: 0%}}"), ElementsAre(HasSubstr("warning: is never true: 0%")));
  EXPECT_THAT(Of("{anchor: {brands: [a, b], not: {brands: [b, a]}}}"),
              ElementsAre(HasSubstr("anchor.not: warning: leaves out all that the set has")));
  EXPECT_THAT(Of("{anchor: {brands: [a, b], not: {brands: [a]}}}"), IsEmpty());
  EXPECT_THAT(Of("{anchor: {brands: [a], not: {brands: [a], tags: [b]}}}"), IsEmpty());
  EXPECT_THAT(Of("{customer: {segments: [a], lacks_segments: [a, b]}}"),
              ElementsAre(HasSubstr("lacks_segments: warning: is never true")));
  EXPECT_THAT(Of("{customer: {milestones: [a, b], milestones_missing: [a]}}"),
              ElementsAre(HasSubstr("milestones_missing: warning: is never true")));
  EXPECT_THAT(Of("{cart: {contains: {tags: [a]}, lacks: {tags: [a]}}}"),
              ElementsAre(HasSubstr("lacks: warning: is never true")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("from: 2026-01-01, until: 2026-07-01, "
                                   "when: {every_year: {from: 07-01, until: 09-01}}, hide: {products: [x]}")),
              ElementsAre(HasSubstr("every_year: warning: is never true from the rule's from until its until")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("from: 2026-01-01, until: 2026-07-02, "
                                   "when: {every_year: {from: 07-01, until: 09-01}}, hide: {products: [x]}")),
              IsEmpty());
}

TEST(ValidateCondition, WarnsOfWhatTheCatalogueDoesNotHave) {
  static const auto& categories = *new std::vector<std::string>{"Cameras", "Cameras > Compact"};
  static const auto& brands = *new std::vector<std::string>{"Hikari"};
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view id) { return id == "X"; };
  facts.words_of = [](ProductColumn column) -> absl::Span<const std::string> {
    if (column == ProductColumn::kCategory) return categories;
    if (column == ProductColumn::kBrand) return brands;
    return {};
  };
  EXPECT_THAT(Of("{anchor: {categories: [Cameras>Compact, Camera], brands: [Hikari, Hikare], products: [Y]}}", &facts),
              ElementsAre(HasSubstr("categories[1]: warning: unknown category \"Camera\": no product of the catalogue "
                                    "in use has it; did you mean \"Cameras\"?"),
                          HasSubstr("brands[1]: warning: unknown brand \"Hikare\": no product of the catalogue in use "
                                    "has it; did you mean \"Hikari\"?"),
                          HasSubstr("products[0]: warning: unknown product \"Y\"")));
  EXPECT_THAT(Of("{cart: {lacks: {tags: [a], attributes: {spec.b: [c]}}}}", &facts),
              ElementsAre(HasSubstr("unknown tag \"a\""), HasSubstr("unknown attribute \"spec.b\"")));
}

TEST(ValidateCondition, WarnsOfAmountsInACurrencyThatTheCatalogueHasNoPriceIn) {
  static const auto& currencies = *new std::vector<std::string>{"JPY", "USD"};
  CatalogueFacts facts;
  facts.words_of = [](ProductColumn column) -> absl::Span<const std::string> {
    if (column == ProductColumn::kCurrency) return currencies;
    return {};
  };
  EXPECT_THAT(Of("{cart: {total: {at_least: 50 EUR}}}", &facts),
              ElementsAre(HasSubstr("rules[0].when.cart.total: warning: is in EUR, but no product of the catalogue in "
                                    "use is priced in it: prices there are in JPY, USD")));
  EXPECT_THAT(Of("{cart: {total: {below: 50 USD}}}", &facts), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("benefit: {free_shipping: true, above: 50 EUR}"), &facts),
              ElementsAre(HasSubstr("rules[0].benefit.above: warning: is in EUR")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("discount: {basket: {tiers: [{from: 50 EUR, amount: 5 EUR}]}}"), &facts),
              ElementsAre(HasSubstr("rules[0].discount.basket.tiers[0].from: warning: is in EUR")));
}

TEST(ValidateCondition, IsNotJudgedWhereItDidNotDecode) {
  EXPECT_THAT(Of("{cart: {total: {at_least: much}}, hours: {from: [1]}}"),
              ElementsAre(HasSubstr("want an amount"), HasSubstr("from: want text, got a list")));
  EXPECT_THAT(Of("[anchor]"), ElementsAre(StartsWith("r.yaml:2:17: rules[0].when: want a map")));
  EXPECT_THAT(Of(""), ElementsAre(HasSubstr("when: has no value")));
}

// Nothing of the second list is there to be checked as a set.
TEST(Condition, ASecondListOfRulesIsAnErrorAndNoMore) {
  EXPECT_THAT(DiagnosticsOf("rules: [{id: a, hide: {products: [X]}}]\n"
                            "rules: [{id: b, when: {cart: {contains: {products: [X]}, lacks: {products: [X]}}, "
                            "every_year: {from: 07-01, until: 09-01}}, hide: {products: [X]}}]\n"),
              ::testing::Contains(::testing::HasSubstr("rules")));
}

}  // namespace
}  // namespace awase::rules
