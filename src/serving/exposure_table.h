#ifndef AWASE_SERVING_EXPOSURE_TABLE_H_
#define AWASE_SERVING_EXPOSURE_TABLE_H_

// The exposures that an embedded store has in memory, by customer.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/base/mutex.h"
#include "awase/engine/request.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/look_back.h"

namespace awase::serving {

// thread-safe. Customers are spread over shards, of which each has a lock of its own.
class ExposureTable {
 public:
  struct Limits {
    std::size_t max_customers = 0;               // those written to longest ago go first; about, per shard
    std::size_t max_exposures_per_customer = 0;  // those go first that DropExcess says, at an eighth more than this
    absl::Duration keep;                         // older ones go
    // Of the rules that serve; asked for excess alone.
    std::function<std::shared_ptr<const LookBack>()> look_back;
  };
  struct Counts {
    std::uint64_t customers = 0;
    std::uint64_t dropped_customers = 0;  // for max_customers, since the start
    std::uint64_t dropped_exposures = 0;  // for max_exposures_per_customer, since the start
  };

  explicit ExposureTable(Limits limits);

  CustomerHistory Read(absl::string_view customer, absl::Time now) const;

  // Calls `write` and adds the exposures, both under the customer's lock. kAborted, and neither, unless the customer's
  // state is of `version`.
  absl::Status Commit(absl::string_view customer, std::uint64_t version, absl::Span<const engine::Exposure> exposures,
                      absl::Time now, const std::function<void()>& write);

  // As Commit, whatever the state, and without a word of it.
  void Load(absl::string_view customer, absl::Span<const engine::Exposure> exposures, absl::Time now);

  void Erase(absl::string_view customer);

  // Hands out the records (EncodeRecord) of all customers, shard by shard: those of a shard as they are at one moment,
  // by the time of the last write. `write` is called without a lock, and its first failure ends it.
  absl::Status WriteRecords(absl::Time now, const std::function<absl::Status(const std::string& records)>& write) const;

  // How long these records are now.
  std::uint64_t RecordBytesOfAll(absl::Time now) const;

  Counts counts() const;

 private:
  static constexpr std::size_t kShards = 64;

  struct Customer {
    std::uint64_t version = 0;
    std::vector<engine::Exposure> exposures;
    std::list<std::string>::iterator age;  // in Shard::by_age
  };
  struct Shard {
    mutable Mutex mutex;
    absl::flat_hash_map<std::string, Customer> customers ABSL_GUARDED_BY(mutex);
    std::list<std::string> by_age ABSL_GUARDED_BY(mutex);  // written to longest ago first
  };

  using Visit = std::function<void(absl::string_view customer, absl::Span<const engine::Exposure> exposures)>;

  // The customers of a shard who have something, under its lock.
  void ForEach(const Shard& shard, absl::Time now, const Visit& visit) const;
  Shard& ShardOf(absl::string_view customer) const;
  void Add(Shard& shard, absl::string_view customer, absl::Span<const engine::Exposure> exposures, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);

  const Limits limits_;
  mutable std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> last_version_{0};
  std::atomic<std::uint64_t> dropped_customers_{0};
  std::atomic<std::uint64_t> dropped_exposures_{0};
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_EXPOSURE_TABLE_H_
