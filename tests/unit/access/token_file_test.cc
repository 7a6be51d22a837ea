#include "awase/access/token_file.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "awase/base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::access {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

class TokenFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& token) {
    return dir_.Write("tokens", absl::StrCat("web storefront ", Sha256Hex(token), "\n"));
  }

  testing::TempDir dir_;
};

TEST_F(TokenFileTest, KnowsTheTokensOfTheFile) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<TokenFile> file, TokenFile::Open(Write("t1")));
  EXPECT_NE(file->keyring().Find("t1"), nullptr);
  EXPECT_FALSE(file->Look());
  EXPECT_EQ(file->problem(), "");
}

TEST_F(TokenFileTest, DoesNotOpenOnAFileThatIsMissingOrBroken) {
  EXPECT_THAT(TokenFile::Open(dir_.Join("nothing")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(TokenFile::Open(dir_.Write("bad", "web admin x\n")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bad:1:5: want roles")));
}

TEST_F(TokenFileTest, AChangeIsTakenAtItsSecondLook) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<TokenFile> file, TokenFile::Open(Write("t1")));
  Write("t2");
  EXPECT_FALSE(file->Look());
  EXPECT_TRUE(file->Look());
  EXPECT_EQ(file->problem(), "");
  EXPECT_EQ(file->keyring().Find("t1"), nullptr);
  EXPECT_NE(file->keyring().Find("t2"), nullptr);
}

TEST_F(TokenFileTest, ABrokenFileOrNoneChangesNothing) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<TokenFile> file, TokenFile::Open(Write("t1")));
  dir_.Write("tokens", "web admin x\n");
  file->Look();
  EXPECT_TRUE(file->Look());
  EXPECT_THAT(file->problem(), HasSubstr("tokens:1:5: want roles"));
  EXPECT_NE(file->keyring().Find("t1"), nullptr);
  unlink(dir_.Join("tokens").c_str());
  file->Look();
  EXPECT_TRUE(file->Look());
  EXPECT_THAT(file->problem(), HasSubstr("tokens"));
  EXPECT_NE(file->keyring().Find("t1"), nullptr);
  Write("t2");
  file->Look();
  EXPECT_TRUE(file->Look());
  EXPECT_EQ(file->problem(), "");
}

}  // namespace
}  // namespace awase::access
