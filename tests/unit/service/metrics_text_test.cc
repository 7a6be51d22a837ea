#include "service/metrics_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::service {
namespace {

TEST(MetricsText, IsPrometheusText) {
  MetricsText metrics;
  metrics.Gauge("up", "Whether it is up.");
  metrics.Sample(1);
  metrics.Counter("calls_total", "Calls.");
  metrics.Sample(3, {{"method", "a/B"}, {"code", "OK"}});
  metrics.Sample(18'446'744'073'709'551'615u, {{"method", "a/C"}});
  EXPECT_EQ(metrics.text(),
            "# HELP up Whether it is up.\n# TYPE up gauge\nup 1\n"
            "# HELP calls_total Calls.\n# TYPE calls_total counter\n"
            "calls_total{method=\"a/B\",code=\"OK\"} 3\ncalls_total{method=\"a/C\"} 18446744073709551615\n");
}

TEST(MetricsText, HistogramsCountWhatIsAtMostABound) {
  DurationHistogram durations;
  durations.Add(absl::Microseconds(50));
  durations.Add(absl::Microseconds(51));
  durations.Add(absl::Seconds(11));
  MetricsText metrics;
  metrics.Histogram("took_seconds", "How long.");
  metrics.Durations(durations, {{"method", "a"}});
  const std::string text = metrics.text();
  EXPECT_THAT(text, ::testing::HasSubstr("# TYPE took_seconds histogram\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("took_seconds_bucket{method=\"a\",le=\"5e-05\"} 1\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("took_seconds_bucket{method=\"a\",le=\"0.0001\"} 2\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("took_seconds_bucket{method=\"a\",le=\"10\"} 2\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("took_seconds_bucket{method=\"a\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("took_seconds_sum{method=\"a\"} 11.000101"));
  EXPECT_THAT(text, ::testing::HasSubstr("took_seconds_count{method=\"a\"} 3\n"));
}

TEST(MetricsText, LabelsAreEscaped) {
  MetricsText metrics;
  metrics.Gauge("x", "X.");
  metrics.Sample(1, {{"path", "a\\b\"c\nd"}});
  EXPECT_THAT(metrics.text(), ::testing::HasSubstr("x{path=\"a\\\\b\\\"c\\nd\"} 1\n"));
}

}  // namespace
}  // namespace awase::service
