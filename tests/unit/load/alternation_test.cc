#include "bench/service/alternation.h"

#include <atomic>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::load {
namespace {

using ::testing::ElementsAre;

// Makes so many changes, then stops.
std::vector<std::size_t> StatesOf(std::size_t changes) {
  std::vector<std::size_t> states;
  absl::Notification made;
  Alternation alternation(absl::ZeroDuration(), Alternation::Pace::kBetween, [&](std::size_t state) {
    if (states.size() < changes) states.push_back(state);
    if (states.size() == changes && !made.HasBeenNotified()) made.Notify();
    return absl::OkStatus();
  });
  made.WaitForNotification();
  alternation.Stop();
  EXPECT_GE(alternation.changes(), changes);
  return states;
}

TEST(Alternation, BeginsWithTheSecondStateAtOnce) { EXPECT_THAT(StatesOf(5), ElementsAre(1, 0, 1, 0, 1)); }

TEST(Alternation, StopDoesNotWaitForTheNextChange) {
  absl::Notification made;
  Alternation alternation(absl::Hours(1), Alternation::Pace::kEvery, [&made](std::size_t) {
    made.Notify();
    return absl::OkStatus();
  });
  made.WaitForNotification();
  alternation.Stop();
  EXPECT_EQ(alternation.changes(), 1u);
}

TEST(Alternation, AChangeThatTakesLongerThanTheIntervalIsFollowedAtOnce) {
  constexpr absl::Duration kChange = absl::Milliseconds(20);
  std::vector<absl::Time> begins;
  absl::Notification made;
  Alternation alternation(absl::Milliseconds(1), Alternation::Pace::kEvery, [&](std::size_t) {
    if (begins.size() < 2) begins.push_back(absl::Now());
    const absl::Time end = absl::Now() + kChange;
    while (absl::Now() < end) std::this_thread::yield();
    if (begins.size() == 2 && !made.HasBeenNotified()) made.Notify();
    return absl::OkStatus();
  });
  made.WaitForNotification();
  alternation.Stop();
  EXPECT_GE(begins[1] - begins[0], kChange);
  EXPECT_GE(alternation.longest(), kChange);
}

TEST(Alternation, FailuresAreCountedAndTheFirstIsKept) {
  std::atomic<int> calls{0};
  absl::Notification made;
  Alternation alternation(absl::ZeroDuration(), Alternation::Pace::kBetween, [&](std::size_t) {
    const int call = ++calls;
    if (call == 3) made.Notify();
    if (call == 1) return absl::OkStatus();
    return call == 2 ? absl::UnavailableError("first") : absl::InternalError("later");
  });
  made.WaitForNotification();
  alternation.Stop();
  EXPECT_EQ(alternation.changes(), 1u);
  EXPECT_GE(alternation.failed(), 2u);
  EXPECT_EQ(alternation.first_failure().message(), "first");
}

}  // namespace
}  // namespace awase::load
