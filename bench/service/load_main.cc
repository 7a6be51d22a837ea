// Puts a server under load: JSON on stdout, the same for people on stderr. docs/benchmarks.md.

#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "awase/base/status_macros.h"
#include "bench/service/load_client.h"
#include "bench/service/process_usage.h"
#include "bench/service/report_json.h"
#include "bench/service/request_flags.h"

namespace awase::load {
namespace {

struct LoadFlags {
  LoadClient::Options client;
  RequestSource requests;
  double rate = 0;
  double seconds = 10;
  double warm_up_seconds = 2;
  std::int64_t server_pid = 0;
};

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

void PrintTable(const nlohmann::json& json) {
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
  for (const char* name : {"client_cpu_us_per_call", "server_cpu_us_per_call", "server_rss_bytes"}) {
    if (json.contains(name)) std::fprintf(stderr, "%-26s %s\n", name, json[name].dump().c_str());
  }
}

absl::Status Measure(const LoadFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> requests, RequestsOf(flags.requests));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<LoadClient> client, LoadClient::Create(flags.client));
  const LoadPlan plan{.rate = flags.rate, .duration = absl::Seconds(flags.seconds)};
  LoadPlan warm_up = plan;
  warm_up.duration = absl::Seconds(flags.warm_up_seconds);
  client->Run(warm_up, requests);
  AWASE_ASSIGN_OR_RETURN(const Usage before, UsageNow(flags.server_pid));
  const LoadReport report = client->Run(plan, requests);
  AWASE_ASSIGN_OR_RETURN(const Usage after, UsageNow(flags.server_pid));
  nlohmann::json json = ToJson(report);
  json["client_cpu_us_per_call"] = MicrosPerCall(before.client.cpu_seconds, after.client.cpu_seconds, report);
  if (flags.server_pid != 0) {
    json["server_cpu_us_per_call"] = MicrosPerCall(before.server.cpu_seconds, after.server.cpu_seconds, report);
    json["server_rss_bytes"] = after.server.rss_bytes;
  }
  PrintTable(json);
  std::printf("%s\n", json.dump().c_str());
  if (report.answered == 0) return absl::UnavailableError("no call was answered");
  return absl::OkStatus();
}

void AddFlags(CLI::App* app, LoadFlags* flags) {
  app->add_option("--server", flags->client.address, "HOST:PORT")->required();
  AddRequestFlags(app, &flags->requests);
  app->add_option("--connections", flags->client.connections)->check(CLI::Range(1, 1000))->capture_default_str();
  app->add_option("--outstanding", flags->client.calls_at_a_time, "Calls at a time on a connection")
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

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as `awase serve`
  prctl(PR_SET_TIMERSLACK, 1UL);  // Linux lets sleepers sleep 50 us longer: that would count as latency
  awase::load::LoadFlags flags;
  CLI::App app("Puts an awase server under load.");
  awase::load::AddFlags(&app, &flags);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = awase::load::Measure(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "load: %s\n", std::string(status.message()).c_str());
  return 1;
}
