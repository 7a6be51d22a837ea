#include "service/work_pool.h"

#include <atomic>
#include <memory>
#include <utility>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/no_threads.h"
#include "tests/testing/status_matchers.h"

namespace awase::service {
namespace {

TEST(WorkPool, RunsWhatIsQueuedBeforeItEnds) {
  std::atomic<int> done{0};
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkPool> pool, WorkPool::Create(2, 1));
    for (int i = 0; i < 100; ++i) pool->Post([&done] { done.fetch_add(1); });
  }
  EXPECT_EQ(done.load(), 100);
}

TEST(WorkPool, SaysThatTheSystemGivesNoThread) {
  const testing::NoThreads none;
  EXPECT_THAT(WorkPool::Create(1, 1), testing::StatusIs(absl::StatusCode::kResourceExhausted,
                                                        ::testing::HasSubstr("cannot start the threads")));
}

TEST(WorkPool, OneThreadKeepsTheOrder) {
  std::vector<int> order;
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkPool> pool, WorkPool::Create(1, 1));
    for (int i = 0; i < 10; ++i) pool->Post([&order, i] { order.push_back(i); });
  }
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST(WorkPool, AdmitsSoManyCallsAndAnotherWhenOneHasGone) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkPool> pool, WorkPool::Create(1, 2));
  WorkPool::Ticket first = pool->TryAdmit();
  WorkPool::Ticket second = pool->TryAdmit();
  EXPECT_NE(first, nullptr);
  EXPECT_NE(second, nullptr);
  EXPECT_EQ(pool->TryAdmit(), nullptr);
  first.reset();
  EXPECT_NE(pool->TryAdmit(), nullptr);
}

TEST(WorkPool, ZeroThreadsMeansOne) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkPool> pool, WorkPool::Create(0, 1));
  absl::Notification ran;
  pool->Post([&ran] { ran.Notify(); });
  ran.WaitForNotification();
  EXPECT_TRUE(ran.HasBeenNotified());
}

}  // namespace
}  // namespace awase::service
