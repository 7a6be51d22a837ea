// Publishes rules and activates versions while requests come at a fixed rate, and checks every answer. JSON on stdout;
// exit code 1 when a request got no answer, or one that mixes two states: docs/benchmarks.md.

#include <cstdio>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "bench/service/publish_under_load.h"
#include "bench/service/report_json.h"

namespace awase::load {
namespace {

int Main(const PublishUnderLoadOptions& options) {
  const absl::StatusOr<PublishUnderLoadReport> report = PublishUnderLoad(options);
  if (!report.ok()) {
    std::fprintf(stderr, "publish_under_load: %s\n", std::string(report.status().message()).c_str());
    return 1;
  }
  const nlohmann::json json = {{"load", ToJson(report->load)},
                               {"publications", report->publications},
                               {"activations", report->activations},
                               {"states_seen", report->states_seen},
                               {"dropped", report->dropped},
                               {"mixed", report->mixed},
                               {"unknown", report->unknown},
                               {"failed", report->failed},
                               {"first_problem", report->first_problem}};
  std::printf("%s\n", json.dump(2).c_str());
  return IsClean(*report) ? 0 : 1;
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as `awase serve`
  awase::load::PublishUnderLoadOptions options;
  double seconds = 10;
  double publish_ms = 20;
  double activate_ms = 200;
  CLI::App app("Rules are published and versions activated under load; every answer is checked.");
  app.add_option("--rate", options.rate, "Requests per second")->check(CLI::Range(1.0, 1e6))->capture_default_str();
  app.add_option("--seconds", seconds)->check(CLI::Range(0.1, 86'400.0))->capture_default_str();
  app.add_option("--connections", options.connections)->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--outstanding", options.calls_at_a_time, "Calls at a time on a connection")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--publish-ms", publish_ms, "Between two publications")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app.add_option("--activate-ms", activate_ms, "Between two changes of the version")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  options.duration = absl::Seconds(seconds);
  options.publish_interval = absl::Milliseconds(publish_ms);
  options.activate_interval = absl::Milliseconds(activate_ms);
  return awase::load::Main(options);
}
