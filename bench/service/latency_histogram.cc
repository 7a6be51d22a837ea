#include "bench/service/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace awase::load {
namespace {

// Buckets of one power of two. A bucket at `shift` holds 2^shift nanoseconds: the leading eight bits of a number say
// which.
constexpr int kBits = 7;
constexpr std::uint64_t kPerPower = std::uint64_t{1} << kBits;

int ShiftOf(std::uint64_t nanoseconds) {
  return std::max(0, static_cast<int>(std::bit_width(nanoseconds)) - kBits - 1);
}

std::size_t BucketOf(std::uint64_t nanoseconds) {
  const int shift = ShiftOf(nanoseconds);
  return static_cast<std::size_t>(static_cast<std::uint64_t>(shift) * kPerPower + (nanoseconds >> shift));
}

// The largest number in the bucket.
std::uint64_t EndOf(std::size_t bucket) {
  if (bucket < 2 * kPerPower) return bucket;
  const std::uint64_t shift = bucket / kPerPower - 1;
  const std::uint64_t leading = bucket - shift * kPerPower;
  return ((leading + 1) << shift) - 1;
}

}  // namespace

LatencyHistogram::LatencyHistogram()
    : buckets_(BucketOf(static_cast<std::uint64_t>(absl::ToInt64Nanoseconds(kLongest))) + 1) {}

void LatencyHistogram::Record(absl::Duration latency) {
  latency = std::clamp(latency, absl::ZeroDuration(), kLongest);
  ++buckets_[BucketOf(static_cast<std::uint64_t>(absl::ToInt64Nanoseconds(latency)))];
  ++count_;
  max_ = std::max(max_, latency);
}

absl::Duration LatencyHistogram::Quantile(double share) const {
  const auto wanted =
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_))));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= wanted) return std::min(max_, absl::Nanoseconds(EndOf(bucket)));
  }
  return max_;
}

}  // namespace awase::load
