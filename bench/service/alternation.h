#ifndef AWASE_BENCH_SERVICE_ALTERNATION_H_
#define AWASE_BENCH_SERVICE_ALTERNATION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/base/mutex.h"

namespace awase::load {

// Changes a thing to its state 1, 0, 1, … from creation to Stop, on a thread of its own. thread-compatible.
class Alternation {
 public:
  enum class Pace : std::uint8_t {
    kBetween,  // `interval` is from the end of a change to the begin of the next
    kEvery,    // … from begin to begin; a change that takes longer is followed by the next at once
  };

  // The first change is at once.
  Alternation(absl::Duration interval, Pace pace, std::function<absl::Status(std::size_t)> change);
  ~Alternation();
  Alternation(const Alternation&) = delete;
  Alternation& operator=(const Alternation&) = delete;

  // Waits for a change that is being made. No change begins afterwards.
  void Stop();

  // Once stopped.
  std::uint64_t changes() const { return changes_; }
  std::uint64_t failed() const { return failed_; }
  const absl::Status& first_failure() const { return first_failure_; }
  absl::Duration longest() const { return longest_; }  // change

 private:
  void Alternate();
  void Change(std::size_t state);
  // False when stopped.
  bool WaitUntil(absl::Time time);

  const absl::Duration interval_;
  const Pace pace_;
  const std::function<absl::Status(std::size_t)> change_;
  Mutex mutex_;
  ConditionVariable stopping_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::uint64_t changes_ = 0;
  std::uint64_t failed_ = 0;
  absl::Status first_failure_;
  absl::Duration longest_;
  std::thread thread_;  // the last: uses all others
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_ALTERNATION_H_
