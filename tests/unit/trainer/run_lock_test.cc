#include "trainer/internal/run_lock.h"

#include <optional>
#include <utility>

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

TEST(RunLock, NeedsTheFolder) {
  const testing::TempDir dir;
  EXPECT_THAT(RunLock::Acquire(dir.Join("none")), testing::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase::trainer_internal
