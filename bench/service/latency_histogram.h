#ifndef AWASE_BENCH_SERVICE_LATENCY_HISTOGRAM_H_
#define AWASE_BENCH_SERVICE_LATENCY_HISTOGRAM_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace awase::load {

// How often which latency was seen, from a nanosecond to an hour, in 37 kB however many there are.
//
// Log-linear: up to 256 ns each nanosecond has a bucket of its own, and from there on each power of two has 128 of
// equal width, so that a quantile is at most 1/128 above the latency that was recorded. thread-compatible.
class LatencyHistogram {
 public:
  LatencyHistogram();

  // Counts what is below 0 as 0, and what is above kLongest as kLongest. O(1).
  void Record(absl::Duration latency);

  std::uint64_t count() const { return count_; }

  // The latency that this share (0 to 1) of all did not exceed, rounded up to its bucket's end but never above max();
  // 0 for the shortest. Zero when nothing was recorded. O(buckets).
  absl::Duration Quantile(double share) const;

  // Exact; zero when nothing was recorded.
  absl::Duration max() const { return max_; }

  static constexpr absl::Duration kLongest = absl::Hours(1);

 private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  absl::Duration max_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_LATENCY_HISTOGRAM_H_
