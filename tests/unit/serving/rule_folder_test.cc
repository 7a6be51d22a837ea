#include "serving/rule_folder.h"

#include <filesystem>

#include "absl/time/clock.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class RuleFolderTest : public ::testing::Test {
 protected:
  RuleFolderTest() : folder_(dir_.path()) {
    dir_.Write("a.yaml", "rules: []\n");
    folder_.Accept(ReadFolderContent(dir_.path()));
  }

  std::optional<FolderContent> Look() { return folder_.Look(absl::Now()); }

  testing::TempDir dir_;
  RuleFolder folder_;
};

TEST_F(RuleFolderTest, AnUnchangedFolderIsNeverReported) {
  for (int look = 0; look < 3; ++look) EXPECT_EQ(Look(), std::nullopt) << look;
}

TEST_F(RuleFolderTest, AChangeIsReportedOnceAtTheSecondLook) {
  dir_.Write("a.yaml", "rules: [ ]\n");
  EXPECT_EQ(Look(), std::nullopt);
  const std::optional<FolderContent> content = Look();
  ASSERT_TRUE(content.has_value());
  ASSERT_THAT(content->files, SizeIs(1));
  EXPECT_EQ(content->files[0].content, "rules: [ ]\n");
  EXPECT_EQ(Look(), std::nullopt);
}

TEST_F(RuleFolderTest, AFolderThatIsStillBeingCopiedIsLeftAlone) {
  for (int step = 0; step < 5; ++step) {
    dir_.Write("b" + std::to_string(step) + ".yaml", "rules: []\n");
    EXPECT_EQ(Look(), std::nullopt) << step;
  }
  EXPECT_TRUE(Look().has_value());
}

TEST_F(RuleFolderTest, AChangeOfTheSameSizeInTheSameInstantIsSeen) {
  dir_.Write("a.yaml", "rules: [ ]\n");
  Look();
  ASSERT_TRUE(Look().has_value());
  dir_.Write("a.yaml", "rules : []\n");
  Look();
  EXPECT_TRUE(Look().has_value());
}

TEST_F(RuleFolderTest, AChangeThatIsUndoneIsNotReported) {
  dir_.Write("a.yaml", "rules: [ ]\n");
  EXPECT_EQ(Look(), std::nullopt);
  dir_.Write("a.yaml", "rules: []\n");
  EXPECT_EQ(Look(), std::nullopt);
  EXPECT_EQ(Look(), std::nullopt);
}

TEST_F(RuleFolderTest, HiddenAndOtherFilesDoNotCount) {
  dir_.Write(".a.yaml.swp", "x");
  dir_.Write("README.md", "x");
  EXPECT_EQ(Look(), std::nullopt);
  EXPECT_EQ(Look(), std::nullopt);
}

TEST_F(RuleFolderTest, AFolderThatHasGoneIsReportedOnceAndItsReturnToo) {
  AWASE_ASSERT_OK(RemoveTree(dir_.path()));
  EXPECT_EQ(Look(), std::nullopt);
  const std::optional<FolderContent> gone = Look();
  ASSERT_TRUE(gone.has_value());
  EXPECT_THAT(gone->status, testing::StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir_.path())));
  EXPECT_EQ(Look(), std::nullopt);
  dir_.Write("a.yaml", "rules: []\n");
  EXPECT_EQ(Look(), std::nullopt);
  const std::optional<FolderContent> back = Look();
  ASSERT_TRUE(back.has_value());
  AWASE_EXPECT_OK(back->status);
}

TEST_F(RuleFolderTest, AQuietFolderIsStillWatchedByItsEntries) {
  // Far in the future the entries alone are trusted; a change shows in them.
  const absl::Time later = absl::Now() + absl::Hours(1);
  EXPECT_EQ(folder_.Look(later), std::nullopt);
  EXPECT_EQ(folder_.Look(later), std::nullopt);
  dir_.Write("b.yaml", "rules: []\n");
  EXPECT_EQ(folder_.Look(later), std::nullopt);
  EXPECT_TRUE(folder_.Look(later).has_value());
}

TEST_F(RuleFolderTest, ForgetReportsTheSameContentAgain) {
  folder_.Forget();
  EXPECT_EQ(Look(), std::nullopt);
  EXPECT_TRUE(Look().has_value());
}

TEST(ReadFolderContent, NamesAndContentsDoNotRunIntoEachOther) {
  testing::TempDir one;
  testing::TempDir two;
  one.Write("a.yaml", "bc");
  two.Write("a.yaml", "b");
  two.Write("c.yaml", "");
  EXPECT_NE(ReadFolderContent(one.path()).signature, ReadFolderContent(two.path()).signature);
}

}  // namespace
}  // namespace awase::serving
