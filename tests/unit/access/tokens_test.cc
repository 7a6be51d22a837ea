#include "awase/access/tokens.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "awase/base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::access {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string Line(const std::string& name, const std::string& roles, const std::string& token) {
  return absl::StrCat(name, " ", roles, " ", Sha256Hex(token), "\n");
}

std::string FindingOf(const std::string& text) { return std::string(ParseTokens("tokens", text).status().message()); }

TEST(ParseTokens, ReadsNamesRolesAndHashes) {
  AWASE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Token> tokens,
      ParseTokens("tokens", absl::StrCat("# who may call\n\n", Line("web", "storefront", "t1"), "  tanaka@shop\t",
                                         Line("", "merchandiser,operator", "t2"), "web storefront ",
                                         absl::AsciiStrToUpper(Sha256Hex("t3")), "  # the next one\r\n")));
  ASSERT_THAT(tokens, SizeIs(3));
  EXPECT_EQ(tokens[0].name, "web");
  EXPECT_EQ(tokens[1].name, "tanaka@shop");
  EXPECT_EQ(tokens[1].roles, RoleSet({Role::kMerchandiser, Role::kOperator}));
  EXPECT_EQ(tokens[2].sha256, Sha256Hex("t3"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<Token> none, ParseTokens("tokens", ""));
  EXPECT_THAT(none, IsEmpty());
}

TEST(ParseTokens, SaysEverythingThatIsWrongWithItsPlace) {
  const std::string text = absl::StrCat("web\n", Line("käse", "storefront", "a"), Line("x", "admin,feed", "b"),
                                        Line("y", "feed", "c"), Line("z", "feed", "c"), Line("w", "feed,", "d"));
  EXPECT_THAT(ParseTokens("tokens", text), StatusIs(absl::StatusCode::kInvalidArgument));
  const std::string findings = FindingOf(text);
  EXPECT_THAT(findings, HasSubstr("tokens:1:1: want NAME ROLES SHA256"));
  EXPECT_THAT(findings, HasSubstr("tokens:2:1: want a name of 1 to 64 letters"));
  EXPECT_THAT(findings, HasSubstr("tokens:3:3: want roles of storefront, feed, merchandiser, operator"));
  EXPECT_THAT(findings, HasSubstr("tokens:5:8: is there twice"));
  EXPECT_THAT(findings, HasSubstr("tokens:6:3: want roles of"));
}

TEST(ParseTokens, NeverRepeatsWhatMayBeAToken) {
  const std::string findings = FindingOf("web storefront my-secret-token\nmy-secret-token\nweb my-secret-token x\n");
  EXPECT_THAT(findings, HasSubstr("tokens:1:16: want the SHA-256 of the token"));
  EXPECT_THAT(findings, Not(HasSubstr("my-secret")));
}

TEST(ParseTokens, RefusesTheHashOfNothingAndFilesOutOfAllProportion) {
  EXPECT_THAT(FindingOf(Line("web", "storefront", "")), HasSubstr("is the SHA-256 of nothing"));
  EXPECT_THAT(FindingOf(std::string(kMaxTokenFileBytes + 1, '#')), HasSubstr("larger than 1 MiB"));
  std::string many;
  for (std::size_t i = 0; i <= kMaxTokens; ++i) many += Line("web", "storefront", absl::StrCat(i));
  EXPECT_THAT(FindingOf(many), HasSubstr("has more than 1000 tokens"));
}

TEST(Keyring, FindsTokensByTheirBytes) {
  Keyring keyring;
  EXPECT_EQ(keyring.Find("t1"), nullptr);
  keyring.Set({{"web", {Role::kStorefront}, Sha256Hex("t1")}, {"feed", {Role::kFeed}, Sha256Hex("t2")}});
  ASSERT_NE(keyring.Find("t2"), nullptr);
  EXPECT_EQ(keyring.Find("t2")->name, "feed");
  EXPECT_EQ(keyring.Find("t"), nullptr);
  EXPECT_EQ(keyring.Find(""), nullptr);
}

TEST(Keyring, KnowsThoseThatWereSetLast) {
  Keyring keyring;
  keyring.Set({{"web", {Role::kStorefront}, Sha256Hex("t1")}});
  const std::shared_ptr<const Token> before = keyring.Find("t1");
  keyring.Set({{"web", {Role::kStorefront}, Sha256Hex("t2")}});
  EXPECT_EQ(keyring.Find("t1"), nullptr);
  EXPECT_NE(keyring.Find("t2"), nullptr);
  EXPECT_EQ(before->name, "web");  // who has it keeps it
}

}  // namespace
}  // namespace awase::access
