#include "exposure_table.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "awase/base/status_macros.h"
#include "exposure_record.h"

namespace awase::serving {

using ::awase::engine::Exposure;

namespace {

// To rank a thousand exposures takes as long as several pages: so not at each of a customer who has as many.
constexpr std::size_t kSlack = 8;

}  // namespace

ExposureTable::ExposureTable(Limits limits) : limits_(std::move(limits)) {}

ExposureTable::Shard& ExposureTable::ShardOf(absl::string_view customer) const {
  return shards_[absl::Hash<absl::string_view>()(customer) % kShards];
}

CustomerHistory ExposureTable::Read(absl::string_view customer, absl::Time now) const {
  Shard& shard = ShardOf(customer);
  MutexLock lock(shard.mutex);
  const auto found = shard.customers.find(customer);
  if (found == shard.customers.end()) return {};
  CustomerHistory history{{}, found->second.version};
  for (const Exposure& exposure : found->second.exposures) {
    if (now - exposure.time < limits_.keep) history.exposures.push_back(exposure);
  }
  return history;
}

absl::Status ExposureTable::Commit(absl::string_view customer, std::uint64_t version,
                                   absl::Span<const Exposure> exposures, absl::Time now,
                                   const std::function<void()>& write) {
  Shard& shard = ShardOf(customer);
  MutexLock lock(shard.mutex);
  const auto found = shard.customers.find(customer);
  if ((found == shard.customers.end() ? 0 : found->second.version) != version) {
    return absl::AbortedError("the customer's exposures have changed: read them again");
  }
  write();
  Add(shard, customer, exposures, now);
  return absl::OkStatus();
}

void ExposureTable::Load(absl::string_view customer, absl::Span<const Exposure> exposures, absl::Time now) {
  Shard& shard = ShardOf(customer);
  MutexLock lock(shard.mutex);
  Add(shard, customer, exposures, now);
}

void ExposureTable::Add(Shard& shard, absl::string_view customer, absl::Span<const Exposure> exposures,
                        absl::Time now) {
  const auto [found, is_new] = shard.customers.try_emplace(std::string(customer));
  Customer& entry = found->second;
  if (is_new) {
    entry.age = shard.by_age.insert(shard.by_age.end(), std::string(customer));
  } else {
    shard.by_age.splice(shard.by_age.end(), shard.by_age, entry.age);
  }
  // Of the whole table, so that a customer who was dropped and came back has no version twice.
  entry.version = last_version_.fetch_add(1, std::memory_order_relaxed) + 1;
  entry.exposures.insert(entry.exposures.end(), exposures.begin(), exposures.end());
  entry.exposures.erase(std::remove_if(entry.exposures.begin(), entry.exposures.end(),
                                       [&](const Exposure& old) { return now - old.time >= limits_.keep; }),
                        entry.exposures.end());
  const std::size_t most = limits_.max_exposures_per_customer;
  if (entry.exposures.size() > most + most / kSlack) {
    dropped_exposures_.fetch_add(entry.exposures.size() - most, std::memory_order_relaxed);
    DropExcess(*limits_.look_back(), now, most, entry.exposures);
  }
  while (shard.customers.size() > std::max<std::size_t>(1, limits_.max_customers / kShards)) {
    shard.customers.erase(shard.by_age.front());
    shard.by_age.pop_front();
    dropped_customers_.fetch_add(1, std::memory_order_relaxed);
  }
}

void ExposureTable::Erase(absl::string_view customer) {
  Shard& shard = ShardOf(customer);
  MutexLock lock(shard.mutex);
  const auto found = shard.customers.find(customer);
  if (found == shard.customers.end()) return;
  shard.by_age.erase(found->second.age);
  shard.customers.erase(found);
}

void ExposureTable::ForEach(const Shard& shard, absl::Time now, const Visit& visit) const {
  std::vector<Exposure> kept;
  MutexLock lock(shard.mutex);
  for (const std::string& customer : shard.by_age) {
    kept.clear();
    for (const Exposure& exposure : shard.customers.at(customer).exposures) {
      if (now - exposure.time < limits_.keep) kept.push_back(exposure);
    }
    if (!kept.empty()) visit(customer, kept);
  }
}

absl::Status ExposureTable::WriteRecords(absl::Time now,
                                         const std::function<absl::Status(const std::string& records)>& write) const {
  for (const Shard& shard : shards_) {
    std::string records;
    ForEach(shard, now, [&records](absl::string_view customer, absl::Span<const Exposure> exposures) {
      records.append(EncodeRecord(customer, exposures));
    });
    AWASE_RETURN_IF_ERROR(write(records));
  }
  return absl::OkStatus();
}

std::uint64_t ExposureTable::RecordBytesOfAll(absl::Time now) const {
  std::uint64_t bytes = 0;
  for (const Shard& shard : shards_) {
    ForEach(shard, now,
            [&bytes](absl::string_view, absl::Span<const Exposure> exposures) { bytes += RecordBytes(exposures); });
  }
  return bytes;
}

ExposureTable::Counts ExposureTable::counts() const {
  Counts counts{0, dropped_customers_.load(std::memory_order_relaxed),
                dropped_exposures_.load(std::memory_order_relaxed)};
  for (const Shard& shard : shards_) {
    MutexLock lock(shard.mutex);
    counts.customers += shard.customers.size();
  }
  return counts;
}

}  // namespace awase::serving
