#include "awase/base/files.h"

#include <chrono>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "awase/base/mapped_file.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

using ::awase::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

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

TEST(Files, TemporaryNamesAreNotTold) {
  testing::TempDir dir;
  std::filesystem::create_directories(dir.Join("ACTIVE/not_empty"));
  for (const absl::Status& status : {ReplaceFile("/dev/full/x", "bytes"), ReplaceFile(dir.Join("ACTIVE"), "bytes"),
                                     CheckWritable("/proc/self/fdinfo")}) {
    EXPECT_FALSE(status.ok());
    EXPECT_THAT(std::string(status.message()), AllOf(Not(HasSubstr(".tmp")), Not(HasSubstr(".probe"))));
  }
}

TEST(CheckWritable, MakesTheDirectoryAndLeavesNothingInIt) {
  testing::TempDir dir;
  AWASE_EXPECT_OK(CheckWritable(dir.Join("a/b")));
  EXPECT_TRUE(std::filesystem::is_empty(dir.Join("a/b")));
  EXPECT_FALSE(CheckWritable("/proc/self/fdinfo").ok());  // there, but nobody can make files in it
}

TEST(RemoveLeftovers, RemovesWhatTheDeadLeftAnHourAgo) {
  testing::TempDir dir;
  constexpr int kDead = 0x7FFFFFF0;  // above any limit of process numbers
  const auto make = [&dir](const std::string& name, std::chrono::minutes age) {
    const std::string path = dir.Join(name);
    std::filesystem::create_directory(path);
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - age);
    return path;
  };
  const std::string old = make(absl::StrCat("spill-", kDead), std::chrono::minutes(90));
  const std::string fresh = make(absl::StrCat("spill-", kDead - 1), std::chrono::minutes(5));
  const std::string ours = make(TemporaryName("spill-"), std::chrono::minutes(90));
  const std::string other = make(absl::StrCat("model-", kDead), std::chrono::minutes(90));
  const std::string no_number = make("spill-7x", std::chrono::minutes(90));
  RemoveLeftovers(dir.path(), "spill-");
  EXPECT_FALSE(PathExists(old));
  for (const std::string& path : {fresh, ours, other, no_number}) EXPECT_TRUE(PathExists(path)) << path;
  RemoveLeftovers(dir.Join("no/such/folder"), "spill-");
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
