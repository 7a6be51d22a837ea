// What require must have.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Require, IsRead) {
  const auto rules = LoadClean({{"r.yaml",
                                 "rules:\n- {id: a, require: {same: [spec.mount, brand]}}\n"
                                 "- {id: b, require: {products: [Y, X], slots: [lower]}}\n"}});
  const auto& same = std::get<Require>(rules->rules[0].action);
  EXPECT_FALSE(same.matching.has_value());
  EXPECT_THAT(same.same, ElementsAre("brand", "spec.mount"));
  EXPECT_THAT(same.slots, ElementsAre("also_bought", "bundle"));
  const auto& listed = std::get<Require>(rules->rules[1].action);
  EXPECT_THAT(listed.matching->in.products, ElementsAre("X", "Y"));
  EXPECT_THAT(listed.slots, ElementsAre("lower"));
}

TEST(Require, ThatLeavesOutMostProductsEverywhereIsWarnedOf) {
  CatalogueFacts facts;
  facts.product_count = 100;
  facts.count_products = [](const ProductSet& set) { return set.in.brands.empty() ? set.in.products.size() : 50; };
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("require: {products: [X, Y]}"), &facts),
      ElementsAre("r.yaml:2:20: rules[0].require: warning: leaves 2 of the 100 products of the catalogue in use "
                  "for also_bought and bundle, on every page: say where it is meant with when or placements"));
  for (const char* good : {"require: {products: [X], slots: [lower]}, placements: [cart]",
                           "require: {products: [X]}, when: {channels: [app]}", "require: {matching: {brands: [K]}}",
                           "require: {same: [brand]}"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(good), &facts), IsEmpty()) << good;
  }
}

TEST(Require, SaysOneThing) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {matching: {brands: [K]}, slots: [bundle]}")), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("require: {slots: [bundle]}")),
      ElementsAre("r.yaml:2:20: rules[0].require: has none of products, matching and same: say what alone may be "
                  "offered"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {products: [X], same: [brand]}")),
              ElementsAre(HasSubstr("rules[0].require.same: beside products or matching: take one of the two away")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {products: [X], matching: {brands: [K]}}")),
              ElementsAre(HasSubstr("rules[0].require.matching: beside products")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {same: []}")), ElementsAre(HasSubstr("require.same: is empty")));
}

TEST(Require, ColumnsAndSlotsAreKnown) {
  CatalogueFacts facts;
  const std::vector<std::string> attributes = {"spec.mount"};
  facts.words_of = [&attributes](ProductColumn column) {
    return column == ProductColumn::kAttribute ? absl::Span<const std::string>(attributes)
                                               : absl::Span<const std::string>();
  };
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {same: [brand, spec.mount]}"), &facts), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("require: {same: [brnad, spec.mout]}"), &facts),
      ElementsAre("r.yaml:2:28: rules[0].require.same[0]: unknown column \"brnad\"; did you mean \"brand\"?",
                  HasSubstr("warning: unknown attribute \"spec.mout\": no product of the catalogue in use has it; "
                            "did you mean \"spec.mount\"?")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {same: [brand], slots: [bundel, top]}")),
              ElementsAre(HasSubstr("rules[0].require.slots[0]: unknown slot \"bundel\"; did you mean \"bundle\"?"),
                          HasSubstr("rules[0].require.slots[1]: unknown slot \"top\"; want one of bundle, ")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("require: {same: [brand], slots: []}")),
              ElementsAre(HasSubstr("require.slots: is empty")));
}

}  // namespace
}  // namespace awase::rules
