#include "trainer/internal/run_lock.h"

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer_internal {
namespace {

TEST(RunLock, IsHeldByOneAtATime) {
  const testing::TempDir dir;
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const RunLock lock, RunLock::Acquire(dir.path()));
    EXPECT_THAT(RunLock::Acquire(dir.path()),
                testing::StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("another training run")));
  }
  AWASE_EXPECT_OK(RunLock::Acquire(dir.path()).status());
}

// A run that opened the file before its holder removed it must not hold what another one can make anew.
TEST(RunLock, IsHeldByOneAtATimeThoughItsFileIsRemoved) {
  const testing::TempDir dir;
  std::atomic<int> holders = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> runs;
  for (int r = 0; r < 3; ++r) {
    runs.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) {
        const auto lock = RunLock::Acquire(dir.path());
        if (!lock.ok()) continue;
        const int now = ++holders;
        if (now > most) most = now;
        std::this_thread::yield();
        if (RunLock::Acquire(dir.path()).ok()) most = 2;
        --holders;
        lock->RemoveFile();  // from here on it can be had again
      }
    });
  }
  for (std::thread& run : runs) run.join();
  EXPECT_EQ(most, 1);
}

TEST(RunLock, LeavesADirectoryThatCanGo) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const RunLock lock, RunLock::Acquire(dir.path()));
  lock.RemoveFile();
  EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(RunLock, NeedsTheFolder) {
  const testing::TempDir dir;
  EXPECT_THAT(RunLock::Acquire(dir.Join("none")), testing::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase::trainer_internal
