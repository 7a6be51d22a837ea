#ifndef AWASE_INGEST_INTERNAL_FIRST_ERROR_H_
#define AWASE_INGEST_INTERNAL_FIRST_ERROR_H_

#include <atomic>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "awase/base/mutex.h"

namespace awase::ingest_internal {

// What went wrong first among threads that work together, for the others to stop. thread-safe.
class FirstError {
 public:
  // OK is none.
  void Note(const absl::Status& status) {
    if (status.ok()) return;
    const MutexLock lock(mutex_);
    if (status_.ok()) status_ = status;
    is_set_.store(true, std::memory_order_relaxed);
  }

  // Cheap.
  bool is_set() const { return is_set_.load(std::memory_order_relaxed); }

  absl::Status status() const {
    const MutexLock lock(mutex_);
    return status_;
  }

 private:
  mutable Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::atomic<bool> is_set_{false};
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_FIRST_ERROR_H_
