#include "bench/service/latency_histogram.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace awase::load {
namespace {

TEST(LatencyHistogram, OfNothingIsZero) {
  const LatencyHistogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.Quantile(0.5), absl::ZeroDuration());
  EXPECT_EQ(histogram.max(), absl::ZeroDuration());
}

TEST(LatencyHistogram, SmallNumbersAreExact) {
  LatencyHistogram histogram;
  for (int i = 1; i <= 200; ++i) histogram.Record(absl::Nanoseconds(i));
  EXPECT_EQ(histogram.Quantile(0), absl::Nanoseconds(1));
  EXPECT_EQ(histogram.Quantile(0.5), absl::Nanoseconds(100));
  EXPECT_EQ(histogram.Quantile(0.99), absl::Nanoseconds(198));
  EXPECT_EQ(histogram.Quantile(1), absl::Nanoseconds(200));
}

TEST(LatencyHistogram, AQuantileIsAtMostA128thAboveWhatWasRecorded) {
  std::mt19937_64 random(7);
  std::vector<absl::Duration> all;
  LatencyHistogram histogram;
  for (int i = 0; i < 10'000; ++i) {
    all.push_back(absl::Nanoseconds(random() % (std::uint64_t{1} << (1 + random() % 41))));
    histogram.Record(all.back());
  }
  std::sort(all.begin(), all.end());
  for (std::size_t rank = 1; rank <= all.size(); ++rank) {
    const absl::Duration exact = all[rank - 1];
    const absl::Duration found =
        histogram.Quantile((static_cast<double>(rank) - 0.5) / static_cast<double>(all.size()));
    ASSERT_GE(found, exact);
    ASSERT_LE(found, exact + exact / 128);
  }
}

TEST(LatencyHistogram, TheLongestIsExactAndBoundsEveryQuantile) {
  LatencyHistogram histogram;
  histogram.Record(absl::Nanoseconds(1'000'001));
  EXPECT_EQ(histogram.max(), absl::Nanoseconds(1'000'001));
  EXPECT_EQ(histogram.Quantile(0.5), absl::Nanoseconds(1'000'001));
}

TEST(LatencyHistogram, WhatIsOutOfRangeIsCountedAtItsEnds) {
  LatencyHistogram histogram;
  histogram.Record(absl::Nanoseconds(-5));
  histogram.Record(absl::Hours(3));
  EXPECT_EQ(histogram.count(), 2u);
  EXPECT_EQ(histogram.Quantile(0.5), absl::ZeroDuration());
  EXPECT_EQ(histogram.Quantile(1), LatencyHistogram::kLongest);
}

}  // namespace
}  // namespace awase::load
