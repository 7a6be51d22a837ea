#include "awase/access/roles.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::access {
namespace {

TEST(Roles, HaveTheNamesOfFiles) {
  for (const std::string& name : RoleNames()) {
    ASSERT_TRUE(FindRole(name).has_value()) << name;
    EXPECT_EQ(RoleSet({*FindRole(name)}).ToString(), name);
  }
  EXPECT_FALSE(FindRole("Operator").has_value());
  EXPECT_FALSE(FindRole("").has_value());
  EXPECT_EQ(RoleSet::All().ToString(), "storefront, feed, merchandiser, operator");
  EXPECT_EQ(RoleSet().ToString(), "no role");
}

TEST(Roles, SetsOverlapWhereTheyHaveOneInCommon) {
  const RoleSet rules = {Role::kMerchandiser, Role::kOperator};
  EXPECT_TRUE(rules.Overlaps({Role::kOperator}));
  EXPECT_FALSE(rules.Overlaps({Role::kStorefront, Role::kFeed}));
  EXPECT_FALSE(RoleSet().Overlaps(RoleSet::All()));
  EXPECT_TRUE(RoleSet().empty());
}

TEST(MethodTable, IsSortedSoThatItIsSearched) {
  EXPECT_TRUE(std::is_sorted(MethodTable().begin(), MethodTable().end(),
                             [](const MethodRoles& a, const MethodRoles& b) { return a.method < b.method; }));
  for (const MethodRoles& row : MethodTable()) {
    EXPECT_EQ(RolesOf(row.method), row.roles) << row.method;
    EXPECT_FALSE(row.roles.empty()) << row.method;
  }
}

TEST(MethodTable, NobodyMayCallWhatItDoesNotName) {
  EXPECT_TRUE(RolesOf("").empty());
  EXPECT_TRUE(RolesOf("awase.v1.RuleService/DropAll").empty());
  EXPECT_TRUE(RolesOf("zzz").empty());
}

TEST(MethodTable, OnlyMerchandisersChangeRulesAndOnlyStorefrontsAskForPages) {
  EXPECT_EQ(RolesOf("awase.v1.RuleService/Publish"), RoleSet({Role::kMerchandiser}));
  EXPECT_EQ(RolesOf("awase.v1.RuleService/Rollback"), RoleSet({Role::kMerchandiser}));
  EXPECT_EQ(RolesOf("awase.v1.RecommendationService/Recommend"), RoleSet({Role::kStorefront}));
  EXPECT_EQ(RolesOf("metrics"), RoleSet({Role::kOperator}));
}

}  // namespace
}  // namespace awase::access
