// What do_not_associate must have.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(DoNotAssociate, IsRead) {
  const auto rules = LoadClean({{"r.yaml", RuleOf("do_not_associate: {these: {tags: [b, a]}, with: {brands: [K]}}")}});
  const auto& apart = std::get<DoNotAssociate>(rules->rules[0].action);
  EXPECT_THAT(apart.these.in.tags, ElementsAre("a", "b"));
  EXPECT_THAT(apart.with->in.brands, ElementsAre("K"));
}

TEST(DoNotAssociate, NeedsASetThatSaysSomething) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {these: {tags: [a]}}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {with: {tags: [a]}}")),
              ElementsAre("r.yaml:2:29: rules[0].do_not_associate: has no these: say which products, such as "
                          "these: {brands: [Kumo]}"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {these: {}}")),
              ElementsAre(HasSubstr("do_not_associate.these: is empty: say something in it")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {these: {tags: [a]}, with: {}}")),
              ElementsAre(HasSubstr("do_not_associate.with: is empty: say something in it")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {thees: {tags: [a]}}")),
              ElementsAre(HasSubstr("did you mean \"these\"?")));
}

TEST(DoNotAssociate, OneProductAloneIsInNoCompany) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {these: {products: [X]}}")),
              ElementsAre(HasSubstr("do_not_associate.these: warning: is one product: say with what")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {these: {products: [X]}, with: {products: [X]}}")),
              ElementsAre(HasSubstr("warning: is one product")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("do_not_associate: {these: {products: [X]}, with: {products: [Y]}}")), IsEmpty());
}

}  // namespace
}  // namespace awase::rules
