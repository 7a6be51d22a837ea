#ifndef AWASE_RELATIONS_INTERNAL_COUNTING_MONITOR_H_
#define AWASE_RELATIONS_INTERNAL_COUNTING_MONITOR_H_

#include <atomic>
#include <cstddef>
#include <mutex>

#include "awase/relations/build_relation.h"

namespace awase::relations_internal {

// Tells the caller how far counting has come, and asks whether to go on.
class CountingMonitor {
 public:
  // `total` products are to be counted. Borrows the options.
  CountingMonitor(const relations::RelationOptions& options, std::size_t total) : options_(options), total_(total) {}
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  // Tells of `products` more, and asks. thread-safe: a thread that finds another one at it leaves both to that one.
  void Add(std::size_t products) {
    done_.fetch_add(products);
    const std::unique_lock<std::mutex> lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return;
    const std::size_t done = done_.load();  // under the lock, so that what is told never falls
    if (done < total_) Tell(static_cast<double>(done) / static_cast<double>(total_));
    Ask();
  }
  // The next two: while no thread counts.
  void Ask() {
    if (options_.cancelled && options_.cancelled()) cancelled_ = true;
  }
  void TellEnd() const { Tell(1); }

 private:
  void Tell(double share) const {
    if (options_.progress) options_.progress(share);
  }

  const relations::RelationOptions& options_;
  const std::size_t total_;
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;  // held around the callbacks
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_COUNTING_MONITOR_H_
