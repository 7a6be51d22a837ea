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

TEST(MetricsText, LabelsAreEscaped) {
  MetricsText metrics;
  metrics.Gauge("x", "X.");
  metrics.Sample(1, {{"path", "a\\b\"c\nd"}});
  EXPECT_THAT(metrics.text(), ::testing::HasSubstr("x{path=\"a\\\\b\\\"c\\nd\"} 1\n"));
}

}  // namespace
}  // namespace awase::service
