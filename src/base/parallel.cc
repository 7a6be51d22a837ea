#include "awase/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace awase {
namespace {

// Keeps what is thrown first.
class FirstException {
 public:
  // Called while an exception is handled.
  void Note() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (first_ == nullptr) first_ = std::current_exception();
  }

  // Called when no thread notes any more.
  void Rethrow() const {
    if (first_ != nullptr) std::rethrow_exception(first_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr first_;
};

}  // namespace

void ParallelFor(std::size_t threads, std::size_t count, std::size_t grain,
                 const std::function<void(std::size_t, std::size_t, std::size_t)>& work) {
  grain = std::max<std::size_t>(grain, 1);
  std::atomic<std::size_t> next{0};
  FirstException exception;
  const auto run = [&](std::size_t worker) {
    try {
      while (true) {
        const std::size_t first = next.fetch_add(grain, std::memory_order_relaxed);
        if (first >= count) return;
        work(first, std::min(first + grain, count), worker);
      }
    } catch (...) {
      exception.Note();
      next.store(count, std::memory_order_relaxed);  // nobody gets another piece
    }
  };
  const std::size_t pieces = (count + grain - 1) / grain;
  const std::size_t workers = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(pieces, 1));
  {
    std::vector<std::jthread> pool;
    pool.reserve(workers - 1);
    try {
      for (std::size_t worker = 1; worker < workers; ++worker) pool.emplace_back(run, worker);
    } catch (const std::exception&) {
      // The system gives no more threads, or no memory for them. Those that there are, at least this one, do all the
      // work.
    }
    run(0);
  }
  exception.Rethrow();
}

std::size_t HardwareThreads() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace awase
