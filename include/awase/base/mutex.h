#ifndef AWASE_BASE_MUTEX_H_
#define AWASE_BASE_MUTEX_H_

// std::mutex with the annotations that clang's -Wthread-safety checks. absl::Mutex has them too, but gives false
// reports under ThreadSanitizer in Debian's build.
//
//   Mutex mutex_;
//   int count_ ABSL_GUARDED_BY(mutex_) = 0;
//   …
//   MutexLock lock(mutex_);
//   ++count_;

#include <condition_variable>
#include <mutex>

#include "absl/base/thread_annotations.h"

namespace awase {

class ABSL_LOCKABLE Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  // Lower case: std::condition_variable_any calls them.
  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits with a Mutex that the caller holds.
using ConditionVariable = std::condition_variable_any;

}  // namespace awase

#endif  // AWASE_BASE_MUTEX_H_
