#include "service/call_gate.h"

#include <thread>
#include <utility>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::service {
namespace {

TEST(CallGate, OnceClosedNobodyEnters) {
  CallGate gate;
  AWASE_EXPECT_OK(gate.Check());
  EXPECT_NE(gate.TryEnter(), nullptr);
  gate.Close();
  EXPECT_THAT(gate.Check(), testing::StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(gate.TryEnter(), nullptr);
}

TEST(CallGate, OnceCalledOffNobodyWaits) {
  CallGate gate;
  const CallGate::Pass pass = gate.TryEnter();
  gate.Close();
  AWASE_EXPECT_OK(gate.CheckWanted());
  gate.CallOff();
  EXPECT_THAT(gate.CheckWanted(), testing::StatusIs(absl::StatusCode::kCancelled));
}

TEST(CallGate, IsEmptyWhenTheLastHasLeft) {
  CallGate gate;
  CallGate::Pass first = gate.TryEnter();
  CallGate::Pass second = gate.TryEnter();
  gate.Close();
  EXPECT_FALSE(gate.WaitUntilEmpty(absl::UnixEpoch()));
  first.reset();
  EXPECT_FALSE(gate.WaitUntilEmpty(absl::UnixEpoch()));
  std::thread leaver([pass = std::move(second)]() mutable { pass.reset(); });
  EXPECT_TRUE(gate.WaitUntilEmpty(absl::InfiniteFuture()));
  leaver.join();
}

}  // namespace
}  // namespace awase::service
