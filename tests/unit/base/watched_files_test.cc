#include "awase/base/watched_files.h"

#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

using ::awase::testing::StatusIs;
using ::testing::ElementsAre;

class WatchedFilesTest : public ::testing::Test {
 protected:
  testing::TempDir dir_;
  const std::string one_ = dir_.Write("one", "1");
  const std::string two_ = dir_.Write("two", "2");
};

TEST_F(WatchedFilesTest, NothingIsNewWhileTheFilesStayAsTheyAre) {
  WatchedFiles files({one_, two_});
  EXPECT_THAT(*files.first(), ElementsAre("1", "2"));
  EXPECT_FALSE(files.Look().has_value());
  dir_.Write("one", "1");
  EXPECT_FALSE(files.Look().has_value());
}

TEST_F(WatchedFilesTest, AChangeCountsWhenTwoLooksSawIt) {
  WatchedFiles files({one_, two_});
  dir_.Write("one", "1b");
  EXPECT_FALSE(files.Look().has_value());
  dir_.Write("two", "2b");  // the second of two files that belong together
  EXPECT_FALSE(files.Look().has_value());
  const std::optional<WatchedFiles::Seen> seen = files.Look();
  ASSERT_TRUE(seen.has_value());
  EXPECT_THAT(**seen, ElementsAre("1b", "2b"));
  EXPECT_FALSE(files.Look().has_value());
}

TEST_F(WatchedFilesTest, AChangeThatIsTakenBackIsNone) {
  WatchedFiles files({one_});
  dir_.Write("one", "x");
  EXPECT_FALSE(files.Look().has_value());
  dir_.Write("one", "1");
  EXPECT_FALSE(files.Look().has_value());
  EXPECT_FALSE(files.Look().has_value());
}

TEST_F(WatchedFilesTest, AFileThatGoesAndComesBackIsSaid) {
  WatchedFiles files({one_, two_});
  unlink(two_.c_str());
  EXPECT_FALSE(files.Look().has_value());
  const std::optional<WatchedFiles::Seen> gone = files.Look();
  ASSERT_TRUE(gone.has_value());
  EXPECT_THAT(*gone, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(files.Look().has_value());
  dir_.Write("two", "2");
  EXPECT_FALSE(files.Look().has_value());
  EXPECT_THAT(**files.Look(), ElementsAre("1", "2"));
}

}  // namespace
}  // namespace awase
