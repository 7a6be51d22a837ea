#include "bench/service/measurement.h"

#include <unistd.h>

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/status_macros.h"
#include "bench/service/process_usage.h"
#include "bench/service/report_json.h"

namespace awase::load {
namespace {

// What the two processes used; of the server nothing without its number.
struct Usage {
  ProcessUsage client;
  ProcessUsage server;
};

absl::StatusOr<Usage> UsageNow(std::int64_t server_pid) {
  Usage usage;
  AWASE_ASSIGN_OR_RETURN(usage.client, UsageOf(getpid()));
  if (server_pid != 0) {
    AWASE_ASSIGN_OR_RETURN(usage.server, UsageOf(server_pid));
  }
  return usage;
}

nlohmann::json MicrosPerCall(double before, double after, const LoadReport& report) {
  if (report.answered == 0) return nullptr;
  return (after - before) / static_cast<double>(report.answered) * 1e6;
}

}  // namespace

void AddMeasurementFlags(CLI::App* app, MeasurementFlags* flags) {
  app->add_option("--connections", flags->connections)->check(CLI::Range(1, 1000))->capture_default_str();
  app->add_option("--outstanding", flags->calls_at_a_time, "Calls at a time on a connection")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app->add_option("--rate", flags->rate,
                  "Calls per second, whatever the answers do (open loop); 0: as many as are answered")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app->add_option("--seconds", flags->seconds)->check(CLI::Range(0.1, 86'400.0))->capture_default_str();
  app->add_option("--warm-up-seconds", flags->warm_up_seconds, "Before it, not measured")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  app->add_option("--server-pid", flags->server_pid, "Measure CPU time and memory of this process")
      ->check(CLI::Range(1, 1 << 22));
}

absl::StatusOr<nlohmann::json> Measure(const MeasurementFlags& flags, const Runner& warm_up, const Runner& run) {
  const LoadPlan plan{.rate = flags.rate, .duration = absl::Seconds(flags.seconds)};
  LoadPlan before_it = plan;
  before_it.duration = absl::Seconds(flags.warm_up_seconds);
  warm_up(before_it);
  AWASE_ASSIGN_OR_RETURN(const Usage before, UsageNow(flags.server_pid));
  const LoadReport report = run(plan);
  AWASE_ASSIGN_OR_RETURN(const Usage after, UsageNow(flags.server_pid));
  nlohmann::json json = ToJson(report);
  json["client_cpu_us_per_call"] = MicrosPerCall(before.client.cpu_seconds, after.client.cpu_seconds, report);
  if (flags.server_pid != 0) {
    AWASE_ASSIGN_OR_RETURN(const ProcessMemory memory, MemoryOf(flags.server_pid));
    json["server_cpu_us_per_call"] = MicrosPerCall(before.server.cpu_seconds, after.server.cpu_seconds, report);
    json["server_rss_bytes"] = memory.own_bytes + memory.file_bytes;
    json["server_own_bytes"] = memory.own_bytes;
  }
  return json;
}

absl::Status Print(const nlohmann::json& json) {
  std::fprintf(stderr, "%-26s %s\n", "calls per second",
               absl::StrFormat("%.0f", json["calls_per_second"].get<double>()).c_str());
  for (const char* name : {"due", "answered", "unsent"}) {
    std::fprintf(stderr, "%-26s %s\n", name, json[name].dump().c_str());
  }
  for (const auto& [code, count] : json["errors"].items()) {
    std::fprintf(stderr, "%-26s %s\n", absl::StrCat("error ", code).c_str(), count.dump().c_str());
  }
  for (const char* quantile : {"p50", "p90", "p99", "p99_9", "max"}) {
    std::fprintf(stderr, "%-26s %s\n", absl::StrCat("latency ", quantile, ", us").c_str(),
                 absl::StrFormat("%.0f", json["latency_us"][quantile].get<double>()).c_str());
  }
  for (const char* name :
       {"client_cpu_us_per_call", "server_cpu_us_per_call", "server_rss_bytes", "server_own_bytes", "changes"}) {
    if (json.contains(name)) std::fprintf(stderr, "%-26s %s\n", name, json[name].dump().c_str());
  }
  std::printf("%s\n", json.dump().c_str());
  if (json["answered"] == 0) return absl::UnavailableError("no call was answered");
  return absl::OkStatus();
}

}  // namespace awase::load
