#include "awase/base/background_work.h"

#include <atomic>
#include <memory>
#include <new>
#include <utility>

#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase {
namespace {

using ::awase::testing::StatusIs;

TEST(BackgroundWork, TellsWhatBecameOfTheWork) {
  BackgroundWork fine([] { return absl::OkStatus(); });
  BackgroundWork failing([] { return absl::DataLossError("gone"); });
  AWASE_EXPECT_OK(fine.Wait());
  EXPECT_THAT(failing.Wait(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(failing.Wait(), StatusIs(absl::StatusCode::kDataLoss)) << "as often as asked";
  EXPECT_THAT(failing.FailureSoFar(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(BackgroundWork, FreesWhatTheWorkOwns) {
  auto owned = std::make_shared<int>(1);
  const std::weak_ptr<int> seen = owned;
  BackgroundWork work([owned = std::move(owned)] { return absl::OkStatus(); });
  AWASE_EXPECT_OK(work.Wait());
  EXPECT_TRUE(seen.expired());
}

TEST(BackgroundWork, WithoutAThreadIsDoneByWaiting) {
  int calls = 0;
  auto count = [&calls] {
    ++calls;
    return absl::NotFoundError("nothing");
  };
  BackgroundWork work = BackgroundWork::WithoutThread(count);
  AWASE_EXPECT_OK(work.FailureSoFar());
  EXPECT_EQ(calls, 0);
  EXPECT_THAT(work.Wait(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(work.Wait(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(calls, 1);
}

TEST(BackgroundWork, IsWaitedForWhereItGoes) {
  std::atomic<bool> ended = false;
  {
    BackgroundWork first([] { return absl::OkStatus(); });
    BackgroundWork work([&ended] {
      ended = true;
      return absl::OkStatus();
    });
    first = std::move(work);
  }
  EXPECT_TRUE(ended);
}

TEST(BackgroundWork, ThrowsWhenMemoryRanOut) {
  BackgroundWork work([]() -> absl::Status { throw std::bad_alloc(); });
  EXPECT_THROW(work.Wait().IgnoreError(), std::bad_alloc);
}

}  // namespace
}  // namespace awase
