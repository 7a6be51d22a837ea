#ifndef AWASE_SERVICE_WORK_POOL_H_
#define AWASE_SERVICE_WORK_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "awase/base/mutex.h"

namespace awase::service {

// Threads for calls that take long (batches, rule sets): gRPC runs handlers on about as many threads as there are
// cores, so one that blocks there takes a share of the server with it. thread-safe.
class WorkPool {
 public:
  // Held by a call while it runs.
  using Ticket = std::shared_ptr<const void>;

  // At least one thread. kResourceExhausted when the system gives none.
  static absl::StatusOr<std::unique_ptr<WorkPool>> Create(std::size_t threads, std::size_t max_calls);

  // Runs what is queued, then ends the threads. REQUIRES: nothing posts any more, and all tickets are gone.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // Null when max_calls tickets are held: the caller answers RESOURCE_EXHAUSTED.
  Ticket TryAdmit();

  // Runs `work` on a thread of the pool, in the order of posting. The queue needs no bound of its own: a call with a
  // ticket has at most one piece of work in it.
  void Post(std::function<void()> work);

 private:
  explicit WorkPool(std::size_t max_calls) : max_calls_(max_calls) {}
  void Run();

  const std::size_t max_calls_;
  Mutex mutex_;  // guards all below but threads_
  ConditionVariable changed_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  std::size_t admitted_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_WORK_POOL_H_
