#include "awase/access/access_control.h"

#include "awase/base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::access {
namespace {

using ::awase::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kRecommend[] = "awase.v1.RecommendationService/Recommend";
constexpr char kPublish[] = "awase.v1.RuleService/Publish";

class AccessControlTest : public ::testing::Test {
 protected:
  AccessControlTest() {
    tokens_.Set(
        {{"web", {Role::kStorefront}, Sha256Hex("t-web")}, {"tanaka", {Role::kMerchandiser}, Sha256Hex("t-tanaka")}});
  }

  // Known by tokens and certificates; who shows nothing may do nothing.
  AccessControl Guarded(RoleSet anonymous = {}) const {
    return AccessControl(
        {.tokens = &tokens_, .certificates = {{"rules.shop.example", {Role::kMerchandiser}}}, .anonymous = anonymous});
  }

  Keyring tokens_;
};

TEST_F(AccessControlTest, WhereNothingIsConfiguredEverybodyMayDoEverything) {
  const AccessControl open({});
  EXPECT_TRUE(open.is_open());
  for (const MethodRoles& row : MethodTable()) AWASE_EXPECT_OK(open.Check(row.method, {}).status()) << row.method;
  AWASE_EXPECT_OK(open.Check(kPublish, {.authorization = "Basic a proxy's own"}).status());
}

TEST_F(AccessControlTest, NobodyMayCallWhatTheTableDoesNotName) {
  EXPECT_THAT(AccessControl({}).Check("awase.v1.RuleService/DropAll", {}),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("is for no role")));
}

TEST_F(AccessControlTest, ATokenLetsItsRolesPass) {
  const AccessControl guarded = Guarded();
  EXPECT_FALSE(guarded.is_open());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string name, guarded.Check(kPublish, {.authorization = "Bearer t-tanaka"}));
  EXPECT_EQ(name, "tanaka");
  AWASE_EXPECT_OK(guarded.Check(kRecommend, {.authorization = "bearer  t-web "}).status());
  EXPECT_THAT(guarded.Check(kPublish, {.authorization = "Bearer t-web"}),
              StatusIs(absl::StatusCode::kPermissionDenied,
                       AllOf(HasSubstr("is for merchandiser: web has storefront"), Not(HasSubstr("t-web")))));
}

TEST_F(AccessControlTest, WhoShowsNothingIsToldWhatToShow) {
  EXPECT_THAT(Guarded().Check(kPublish, {}),
              StatusIs(absl::StatusCode::kUnauthenticated,
                       AllOf(HasSubstr("Publish is for merchandiser"), HasSubstr("Authorization: Bearer TOKEN"))));
}

TEST_F(AccessControlTest, ATokenThatIsNotKnownIsRefusedEvenWhereNoneIsNeeded) {
  const AccessControl guarded = Guarded({Role::kStorefront});
  AWASE_EXPECT_OK(guarded.Check(kRecommend, {}).status());
  EXPECT_THAT(guarded.Check(kRecommend, {.authorization = "Bearer wrong-one"}),
              StatusIs(absl::StatusCode::kUnauthenticated,
                       AllOf(HasSubstr("the token is not known here"), Not(HasSubstr("wrong-one")))));
  EXPECT_THAT(guarded.Check(kRecommend, {.authorization = "Basic d2ViOnQ="}),
              StatusIs(absl::StatusCode::kUnauthenticated,
                       AllOf(HasSubstr("want \"Bearer TOKEN\""), Not(HasSubstr("d2ViOnQ")))));
}

TEST_F(AccessControlTest, NamesOfACertificateLetItsRolesPass) {
  const AccessControl guarded = Guarded();
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string name,
                             guarded.Check(kPublish, {.certificate_names = {"some CN", "rules.shop.example"}}));
  EXPECT_EQ(name, "rules.shop.example");
  EXPECT_THAT(guarded.Check(kPublish, {.certificate_names = {"rules.shop.example.evil.example"}}),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("no name of the client certificate")));
  EXPECT_THAT(guarded.Check(kRecommend, {.certificate_names = {"rules.shop.example"}}),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("rules.shop.example has merchandiser")));
}

TEST_F(AccessControlTest, ATokenAndACertificateAddUp) {
  const Shown both = {.authorization = "Bearer t-web", .certificate_names = {"rules.shop.example"}};
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string name, Guarded().Check(kPublish, both));
  EXPECT_EQ(name, "web");
  AWASE_EXPECT_OK(Guarded().Check(kRecommend, both).status());
}

TEST_F(AccessControlTest, WhereNobodyIsKnownTheOperatorIsNamed) {
  const AccessControl closed({.anonymous = {Role::kStorefront}});
  EXPECT_FALSE(closed.is_open());
  AWASE_EXPECT_OK(closed.Check(kRecommend, {}).status());
  EXPECT_THAT(closed.Check(kPublish, {.authorization = "Bearer t-tanaka"}),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("access: in the configuration")));
}

}  // namespace
}  // namespace awase::access
