#ifndef AWASE_SERVING_SNAPSHOT_HOLDER_H_
#define AWASE_SERVING_SNAPSHOT_HOLDER_H_

// The one place that says what is live: a snapshot, and a second one while a canary is tried out. A request takes them
// once, as one, and uses nothing else.
//
// A mutex around a shared_ptr: 25 ns alone, 40–150 ns against other threads, at most 1 % of a call over gRPC. A
// thread-local cache would cost 0.5 ns, but would keep replaced models mapped in idle threads;
// std::atomic<std::shared_ptr> of GCC 12 is reported by ThreadSanitizer. bench/serving measures this one.

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "awase/serving/served.h"

namespace awase::serving {

// thread-safe.
class SnapshotHolder {
 public:
  explicit SnapshotHolder(Served first);

  // Never null. Blocks only while another thread copies or swaps the pointer.
  std::shared_ptr<const Served> Get() const;

  // Makes `next` what is live: every later Get sees it, earlier ones keep what they took. What is replaced is kept
  // until ReleaseUnused, so that no request has to unmap a model.
  void Set(Served next);

  // Destroys, on the calling thread, what was replaced and no request uses any more. Returns how many are still in use.
  std::size_t ReleaseUnused();

 private:
  mutable Mutex mutex_;  // guards both; held for pointer copies only
  std::shared_ptr<const Served> live_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::shared_ptr<const Served>> replaced_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_SNAPSHOT_HOLDER_H_
