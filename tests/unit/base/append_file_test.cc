#include "awase/base/append_file.h"

#include <sys/stat.h>

#include <utility>

#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/file_size_limit.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

class AppendFileTest : public ::testing::Test {
 protected:
  AppendFile Open() {
    absl::StatusOr<AppendFile> file = AppendFile::Open(path());
    EXPECT_TRUE(file.ok()) << file.status();
    return *std::move(file);
  }
  std::string path() const { return dir_.Join("log"); }
  std::string Content() const { return ReadFile(path()).value_or("unreadable"); }

  testing::TempDir dir_;
};

TEST_F(AppendFileTest, GoesOnBehindWhatIsThere) {
  AWASE_EXPECT_OK(Open().Append("one "));
  AppendFile file = Open();
  AWASE_EXPECT_OK(file.Append("two "));
  AWASE_EXPECT_OK(file.Append("three"));
  EXPECT_EQ(Content(), "one two three");
  AWASE_EXPECT_OK(file.Truncate(4));
  AWASE_EXPECT_OK(file.Append("end"));
  EXPECT_EQ(Content(), "one end");
}

TEST_F(AppendFileTest, IsItsOwnersAlone) {
  Open();
  struct stat info{};
  ASSERT_EQ(stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(AppendFileTest, AnEntryThatDoesNotFitLeavesNothingOfItself) {
  AppendFile file = Open();
  AWASE_EXPECT_OK(file.Append("whole\n"));
  {
    const testing::FileSizeLimit limit(10);
    EXPECT_THAT(file.Append("too long for it\n"), testing::StatusIs(absl::StatusCode::kResourceExhausted));
  }
  EXPECT_EQ(Content(), "whole\n");
  AWASE_EXPECT_OK(file.Append("again\n"));
  AWASE_EXPECT_OK(file.Sync());
  EXPECT_EQ(Content(), "whole\nagain\n");
}

TEST_F(AppendFileTest, ADeviceIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(AppendFile::Open("/dev/full").status()));
}

}  // namespace
}  // namespace awase
