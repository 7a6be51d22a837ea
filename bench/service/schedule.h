#ifndef AWASE_BENCH_SERVICE_SCHEDULE_H_
#define AWASE_BENCH_SERVICE_SCHEDULE_H_

#include <chrono>
#include <cstdint>

#include "absl/time/time.h"
#include "bench/service/load_report.h"

namespace awase::load {

using Clock = std::chrono::steady_clock;

// When the calls of a plan are due. Of an open loop call i is due at start + i / rate. Immutable, so thread-safe.
class Schedule {
 public:
  Schedule(const LoadPlan& plan, Clock::time_point start)
      : start_(start),
        end_(start + absl::ToChronoNanoseconds(plan.duration)),
        last_start_(end_ + absl::ToChronoNanoseconds(plan.deadline)),
        rate_(plan.rate),
        total_(static_cast<std::uint64_t>(plan.rate * absl::ToDoubleSeconds(plan.duration))) {}

  bool is_open_loop() const { return rate_ > 0; }
  Clock::time_point start() const { return start_; }
  // Of an open loop.
  std::uint64_t total() const { return total_; }
  Clock::time_point DueAt(std::uint64_t call) const {
    return start_ + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(call) / rate_ * 1e9));
  }
  // No call begins any more.
  bool IsOver(std::uint64_t next_call, Clock::time_point now) const {
    return is_open_loop() ? next_call == total_ || now >= last_start_ : now >= end_;
  }

 private:
  const Clock::time_point start_;
  const Clock::time_point end_;
  const Clock::time_point last_start_;
  const double rate_;
  const std::uint64_t total_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_SCHEDULE_H_
