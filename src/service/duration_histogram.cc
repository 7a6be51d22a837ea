#include "service/duration_histogram.h"

#include <algorithm>

namespace awase::service {

void DurationHistogram::Add(absl::Duration duration) {
  const std::int64_t nanos = std::max<std::int64_t>(0, absl::ToInt64Nanoseconds(duration));
  const auto bucket = std::lower_bound(
      kBounds.begin(), kBounds.end(), nanos,
      [](std::int64_t bound_micros, std::int64_t wanted_nanos) { return bound_micros * 1000 < wanted_nanos; });
  counters_.Add(static_cast<std::size_t>(bucket - kBounds.begin()));
  counters_.Add(kSumNanos, static_cast<std::uint64_t>(nanos));
}

std::array<std::uint64_t, DurationHistogram::kBounds.size() + 1> DurationHistogram::CumulativeCounts() const {
  std::array<std::uint64_t, kBounds.size() + 1> counts;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = sum += counters_.Get(i);
  return counts;
}

double DurationHistogram::sum_seconds() const { return static_cast<double>(counters_.Get(kSumNanos)) * 1e-9; }

}  // namespace awase::service
