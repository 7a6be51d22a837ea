#include "awase/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace awase {

void ParallelFor(std::size_t threads, std::size_t count, std::size_t grain,
                 const std::function<void(std::size_t, std::size_t, std::size_t)>& work) {
  grain = std::max<std::size_t>(grain, 1);
  std::atomic<std::size_t> next{0};
  const auto run = [&](std::size_t worker) {
    while (true) {
      const std::size_t first = next.fetch_add(grain, std::memory_order_relaxed);
      if (first >= count) return;
      work(first, std::min(first + grain, count), worker);
    }
  };
  const std::size_t pieces = (count + grain - 1) / grain;
  const std::size_t workers = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(pieces, 1));
  std::vector<std::jthread> pool;
  pool.reserve(workers - 1);
  try {
    for (std::size_t worker = 1; worker < workers; ++worker) pool.emplace_back(run, worker);
  } catch (const std::system_error&) {
    // The system gives no more threads. Those that there are, at least this one, do all the work.
  }
  run(0);
}

std::size_t HardwareThreads() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace awase
