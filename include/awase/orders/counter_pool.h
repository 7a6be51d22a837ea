#ifndef AWASE_ORDERS_COUNTER_POOL_H_
#define AWASE_ORDERS_COUNTER_POOL_H_

#include <memory>
#include <utility>
#include <vector>

#include "awase/base/mutex.h"
#include "awase/orders/row_counter.h"

namespace awase::orders {

// Row counters for as many threads as ask at once: a counter is as large as the catalogue, too large to be made for a
// call or a piece of work. thread-safe. Borrows the index.
class CounterPool {
 public:
  // A counter that goes back to the pool with the lease. The pool must live longer.
  class Lease {
   public:
    Lease(CounterPool* pool, std::unique_ptr<RowCounter> counter) : pool_(pool), counter_(std::move(counter)) {}
    ~Lease() { pool_->GiveBack(std::move(counter_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    RowCounter& operator*() const { return *counter_; }
    RowCounter* operator->() const { return counter_.get(); }

   private:
    CounterPool* pool_;
    std::unique_ptr<RowCounter> counter_;
  };

  explicit CounterPool(const BasketIndex& index) : index_(index) {}

  Lease Take() {
    const MutexLock lock(mutex_);
    if (free_.empty()) return Lease(this, std::make_unique<RowCounter>(index_));
    std::unique_ptr<RowCounter> counter = std::move(free_.back());
    free_.pop_back();
    return Lease(this, std::move(counter));
  }

 private:
  void GiveBack(std::unique_ptr<RowCounter> counter) {
    const MutexLock lock(mutex_);
    free_.push_back(std::move(counter));
  }

  const BasketIndex& index_;
  Mutex mutex_;
  std::vector<std::unique_ptr<RowCounter>> free_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::orders

#endif  // AWASE_ORDERS_COUNTER_POOL_H_
