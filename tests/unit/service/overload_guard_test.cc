#include "service/overload_guard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

namespace awase::service {
namespace {

constexpr absl::Duration kTarget = absl::Milliseconds(5);
constexpr absl::Duration kInterval = absl::Milliseconds(100);

class OverloadGuardTest : public ::testing::Test {
 protected:
  // Calls that come evenly for `length` to a server that takes 100 µs for one and answers one after another; what is
  // refused costs a quarter.
  struct Outcome {
    absl::Duration longest_wait;  // of those that were admitted after the first second
    int admitted = 0;
    int refused = 0;
  };
  Outcome Serve(absl::Duration gap, absl::Duration length) {
    Outcome outcome;
    const absl::Duration begin = now_;
    for (absl::Duration at = begin; at < begin + length; at += gap) {
      now_ = std::max(at, now_);
      const absl::Duration wait = now_ - at;
      const bool is_admitted = guard_.Admit(wait);
      ++(is_admitted ? outcome.admitted : outcome.refused);
      if (is_admitted && at > begin + absl::Seconds(1)) outcome.longest_wait = std::max(outcome.longest_wait, wait);
      now_ += is_admitted ? absl::Microseconds(100) : absl::Microseconds(25);
    }
    return outcome;
  }

  absl::Duration now_ = absl::Seconds(1);
  OverloadGuard guard_{kTarget, [this] { return now_; }};
};

TEST_F(OverloadGuardTest, RefusesNothingBelowCapacity) {
  EXPECT_EQ(Serve(absl::Microseconds(110), absl::Seconds(10)).refused, 0);
}

TEST_F(OverloadGuardTest, AtTwiceTheCapacityThoseThatAreAdmittedWaitShortly) {
  const Outcome outcome = Serve(absl::Microseconds(50), absl::Seconds(10));
  EXPECT_LE(outcome.longest_wait, 2 * kTarget);
  // a · 100 µs + r · 25 µs = 10 s, where a + r = 200,000.
  EXPECT_NEAR(outcome.admitted, 66'666, 4'000);
  EXPECT_NEAR(outcome.refused, 133'333, 4'000);
}

TEST_F(OverloadGuardTest, LetsABurstInWhole) {
  ASSERT_TRUE(guard_.Admit(absl::ZeroDuration()));
  for (int i = 0; i < 900; ++i) {  // all have come together
    EXPECT_TRUE(guard_.Admit(absl::Microseconds(100 * i))) << i;
    now_ += absl::Microseconds(100);
  }
  EXPECT_FALSE(guard_.IsOverloaded());
}

TEST_F(OverloadGuardTest, RefusesWhoWaitedForAnIntervalAtAnyTime) {
  EXPECT_FALSE(guard_.Admit(kInterval + absl::Nanoseconds(1)));
  EXPECT_TRUE(guard_.Admit(kInterval));
}

TEST_F(OverloadGuardTest, IsOverAfterAnIntervalInWhichMostCallsWaitedShortly) {
  Serve(absl::Microseconds(50), absl::Seconds(1));
  ASSERT_TRUE(guard_.IsOverloaded());
  EXPECT_FALSE(guard_.Admit(3 * kTarget));
  now_ += 2 * kInterval;
  EXPECT_TRUE(guard_.Admit(absl::ZeroDuration()));  // ends an interval in which most waited
  EXPECT_FALSE(guard_.Admit(3 * kTarget));
  EXPECT_TRUE(guard_.Admit(absl::ZeroDuration()));
  now_ += 2 * kInterval;
  EXPECT_TRUE(guard_.Admit(3 * kTarget));  // ends one in which most did not
  EXPECT_FALSE(guard_.IsOverloaded());
}

// As gRPC does it: connections are read when nothing is left to answer.
TEST_F(OverloadGuardTest, SeesThroughReadingsInWhichTheFirstCallsHaveHardlyWaited) {
  for (int reading = 0; reading < 100; ++reading) {
    for (int call = 0; call < 200; ++call) {
      guard_.Admit(absl::Microseconds(100 * call));
      now_ += absl::Microseconds(100);
    }
  }
  EXPECT_TRUE(guard_.IsOverloaded());
}

TEST_F(OverloadGuardTest, IsNotOverloadedWhenNoCallsCome) {
  Serve(absl::Microseconds(50), absl::Seconds(1));
  EXPECT_TRUE(guard_.IsOverloaded());
  now_ += absl::Seconds(1);
  EXPECT_FALSE(guard_.IsOverloaded());
}

TEST_F(OverloadGuardTest, RetriesAreSpreadBetweenOneAndTwoIntervals) {
  std::set<int> tenths;
  for (int i = 0; i < 20; ++i) {
    const absl::Duration delay = guard_.NextRetryDelay();
    EXPECT_GE(delay, kInterval);
    EXPECT_LT(delay, 2 * kInterval);
    tenths.insert(static_cast<int>(absl::ToDoubleMilliseconds(delay - kInterval) / 10));
  }
  EXPECT_EQ(tenths.size(), 10U);
}

TEST(OverloadGuard, CountsEveryWaitOfManyThreads) {
  OverloadGuard guard(kTarget);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&guard] {
      for (int i = 0; i < 10'000; ++i) guard.Admit(absl::Microseconds(i % 200));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(guard.waits().CumulativeCounts().back(), 40'000U);
}

}  // namespace
}  // namespace awase::service
