#ifndef AWASE_SERVICE_DURATION_HISTOGRAM_H_
#define AWASE_SERVICE_DURATION_HISTOGRAM_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "service/sharded_counters.h"

namespace awase::service {

// How long things took, in buckets from 50 microseconds to 10 seconds, as Prometheus wants them. thread-safe.
class DurationHistogram {
 public:
  // Upper bounds in microseconds; what is longer than the last is in a bucket of its own.
  static constexpr std::array<std::int64_t, 17> kBounds = {50,      100,       250,       500,       1'000,     2'500,
                                                           5'000,   10'000,    25'000,    50'000,    100'000,   250'000,
                                                           500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};

  void Add(absl::Duration duration);

  // How many were at most kBounds[i], and at the end all of them.
  std::array<std::uint64_t, kBounds.size() + 1> CumulativeCounts() const;
  double sum_seconds() const;

 private:
  static constexpr std::size_t kSumNanos = kBounds.size() + 1;
  ShardedCounters<kSumNanos + 1> counters_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_DURATION_HISTOGRAM_H_
