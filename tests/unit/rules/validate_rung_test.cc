// What rung must have, alone and against a catalogue.

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A, B and C cost USD 10.00, 20.00 and 30.00, D as much as A, J costs JPY 500; F is known but has no price.
CatalogueFacts Prices() {
  const auto price_of = [](absl::string_view id) -> std::optional<Money> {
    if (id == "A" || id == "D") return Money{1000, *CurrencyCode::Parse("USD")};
    if (id == "B") return Money{2000, *CurrencyCode::Parse("USD")};
    if (id == "Y") return Money{500, *CurrencyCode::Parse("USD")};
    if (id == "C") return Money{3000, *CurrencyCode::Parse("USD")};
    if (id == "J") return Money{500, *CurrencyCode::Parse("JPY")};
    return std::nullopt;
  };
  // T is of another family.
  const auto family_of = [](absl::string_view id) -> std::string {
    return id == "T" ? "Tripod" : id == "A" || id == "B" ? "Camera" : "";
  };
  // Y costs USD 5.00 each year.
  const auto basis_of = [](absl::string_view id) -> std::string {
    return id == "Y" ? "each year" : id == "A" || id == "B" ? "each month" : "";
  };
  return {[](absl::string_view id) { return id.size() == 1; }, price_of, family_of, basis_of};
}

TEST(Rung, NeedsAtLeastProductsAndAuthor) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B], author: Tanaka}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B, C], author: Tanaka, forbid: true}")), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("rung: {forbid: true}")),
      ElementsAre(
          "r.yaml:2:17: rules[0].rung: has no products: want 2 to 50 product ids, from the lowest to the highest",
          "r.yaml:2:17: rules[0].rung: has no author: say who vouches for it, such as author: Tanaka"));
}

TEST(Rung, HasTwoToFiftyProducts) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A], author: T}")),
              ElementsAre("r.yaml:2:28: rules[0].rung.products: want 2 to 50 products, got 1"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [], author: T}")),
              ElementsAre("r.yaml:2:28: rules[0].rung.products: want 2 to 50 products, got 0"));
  std::string products = "P0";
  for (int i = 1; i < 50; ++i) absl::StrAppend(&products, ", P", i);
  EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("rung: {products: [", products, "], author: T}"))), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("rung: {products: [", products, ", Q], author: T}"))),
              ElementsAre(HasSubstr("want 2 to 50 products, got 51")));
}

TEST(Rung, ProductsAreDistinctAndNotEmpty) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B, A], author: T}")),
              ElementsAre("r.yaml:2:35: rules[0].rung.products[2]: product \"A\" is named twice"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, A], author: T, forbid: true}")),
              ElementsAre("r.yaml:2:32: rules[0].rung.products[1]: product \"A\" is named twice"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, ''], author: T}")),
              ElementsAre("r.yaml:2:32: rules[0].rung.products[1]: is empty: want a product id"));
}

TEST(Rung, UnknownProductsAreAWarning) {
  const CatalogueFacts facts = Prices();
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, gone], author: T}"), &facts),
              ElementsAre("r.yaml:2:32: rules[0].rung.products[1]: warning: unknown product \"gone\": the catalogue in "
                          "use does not have it"));
}

TEST(Rung, AuthorSaysSomethingAndNotTooMuch) {
  for (const char* blank : {"''", "'  '"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("rung: {products: [A, B], author: ", blank, "}"))),
                ElementsAre("r.yaml:2:44: rules[0].rung.author: is empty: say who vouches for it"));
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("rung: {products: [A, B], author: ", std::string(200, 'x'), "}"))),
              IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("rung: {products: [A, B], author: ", std::string(201, 'x'), "}"))),
              ElementsAre("r.yaml:2:44: rules[0].rung.author: want at most 200 bytes, got 201"));
}

TEST(Rung, TextIsOfOneStepUp) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B], author: T, text: Twice the storage}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B, C], author: T, text: Twice the storage}")),
              ElementsAre("r.yaml:2:56: rules[0].rung.text: says why the second of two products is better: write a "
                          "rule for each step that has one"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B], author: T, forbid: true, text: Too big}")),
              ElementsAre("r.yaml:2:67: rules[0].rung.text: is shown nowhere: a forbidden step has no reason; use "
                          "description"));
}

TEST(Rung, WarnsOfStepsThatCostNoMore) {
  const CatalogueFacts facts = Prices();
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B, C], author: T}"), &facts), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [B, A, C], author: T}"), &facts),
              ElementsAre("r.yaml:2:32: rules[0].rung.products[1]: warning: costs USD 10.00, and \"B\" before it USD "
                          "20.00: a step up that does not cost more is not shown"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, D], author: T}"), &facts),
              ElementsAre(HasSubstr("a step up that does not cost more is not shown")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [J, A], author: T}"), &facts),
              ElementsAre(HasSubstr("costs USD 10.00, and \"J\" before it JPY 500: a step to another currency")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [B, F, A], author: T}"), &facts), IsEmpty())
      << "what F costs is not known";
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [B, A], author: T, forbid: true}"), &facts), IsEmpty())
      << "what is forbidden has no direction";
}

TEST(Rung, WarnsOfPricesThatArePaidForSomethingElse) {
  const CatalogueFacts facts = Prices();
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, Y], author: T}"), &facts),
              ElementsAre(HasSubstr("is paid each year, and \"A\" before it each month")))
      << "and not of the price, which does not compare";
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, Y], author: T, forbid: true}"), &facts), IsEmpty());
}

TEST(Rung, WarnsOfStepsToAnotherFamily) {
  const CatalogueFacts facts = Prices();
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("rung: {products: [A, T], author: T}"), &facts),
      ElementsAre("r.yaml:2:32: rules[0].rung.products[1]: warning: is of the family \"Tripod\", and \"A\" before "
                  "it of \"Camera\": is it the better choice for the same need?"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, F], author: T}"), &facts), IsEmpty()) << "of no known family";
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, A], author: T}"), &facts),
              ElementsAre(HasSubstr("is named twice")))
      << "once";
}

TEST(Rung, WhatIsMisspelledIsNotMissingToo) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B], autor: T}")),
              ElementsAre(HasSubstr("did you mean \"author\"")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rung: {products: [A, B], author: [T]}")), ElementsAre(HasSubstr("want text")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("rungs: {products: [A, B], author: T}")),
              ElementsAre(HasSubstr("did you mean \"rung\"")));
}

}  // namespace
}  // namespace awase::rules
