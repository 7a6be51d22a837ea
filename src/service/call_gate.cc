#include "service/call_gate.h"

namespace awase::service {

absl::Status CallGate::Check() const {
  if (!closed_.load(std::memory_order_acquire)) return absl::OkStatus();
  return absl::UnavailableError("the server is shutting down: call another one");
}

CallGate::Pass CallGate::TryEnter() {
  MutexLock lock(mutex_);
  if (closed_.load(std::memory_order_relaxed)) return nullptr;
  ++inside_;
  return Pass(this, [](CallGate* gate) { gate->Leave(); });
}

void CallGate::Leave() {
  // Notified under the lock: the gate may be gone as soon as the waiting thread can see that it is empty.
  MutexLock lock(mutex_);
  if (--inside_ == 0) changed_.notify_all();
}

void CallGate::Close() {
  MutexLock lock(mutex_);
  closed_.store(true, std::memory_order_release);
}

void CallGate::CallOff() {
  Close();
  called_off_.store(true, std::memory_order_release);
}

absl::Status CallGate::CheckWanted() const {
  if (!called_off_.load(std::memory_order_acquire)) return absl::OkStatus();
  return absl::CancelledError("the server is shutting down: call another one");
}

bool CallGate::WaitUntilEmpty(absl::Time deadline) {
  MutexLock lock(mutex_);
  while (inside_ > 0) {
    if (changed_.wait_until(mutex_, absl::ToChronoTime(deadline)) == std::cv_status::timeout) return inside_ == 0;
  }
  return true;
}

}  // namespace awase::service
