#ifndef AWASE_SERVICE_CALL_GATE_H_
#define AWASE_SERVICE_CALL_GATE_H_

#include <atomic>
#include <cstddef>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/base/mutex.h"

namespace awase::service {

// Lets calls in until the server shuts down, and knows which of them have not left yet. A server that goes away closes
// a connection with its last call; what the peer has sent by then and nobody has read makes TCP reset the connection
// and drop the rest of the answer. So the calls whose answers are large leave before gRPC is told to shut down.
// thread-safe.
class CallGate {
 public:
  // Held by a call until the transport has taken all of its answer (a reactor's OnDone).
  using Pass = std::shared_ptr<const void>;

  CallGate() = default;
  // REQUIRES: all passes are gone.
  ~CallGate() = default;
  CallGate(const CallGate&) = delete;
  CallGate& operator=(const CallGate&) = delete;

  // kUnavailable once closed. Enough for a call whose answer is small.
  absl::Status Check() const;

  // Null once closed.
  Pass TryEnter();

  void Close();

  // Closes, and tells calls that look that nobody waits for them any more.
  void CallOff();

  // kCancelled once called off.
  absl::Status CheckWanted() const;

  // False when calls are left at `deadline`.
  bool WaitUntilEmpty(absl::Time deadline);

 private:
  void Leave();

  Mutex mutex_;
  ConditionVariable changed_;
  std::atomic<bool> closed_{false};  // set under mutex_; read without it by Check
  std::atomic<bool> called_off_{false};
  std::size_t inside_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CALL_GATE_H_
