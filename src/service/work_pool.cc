#include "service/work_pool.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace awase::service {

absl::StatusOr<std::unique_ptr<WorkPool>> WorkPool::Create(std::size_t threads, std::size_t max_calls) {
  auto pool = std::unique_ptr<WorkPool>(new WorkPool(max_calls));
  try {
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
      pool->threads_.emplace_back([raw = pool.get()] { raw->Run(); });
    }
  } catch (const std::system_error& error) {
    return absl::ResourceExhaustedError(absl::StrCat("cannot start the threads for slow calls: ", error.what()));
  }
  return pool;
}

WorkPool::~WorkPool() {
  {
    MutexLock lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

WorkPool::Ticket WorkPool::TryAdmit() {
  MutexLock lock(mutex_);
  if (admitted_ >= max_calls_) return nullptr;
  ++admitted_;
  return Ticket(this, [](WorkPool* pool) {
    MutexLock release_lock(pool->mutex_);
    --pool->admitted_;
  });
}

void WorkPool::Post(std::function<void()> work) {
  {
    MutexLock lock(mutex_);
    queue_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void WorkPool::Run() {
  while (true) {
    std::function<void()> work;
    {
      MutexLock lock(mutex_);
      while (queue_.empty() && !stop_) changed_.wait(mutex_);
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace awase::service
