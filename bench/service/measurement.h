#ifndef AWASE_BENCH_SERVICE_MEASUREMENT_H_
#define AWASE_BENCH_SERVICE_MEASUREMENT_H_

// What the programs that put a server under load have in common: flags, what is measured beside the calls, and output.

#include <cstddef>
#include <cstdint>
#include <functional>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "bench/service/load_report.h"
#include "nlohmann/json.hpp"

namespace awase::load {

struct MeasurementFlags {
  std::size_t connections = 4;
  std::size_t calls_at_a_time = 16;  // per connection
  double rate = 0;                   // LoadPlan
  double seconds = 10;
  double warm_up_seconds = 2;
  std::int64_t server_pid = 0;  // 0: not known
};

// --connections, --outstanding, --rate, --seconds, --warm-up-seconds and --server-pid; `flags` outlives the app.
void AddMeasurementFlags(CLI::App* app, MeasurementFlags* flags);

using Runner = std::function<LoadReport(const LoadPlan& plan)>;

// Warms up, then measures a run: ToJson of its report, "client_cpu_us_per_call", and of the server, where its number is
// known and with its connections open, "server_cpu_us_per_call", "server_rss_bytes" and "server_own_bytes"
// (ProcessMemory). Errors of UsageOf and MemoryOf.
absl::StatusOr<nlohmann::json> Measure(const MeasurementFlags& flags, const Runner& warm_up, const Runner& run);

// JSON on stdout, the same for people on stderr. kUnavailable when no call was answered.
absl::Status Print(const nlohmann::json& json);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_MEASUREMENT_H_
