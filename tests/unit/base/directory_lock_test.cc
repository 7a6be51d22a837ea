#include "awase/base/directory_lock.h"

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

TEST(DirectoryLock, IsHeldByOneAtATime) {
  const testing::TempDir dir;
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const DirectoryLock lock, DirectoryLock::Acquire(dir.path(), "held"));
    EXPECT_THAT(DirectoryLock::Acquire(dir.path(), "held"),
                testing::StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("held")));
  }
  AWASE_EXPECT_OK(DirectoryLock::Acquire(dir.path(), "held").status());
}

TEST(DirectoryLock, OfAFileKeepsOthersFromThatFileAlone) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const DirectoryLock lock, DirectoryLock::AcquireFile(dir.Join("a"), "held"));
  EXPECT_THAT(DirectoryLock::AcquireFile(dir.Join("a"), "held"),
              testing::StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("held")));
  AWASE_EXPECT_OK(DirectoryLock::AcquireFile(dir.Join("b"), "held").status());
  AWASE_EXPECT_OK(DirectoryLock::Acquire(dir.path(), "held").status());
}

TEST(DirectoryLock, SaysWhetherSomebodyHoldsItAndMakesNoFile) {
  const testing::TempDir dir;
  EXPECT_FALSE(DirectoryLock::IsHeld(dir.path()));
  EXPECT_FALSE(DirectoryLock::IsFileHeld(dir.Join("a")));
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const DirectoryLock lock, DirectoryLock::Acquire(dir.path(), "held"));
    EXPECT_TRUE(DirectoryLock::IsHeld(dir.path()));
    EXPECT_FALSE(DirectoryLock::IsFileHeld(dir.Join("a")));
  }
  EXPECT_FALSE(DirectoryLock::IsHeld(dir.path()));
  AWASE_EXPECT_OK(DirectoryLock::AcquireFile(dir.Join("a"), "held").status());
}

// A process that opened the file before its holder removed it must not hold what another one can make anew.
TEST(DirectoryLock, IsHeldByOneAtATimeThoughItsFileIsRemoved) {
  const testing::TempDir dir;
  std::atomic<int> holders = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> runs;
  for (int r = 0; r < 3; ++r) {
    runs.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) {
        const auto lock = DirectoryLock::Acquire(dir.path(), "held");
        if (!lock.ok()) continue;
        const int now = ++holders;
        if (now > most) most = now;
        std::this_thread::yield();
        if (DirectoryLock::Acquire(dir.path(), "held").ok()) most = 2;
        --holders;
        lock->RemoveFile();  // from here on it can be had again
      }
    });
  }
  for (std::thread& run : runs) run.join();
  EXPECT_EQ(most, 1);
}

TEST(DirectoryLock, LeavesADirectoryThatCanGo) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const DirectoryLock lock, DirectoryLock::Acquire(dir.path(), "held"));
  lock.RemoveFile();
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(DirectoryLock, NeedsTheFolder) {
  const testing::TempDir dir;
  EXPECT_THAT(DirectoryLock::Acquire(dir.Join("none"), "held"), testing::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase
