#ifndef AWASE_SERVICE_OVERLOAD_GUARD_H_
#define AWASE_SERVICE_OVERLOAD_GUARD_H_

#include <atomic>
#include <cstdint>
#include <functional>

#include "absl/time/time.h"
#include "service/duration_histogram.h"

namespace awase::service {

// Refuses calls while more come than can be answered, so that those that are let in are answered soon. What counts is
// how long a call has waited when its turn comes. Calls may wait for an interval (20 targets), which lets a burst in
// whole; but once most calls of an interval have waited for longer than the target, only those are let in that waited
// for at most two targets, until most wait shortly again. After B. Maurer, "Fail at Scale", ACM Queue 13 (8), 2015, and
// CoDel; these ask for the shortest wait of an interval, but gRPC reads connections when it has nothing to answer, so
// that the first call of each reading has hardly waited however many there are. thread-safe, without locks.
class OverloadGuard {
 public:
  // `now` is a clock that nobody sets; without it, the machine's. REQUIRES: target > 0.
  explicit OverloadGuard(absl::Duration target, std::function<absl::Duration()> now = nullptr);

  // Whether a call is to be answered that has waited for `waited` when its turn comes, which is now. Counts it.
  bool Admit(absl::Duration waited);

  // Whether calls are held to the short wait now.
  bool IsOverloaded() const;

  // When one that is refused should come again: between one and two intervals, other ones for calls that follow each
  // other, so that they do not come back together.
  absl::Duration NextRetryDelay();

  // Of all calls.
  const DurationHistogram& waits() const { return waits_; }

 private:
  const std::int64_t target_;  // nanoseconds, as all below
  const std::int64_t interval_;
  const std::function<absl::Duration()> now_;
  std::atomic<std::int64_t> interval_end_{0};
  std::atomic<std::int64_t> late_{0};    // of the interval: calls that waited longer than the target, less the others
  std::atomic<bool> overloaded_{false};  // in the interval before
  std::atomic<std::uint32_t> refused_{0};
  DurationHistogram waits_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_OVERLOAD_GUARD_H_
