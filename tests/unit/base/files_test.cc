#include "awase/base/files.h"

#include "awase/base/mapped_file.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

TEST(Files, ReplaceKeepsTheOldBytesWhenItFails) {
  testing::TempDir dir;
  const std::string path = dir.Write("ACTIVE", "old");
  AWASE_EXPECT_OK(ReplaceFile(path, "new"));
  EXPECT_EQ(*ReadFile(path), "new");
  EXPECT_THAT(ReplaceFile(dir.Join("no/such/folder"), "x"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such")));
}

TEST(Files, AFullDiskSaysSo) {
  EXPECT_THAT(WriteFile("/dev/full", "bytes"), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("free disk")));
}

TEST(MappedFile, ShowsTheBytesOfAFile) {
  testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const MappedFile file, MappedFile::Open(dir.Write("a", "hello")));
  EXPECT_EQ(file.bytes(), "hello");
  AWASE_ASSERT_OK_AND_ASSIGN(const MappedFile empty, MappedFile::Open(dir.Write("b", "")));
  EXPECT_EQ(empty.bytes(), "");
  EXPECT_THAT(MappedFile::Open(dir.Join("none")), StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
  EXPECT_THAT(MappedFile::Open(dir.path()), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("regular file")));
}

}  // namespace
}  // namespace awase
