#include "service/lines_from_end.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LinesFromEndTest : public ::testing::Test {
 protected:
  std::vector<std::string> LinesOf(const std::string& text) {
    std::vector<std::string> read;
    AWASE_EXPECT_OK(WriteFile(path_, text));
    auto lines = LinesFromEnd::Open(path_);
    EXPECT_TRUE(lines.ok()) << lines.status();
    while (lines.ok()) {
      const auto line = lines->Next();
      EXPECT_TRUE(line.ok()) << line.status();
      if (!line.ok() || !line->has_value()) break;
      read.push_back(**line);
    }
    return read;
  }

  testing::TempDir folder_;
  const std::string path_ = folder_.Join("lines");
};

TEST_F(LinesFromEndTest, TheLastComesFirst) { EXPECT_THAT(LinesOf("a\nb\nc\n"), ElementsAre("c", "b", "a")); }

TEST_F(LinesFromEndTest, WhatIsBeingWrittenIsNoLineYet) {
  EXPECT_THAT(LinesOf("a\nb\nbeing writ"), ElementsAre("b", "a"));
  EXPECT_THAT(LinesOf("being writ"), IsEmpty());
  EXPECT_EQ(LinesOf(absl::StrCat("a\n", std::string(1'000'000, 'x'))), std::vector<std::string>{"a"});
}

TEST_F(LinesFromEndTest, EmptyLinesAreNone) {
  EXPECT_THAT(LinesOf(""), IsEmpty());
  EXPECT_THAT(LinesOf("\n\n"), IsEmpty());
  EXPECT_THAT(LinesOf("\na\n\n\nb\n\n"), ElementsAre("b", "a"));
}

TEST_F(LinesFromEndTest, LinesOfAnyLengthAreWhole) {
  std::vector<std::string> lines;
  for (int i = 0; i < 3000; ++i) lines.push_back(absl::StrCat(i, std::string(static_cast<std::size_t>(i), 'x')));
  lines.emplace_back(1'000'000, 'y');
  std::vector<std::string> read = LinesOf(absl::StrCat(absl::StrJoin(lines, "\n"), "\n"));
  EXPECT_EQ(read, std::vector<std::string>(lines.rbegin(), lines.rend()));
}

TEST_F(LinesFromEndTest, WhatHappensToTheFileLaterDoesNotMatter) {
  AWASE_ASSERT_OK(WriteFile(path_, "a\nb\n"));
  AWASE_ASSERT_OK_AND_ASSIGN(LinesFromEnd lines, LinesFromEnd::Open(path_));
  AWASE_ASSERT_OK(RemoveTree(path_));
  AWASE_ASSERT_OK(WriteFile(path_, "c\n"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::optional<std::string> line, lines.Next());
  EXPECT_EQ(line, "b");
}

TEST_F(LinesFromEndTest, AMissingFileIsAnError) {
  EXPECT_THAT(LinesFromEnd::Open(folder_.Join("missing")).status(), testing::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase::service
