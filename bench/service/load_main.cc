// Puts a server under load: JSON on stdout, the same for people on stderr. docs/benchmarks.md.

#include <sys/prctl.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "awase/base/status_macros.h"
#include "bench/service/load_client.h"
#include "bench/service/measurement.h"
#include "bench/service/request_flags.h"
#include "bench/service/server_changes.h"

namespace awase::load {
namespace {

struct LoadFlags {
  std::string address;
  RequestSource requests;
  MeasurementFlags measurement;
  std::vector<std::string> versions;      // two, or none
  std::vector<std::string> rule_folders;  // likewise
  double change_seconds = 1;
};

absl::StatusOr<std::unique_ptr<ServerChanges>> CreateChanges(const LoadFlags& flags) {
  if (flags.versions.empty()) return nullptr;
  ServerChanges::Options options{.address = flags.address, .every = absl::Seconds(flags.change_seconds)};
  std::copy(flags.versions.begin(), flags.versions.end(), options.versions.begin());
  std::copy(flags.rule_folders.begin(), flags.rule_folders.end(), options.rule_folders.begin());
  return ServerChanges::Create(options);
}

absl::Status Load(const LoadFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> requests, RequestsOf(flags.requests));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<ServerChanges> changes, CreateChanges(flags));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<LoadClient> client,
                         LoadClient::Create({.address = flags.address,
                                             .connections = flags.measurement.connections,
                                             .calls_at_a_time = flags.measurement.calls_at_a_time}));
  const Runner run = [&](const LoadPlan& plan) { return client->Run(plan, requests); };
  if (changes == nullptr) {
    AWASE_ASSIGN_OR_RETURN(const nlohmann::json json, Measure(flags.measurement, run, run));
    return Print(json);
  }
  absl::StatusOr<nlohmann::json> made;
  const Runner run_with_changes = [&](const LoadPlan& plan) {
    changes->Start();
    LoadReport report = client->Run(plan, requests);
    made = changes->Stop();
    return report;
  };
  AWASE_ASSIGN_OR_RETURN(nlohmann::json json, Measure(flags.measurement, run, run_with_changes));
  AWASE_RETURN_IF_ERROR(made.status());
  json["changes"] = *made;
  return Print(json);
}

void AddFlags(CLI::App* app, LoadFlags* flags) {
  app->add_option("--server", flags->address, "HOST:PORT")->required();
  AddRequestFlags(app, &flags->requests);
  AddMeasurementFlags(app, &flags->measurement);
  CLI::Option* versions = app->add_option("--activate", flags->versions,
                                          "Two versions of the server that are activated in turn while it is measured; "
                                          "the first serves now")
                              ->delimiter(',')
                              ->expected(2);
  CLI::Option* rules = app->add_option("--publish", flags->rule_folders,
                                       "Two folders of rules that are published in turn; those of the first serve now")
                           ->delimiter(',')
                           ->expected(2);
  versions->needs(rules);
  rules->needs(versions);
  app->add_option("--change-seconds", flags->change_seconds, "From change to change, of versions and of rules")
      ->check(CLI::Range(0.01, 3600.0))
      ->capture_default_str()
      ->needs(versions);
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
  const absl::Status status = awase::load::Load(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "load: %s\n", std::string(status.message()).c_str());
  return 1;
}
