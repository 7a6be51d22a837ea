#include "bench/service/alternation.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace awase::load {

Alternation::Alternation(absl::Duration interval, Pace pace, std::function<absl::Status(std::size_t)> change)
    : interval_(interval), pace_(pace), change_(std::move(change)), thread_([this] { Alternate(); }) {}

Alternation::~Alternation() { Stop(); }

void Alternation::Stop() {
  {
    MutexLock lock(mutex_);
    stop_ = true;
    stopping_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Alternation::Alternate() {
  absl::Time next = absl::Now();
  for (std::size_t state = 1; WaitUntil(next); state = 1 - state) {
    const absl::Time begin = absl::Now();
    Change(state);
    const absl::Time end = absl::Now();
    longest_ = std::max(longest_, end - begin);
    next = pace_ == Pace::kEvery ? begin + interval_ : end + interval_;
  }
}

void Alternation::Change(std::size_t state) {
  const absl::Status status = change_(state);
  ++(status.ok() ? changes_ : failed_);
  first_failure_.Update(status);
}

bool Alternation::WaitUntil(absl::Time time) {
  MutexLock lock(mutex_);
  while (!stop_ && absl::Now() < time) stopping_.wait_until(mutex_, absl::ToChronoTime(time));
  return !stop_;
}

}  // namespace awase::load
