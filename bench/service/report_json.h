#ifndef AWASE_BENCH_SERVICE_REPORT_JSON_H_
#define AWASE_BENCH_SERVICE_REPORT_JSON_H_

#include "bench/service/load_client.h"
#include "nlohmann/json.hpp"

namespace awase::load {

// {"seconds", "calls_per_second" (answered ones), "due", "answered", "unsent", "errors": {"UNAVAILABLE": 1},
// "latency_us": {"p50", "p90", "p99", "p99_9", "max"}}.
nlohmann::json ToJson(const LoadReport& report);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_REPORT_JSON_H_
