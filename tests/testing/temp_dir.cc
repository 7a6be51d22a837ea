#include "tests/testing/temp_dir.h"

#include <stdlib.h>  // mkdtemp

#include <filesystem>

#include "awase/base/files.h"
#include "gtest/gtest.h"

namespace awase::testing {

TempDir::TempDir() : path_(std::filesystem::temp_directory_path() / "awase-test-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "mkdtemp " << path_ << " failed";
}

TempDir::~TempDir() { EXPECT_TRUE(RemoveTree(path_).ok()); }

std::string TempDir::Join(absl::string_view name) const { return JoinPath(path_, name); }

std::string TempDir::Write(absl::string_view name, absl::string_view content) const {
  const std::string path = Join(name);
  EXPECT_TRUE(MakeDirectories(std::filesystem::path(path).parent_path().string()).ok());
  EXPECT_TRUE(WriteFile(path, content).ok());
  return path;
}

}  // namespace awase::testing
