#include "bench/service/report_json.h"

namespace awase::load {

nlohmann::json ToJson(const LoadReport& report) {
  const auto micros = [&report](double share) { return absl::ToDoubleMicroseconds(report.latency.Quantile(share)); };
  nlohmann::json errors = nlohmann::json::object();
  for (const auto& [code, count] : report.errors) errors[absl::StatusCodeToString(code)] = count;
  return {{"seconds", report.seconds},
          {"calls_per_second", report.seconds > 0 ? static_cast<double>(report.answered) / report.seconds : 0},
          {"due", report.due},
          {"answered", report.answered},
          {"unsent", report.unsent},
          {"errors", errors},
          {"latency_us",
           {{"p50", micros(0.5)},
            {"p90", micros(0.9)},
            {"p99", micros(0.99)},
            {"p99_9", micros(0.999)},
            {"max", absl::ToDoubleMicroseconds(report.latency.max())}}}};
}

}  // namespace awase::load
