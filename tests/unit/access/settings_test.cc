#include "awase/access/settings.h"

#include "gtest/gtest.h"

namespace awase::access {
namespace {

TEST(AnonymousRoles, WhereNothingIsSaidOnlyThisMachineMayDoEverything) {
  EXPECT_EQ(AnonymousRoles({}, /*is_loopback=*/true), RoleSet::All());
  EXPECT_EQ(AnonymousRoles({}, /*is_loopback=*/false), RoleSet({Role::kStorefront}));
}

TEST(AnonymousRoles, WhereCallersAreKnownOthersMayDoNothing) {
  for (const bool is_loopback : {true, false}) {
    EXPECT_EQ(AnonymousRoles({.token_file = "tokens"}, is_loopback), RoleSet());
    EXPECT_EQ(AnonymousRoles({.certificates = {{"a", {Role::kFeed}}}}, is_loopback), RoleSet());
  }
}

TEST(AnonymousRoles, WhatIsSaidHolds) {
  for (const bool is_loopback : {true, false}) {
    EXPECT_EQ(AnonymousRoles({.anonymous = RoleSet()}, is_loopback), RoleSet());
    EXPECT_EQ(AnonymousRoles({.token_file = "tokens", .anonymous = RoleSet({Role::kStorefront})}, is_loopback),
              RoleSet({Role::kStorefront}));
  }
}

}  // namespace
}  // namespace awase::access
