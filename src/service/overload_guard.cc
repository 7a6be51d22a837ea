#include "service/overload_guard.h"

#include <utility>

#include "awase/base/stopwatch.h"

namespace awase::service {
namespace {

constexpr std::int64_t kTargetsOfInterval = 20;

std::function<absl::Duration()> MachineClock() {
  return [stopwatch = Stopwatch()] { return absl::Seconds(stopwatch.Seconds()); };
}

}  // namespace

OverloadGuard::OverloadGuard(absl::Duration target, std::function<absl::Duration()> now)
    : target_(absl::ToInt64Nanoseconds(target)),
      interval_(target_ * kTargetsOfInterval),
      now_(now ? std::move(now) : MachineClock()) {}

bool OverloadGuard::Admit(absl::Duration waited) {
  waits_.Add(waited);
  const std::int64_t wait = absl::ToInt64Nanoseconds(waited);
  const std::int64_t time = absl::ToInt64Nanoseconds(now_());
  std::int64_t end = interval_end_.load(std::memory_order_relaxed);
  // One of those that meet the end of an interval begins the next.
  if (time > end && interval_end_.compare_exchange_strong(end, time + interval_, std::memory_order_relaxed)) {
    overloaded_.store(late_.exchange(0, std::memory_order_relaxed) > 0, std::memory_order_relaxed);
  }
  late_.fetch_add(wait > target_ ? 1 : -1, std::memory_order_relaxed);
  return wait <= (overloaded_.load(std::memory_order_relaxed) ? 2 * target_ : interval_);
}

bool OverloadGuard::IsOverloaded() const {
  // When no calls have come since, none wait.
  const bool is_recent = absl::ToInt64Nanoseconds(now_()) <= interval_end_.load(std::memory_order_relaxed) + interval_;
  return is_recent && overloaded_.load(std::memory_order_relaxed);
}

absl::Duration OverloadGuard::NextRetryDelay() {
  // Multiples of the golden ratio are spread evenly, however many there are.
  constexpr std::uint32_t kGoldenRatio = 0x9E3779B9;
  const std::uint32_t part = (refused_.fetch_add(1, std::memory_order_relaxed) + 1) * kGoldenRatio;
  return absl::Nanoseconds(interval_) * (1 + part / 4294967296.0);
}

}  // namespace awase::service
