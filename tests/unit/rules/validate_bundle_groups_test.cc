// any_of, percent and least_margin of bundle.

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Of(absl::string_view bundle) {
  return DiagnosticsOf(RuleOf(absl::StrCat("bundle: {", bundle, "}")));
}

TEST(BundleGroups, SoundOnesLoad) {
  EXPECT_THAT(Of("any_of: [{products: [A, B]}, {matching: {brands: [X]}}], price: 5.00 USD"), IsEmpty());
  EXPECT_THAT(Of("products: [A, B], percent: 10%, least_margin: 15%"), IsEmpty());
  EXPECT_THAT(Of("any_of: [{products: [A]}, {products: [B]}, {products: [C]}, {products: [D]}], percent: 12.5%"),
              IsEmpty());
}

TEST(BundleGroups, AreTwoToFourAndNotEmpty) {
  EXPECT_THAT(Of("any_of: [{products: [A]}]"), ElementsAre(HasSubstr("any_of: want 2 to 4 groups, got 1")));
  EXPECT_THAT(Of("any_of: []"), ElementsAre(HasSubstr("any_of: want 2 to 4 groups, got 0")));
  EXPECT_THAT(Of("any_of: [{products: [A]}, {products: []}]"), ElementsAre(HasSubstr("any_of[1].products: is empty")));
  EXPECT_THAT(Of("any_of: [{products: [A]}, {products: [B], matching: {brands: [X]}}]"),
              ElementsAre(HasSubstr("any_of[1].products: goes with matching only as matching.products")));
  EXPECT_THAT(Of("any_of: [{products: [A]}, {matching: {price: {below: 5.00 USD}}}]"),
              ElementsAre(HasSubstr("any_of[1].matching: names no products: want products, categories")));
}

TEST(BundleGroups, StandInPlaceOfProducts) {
  EXPECT_THAT(Of("any_of: [{products: [A]}, {products: [B]}], products: [A, B]"),
              ElementsAre(HasSubstr("rules[0].bundle.products: does not go with any_of")));
  EXPECT_THAT(Of("any_of: [{products: [A]}, {products: [B]}], anchor: A"),
              ElementsAre(HasSubstr("rules[0].bundle.anchor: does not go with any_of")));
  EXPECT_THAT(Of("text: Hello"), ElementsAre(HasSubstr("has no products: want 2 to 4 product ids, or any_of")));
}

TEST(BundleGroups, PercentAndMarginAreInRange) {
  EXPECT_THAT(Of("products: [A, B], percent: 0%"), ElementsAre(HasSubstr("percent: want more than 0%, got \"0%\"")));
  EXPECT_THAT(Of("products: [A, B], percent: 120%"), ElementsAre(HasSubstr("percent: want at most 100%")));
  EXPECT_THAT(Of("products: [A, B], percent: 100%"),
              ElementsAre(HasSubstr("percent: want less than 100%: nobody pays")));
  EXPECT_THAT(Of("products: [A, B], percent: 10%, price: 5.00 USD"),
              ElementsAre(HasSubstr("percent: does not go with price: say one of the two")));
  EXPECT_THAT(Of("products: [A, B], least_margin: 100%"), ElementsAre(HasSubstr("least_margin: want less than 100%")));
  EXPECT_THAT(Of("any_of: [{products: [A]}, {products: [B]}], price: 0.00 USD"),
              ElementsAre(HasSubstr("price: want a price above 0, got USD 0.00")));
}

TEST(BundleGroups, RevisionIsThatOfWhatTheySay) {
  const auto revision = [](absl::string_view bundle) {
    return LoadClean({{"r.yaml", RuleOf(absl::StrCat("bundle: {", bundle, "}"))}})->revision;
  };
  const std::string plain = revision("any_of: [{products: [A, B]}, {products: [C]}], percent: 10%");
  EXPECT_EQ(revision("any_of: [{matching: {products: [B, A]}}, {products: [C]}], percent: 10.0%"), plain);
  EXPECT_NE(revision("any_of: [{products: [C]}, {products: [A, B]}], percent: 10%"), plain) << "the order is shown";
  EXPECT_NE(revision("any_of: [{products: [A]}, {products: [C]}], percent: 10%"), plain);
}

}  // namespace
}  // namespace awase::rules
