#ifndef AWASE_EVALUATION_INTERNAL_COUNTER_POOL_H_
#define AWASE_EVALUATION_INTERNAL_COUNTER_POOL_H_

#include <memory>
#include <utility>
#include <vector>

#include "awase/base/mutex.h"
#include "awase/relations/row_counter.h"

namespace awase::evaluation_internal {

// Counters for as many threads as ask at once: a counter is as large as the catalogue, too large to be made per call.
// thread-safe. Borrows the index.
class CounterPool {
 public:
  explicit CounterPool(const orders::BasketIndex& index) : index_(index) {}

  std::unique_ptr<relations::RowCounter> Take() {
    const MutexLock lock(mutex_);
    if (free_.empty()) return std::make_unique<relations::RowCounter>(index_);
    std::unique_ptr<relations::RowCounter> counter = std::move(free_.back());
    free_.pop_back();
    return counter;
  }

  void GiveBack(std::unique_ptr<relations::RowCounter> counter) {
    const MutexLock lock(mutex_);
    free_.push_back(std::move(counter));
  }

 private:
  const orders::BasketIndex& index_;
  Mutex mutex_;
  std::vector<std::unique_ptr<relations::RowCounter>> free_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::evaluation_internal

#endif  // AWASE_EVALUATION_INTERNAL_COUNTER_POOL_H_
