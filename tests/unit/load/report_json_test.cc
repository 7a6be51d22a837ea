#include "bench/service/report_json.h"

#include "gtest/gtest.h"

namespace awase::load {
namespace {

TEST(ReportJson, SaysAllOfARun) {
  LoadReport report;
  report.seconds = 2;
  report.due = 7;
  report.unsent = 2;
  report.answered = 4;
  report.errors[absl::StatusCode::kUnavailable] = 1;
  for (int i = 1; i <= 4; ++i) report.latency.Record(absl::Nanoseconds(50 * i));
  EXPECT_EQ(ToJson(report), nlohmann::json::parse(R"({
    "seconds": 2.0, "calls_per_second": 2.0, "due": 7, "unsent": 2, "answered": 4, "errors": {"UNAVAILABLE": 1},
    "latency_us": {"p50": 0.1, "p90": 0.2, "p99": 0.2, "p99_9": 0.2, "max": 0.2}})"));
}

TEST(ReportJson, OfARunWithoutAnswersHasNoSpeed) { EXPECT_EQ(ToJson(LoadReport())["calls_per_second"], 0); }

}  // namespace
}  // namespace awase::load
