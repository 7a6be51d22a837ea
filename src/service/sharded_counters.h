#ifndef AWASE_SERVICE_SHARDED_COUNTERS_H_
#define AWASE_SERVICE_SHARDED_COUNTERS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace awase::service {

// The shard of the calling thread, below kCounterShards.
inline constexpr std::size_t kCounterShards = 8;
inline std::size_t CounterShardOfThisThread() {
  static std::atomic<std::size_t> threads{0};
  thread_local const std::size_t shard = threads.fetch_add(1, std::memory_order_relaxed) % kCounterShards;
  return shard;
}

// So many counters that every request adds to: threads seldom write to the same line of memory. thread-safe.
template <std::size_t kCounters>
class ShardedCounters {
 public:
  void Add(std::size_t counter, std::uint64_t count = 1) {
    shards_[CounterShardOfThisThread()].counts[counter].fetch_add(count, std::memory_order_relaxed);
  }

  std::uint64_t Get(std::size_t counter) const {
    std::uint64_t sum = 0;
    for (const Shard& shard : shards_) sum += shard.counts[counter].load(std::memory_order_relaxed);
    return sum;
  }

 private:
  struct alignas(64) Shard {
    std::array<std::atomic<std::uint64_t>, kCounters> counts{};
  };
  std::array<Shard, kCounterShards> shards_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_SHARDED_COUNTERS_H_
