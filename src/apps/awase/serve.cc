#include <sys/resource.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "apps/awase/bus_error.h"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/log_line.h"
#include "apps/awase/server_log.h"
#include "awase/base/status_macros.h"
#include "awase/config/server_config.h"
#include "awase/service/library_log.h"
#include "awase/service/server.h"
#include "awase/serving/check_start.h"
#include "awase/serving/file_exposure_store.h"
#include "awase/serving/reloader.h"
#include "nlohmann/json.hpp"

namespace awase::apps {
namespace {

using serving::LogLevel;

struct ServeFlags {
  std::string model;
  std::string rules;
  std::string rule_store;
  std::string record;
  double record_share = 1;
  std::int64_t record_limit = 100'000;
  std::string exposures;
  std::string live;
  std::string config;
  std::string grpc = "127.0.0.1:50051";
  std::string http;
  std::vector<std::string> http_origins;
  std::int64_t poll_ms = 200;
  std::int64_t drain_ms = 10'000;
  std::string log_level = "info";
  std::string log_format = "text";
  std::string format = "text";
  bool validate_only = false;
};

// SIGINT and SIGTERM wait for sigwait instead of ending the process. Threads inherit this: REQUIRES no other thread
// yet.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// As many descriptors as the system lets this process have: many systems begin with 1024 for the sake of programs that
// can have no more.
void RaiseDescriptorLimit() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void PrintReady(const ServeFlags& flags, const serving::ReloadStatus& status, const service::Server& server) {
  const std::string http = server.http_address();
  if (flags.format == "json") {
    nlohmann::json ready = {
        {"version", status.model_version}, {"rules", status.rule_revision}, {"grpc", server.address()}};
    if (!http.empty()) ready["http"] = http;
    std::printf("%s\n", ready.dump().c_str());
  } else {
    std::printf("awase serving version %s, rules %s on %s%s%s\n", status.model_version.c_str(),
                status.rule_revision.c_str(), server.address().c_str(), http.empty() ? "" : ", HTTP on ", http.c_str());
  }
  std::fflush(stdout);
}

// REQUIRES: the reloader and the log outlive the store.
absl::StatusOr<std::unique_ptr<serving::FileExposureStore>> OpenExposures(const std::string& directory,
                                                                          const serving::Reloader& reloader,
                                                                          const ServerLog& log) {
  serving::FileExposureStore::Options options;
  options.directory = directory;
  options.rules = [&reloader] { return reloader.rules(); };
  options.warn = [&log](const std::string& sentence) { log.Say(LogLevel::kWarning, sentence); };
  return serving::FileExposureStore::Open(std::move(options));
}

absl::StatusOr<config::ServerConfig> ReadConfig(const ServeFlags& flags) {
  if (flags.config.empty()) return config::ServerConfig();
  return config::ReadServerConfig(flags.config);
}

serving::Reloader::Options ReloaderOptions(const ServeFlags& flags, const config::ServerConfig& config,
                                           const ServerLog& log) {
  serving::Reloader::Options options;
  options.model_path = flags.model;
  options.rule_folder = flags.rules;
  options.rule_store = flags.rule_store;
  options.live_folder = flags.live;
  options.placements = config.placements;
  options.poll_interval = absl::Milliseconds(flags.poll_ms);
  options.log = [&log](LogLevel level, const std::string& sentence) { log.Say(level, sentence); };
  return options;
}

service::Server::Options ServerOptions(const ServeFlags& flags, const config::ServerConfig& config,
                                       const ServerLog& log) {
  service::Server::Options options;
  options.address = flags.grpc;
  options.http_address = flags.http;
  options.http_origins = flags.http_origins;
  options.access = config.access;
  options.tls = config.tls;
  options.limits = config.limits;
  options.record_path = flags.record;
  options.record_share = flags.record_share;
  options.record_limit = static_cast<std::size_t>(flags.record_limit);
  options.warn = [&log](const std::string& sentence) { log.Say(LogLevel::kWarning, sentence); };
  options.inform = [&log](const std::string& sentence) { log.Say(LogLevel::kInfo, sentence); };
  options.log_call = [&log](const service::EndedCall& call) { log.Say(call); };
  options.log_all_calls = log.Says(LogLevel::kDebug);
  return options;
}

// Prints what is good, and returns what is not.
absl::Status Report(const std::vector<serving::StartFinding>& findings) {
  std::vector<std::string> problems;
  for (const serving::StartFinding& finding : findings) {
    if (finding.state.ok()) {
      std::printf("good: %s: %s\n", finding.what.c_str(), finding.state->c_str());
    } else {
      problems.push_back(absl::StrCat(finding.what, ": ", finding.state.status().message()));
    }
  }
  if (problems.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("a server would not start like this, or not serve all of it:\n", absl::StrJoin(problems, "\n")));
}

absl::Status ValidateOnly(const ServeFlags& flags, const ServerLog& log) {
  std::vector<serving::StartFinding> findings;
  const absl::StatusOr<config::ServerConfig> config = ReadConfig(flags);
  if (!flags.config.empty()) {
    absl::StatusOr<std::string> state = "valid";
    if (!config.ok()) state = config.status();
    findings.push_back({absl::StrCat("configuration ", flags.config), std::move(state)});
  }
  const config::ServerConfig known = config.ok() ? *config : config::ServerConfig();
  service::Server::Options server_options = ServerOptions(flags, known, log);
  if (!config.ok()) server_options.warn = nullptr;  // who may call is not known
  absl::c_move(serving::CheckStart(ReloaderOptions(flags, known, log), flags.exposures), std::back_inserter(findings));
  absl::c_move(service::Server::Check(std::move(server_options)), std::back_inserter(findings));
  return Report(findings);
}

absl::Status Serve(const ServeFlags& flags, const ServerLog& log) {
  const sigset_t stop_signals = BlockStopSignals();
  RaiseDescriptorLimit();
  SayWhyOnBusError(flags.log_format == "json" ? LogFormat::kJson : LogFormat::kText);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow any more is then an error of whoever writes it
  AWASE_ASSIGN_OR_RETURN(const config::ServerConfig config, ReadConfig(flags));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<serving::Reloader> reloader,
                         serving::Reloader::Create(ReloaderOptions(flags, config, log)));
  std::unique_ptr<serving::FileExposureStore> exposures;
  if (!flags.exposures.empty()) {
    AWASE_ASSIGN_OR_RETURN(exposures, OpenExposures(flags.exposures, *reloader, log));
  }
  service::Server::Options server_options = ServerOptions(flags, config, log);
  server_options.exposures = exposures.get();
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Server> server,
                         service::Server::Create(std::move(server_options), reloader.get()));
  AWASE_RETURN_IF_ERROR(reloader->Start());
  PrintReady(flags, reloader->status(), *server);

  int signal = 0;
  sigwait(&stop_signals, &signal);
  pthread_sigmask(SIG_UNBLOCK, &stop_signals, nullptr);  // a second signal ends the process at once
  log.Say(LogLevel::kInfo, absl::StrCat("signal ", signal, ": stopping, running calls have ", flags.drain_ms, " ms"));
  server->Shutdown(absl::Milliseconds(flags.drain_ms));
  log.Say(LogLevel::kInfo, "stopped");
  return absl::OkStatus();
}

int Run(const ServeFlags& flags) {
  const bool is_json = flags.log_format == "json";
  const ServerLog log(is_json ? LogFormat::kJson : LogFormat::kText, LevelNamed(flags.log_level));
  if (flags.validate_only) return ExitCodeOf(ValidateOnly(flags, log));
  if (!is_json) return ExitCodeOf(Serve(flags, log));
  const service::LibraryLog libraries([&log](bool is_error, const std::string& sentence) {
    log.Say(is_error ? LogLevel::kError : LogLevel::kInfo, sentence);
  });
  const absl::Status served = Serve(flags, log);
  if (served.ok()) return 0;
  log.Say(LogLevel::kError, std::string(served.message()));
  return 1;
}

}  // namespace

void AddServeCommand(CLI::App* app, int* exit_code) {
  CLI::App* command =
      app->add_subcommand("serve", "Answer over gRPC and HTTP; model and rules are reloaded when they change");
  auto flags = std::make_shared<ServeFlags>();
  // A service's own flags stand behind those of its unit (packaging/awase.service).
  command->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  command->add_option("--model,--models", flags->model, "Model directory (its ACTIVE version) or one version directory")
      ->required();
  command->add_option("--rules", flags->rules, "Folder of rule files (*.yaml, *.yml)");
  command->add_option("--rule-store", flags->rule_store,
                      "Folder where every rule set that serves is kept, so that published rules outlive a restart");
  CLI::Option* record = command->add_option(
      "--record", flags->record,
      "Record requests in this file, without ids of customers and sessions, to compare drafts of rules on them");
  command->add_option("--record-share", flags->record_share, "Of the requests")
      ->check(NumberIn(0.000001, 1))
      ->capture_default_str()
      ->needs(record);
  command->add_option("--record-limit", flags->record_limit, "Requests of a file; the one before is kept as FILE.1")
      ->check(WholeIn(1, 10'000'000))
      ->capture_default_str()
      ->needs(record);
  command->add_option("--exposures", flags->exposures,
                      "Folder where what customers were offered is kept for caps in time; nothing is kept without it");
  command->add_option("--live", flags->live,
                      "Folder where prices, stock and visibility that UpdateProducts brings are kept, of this server "
                      "alone; as trained without it");
  command
      ->add_option("--config", flags->config,
                   "YAML file: placements of the shop's own, who may call, TLS, limits; read once")
      ->type_name("FILE");
  command->add_option("--grpc", flags->grpc, "HOST:PORT to listen on; port 0 takes a free one and prints it")
      ->capture_default_str();
  CLI::Option* http = command->add_option(
      "--http", flags->http, "HOST:PORT for the same methods as JSON, /healthz, /readyz and /metrics; off without it");
  command
      ->add_option("--http-origin", flags->http_origins,
                   "Origin of web pages that may call over HTTP, such as https://shop.example; * for all; repeatable")
      ->type_name("ORIGIN")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->needs(http);
  command->add_option("--poll-ms", flags->poll_ms, "How often the files are looked at")
      ->check(WholeIn(10, 3'600'000))
      ->capture_default_str();
  command->add_option("--drain-ms", flags->drain_ms, "How long running calls may take after SIGTERM or SIGINT")
      ->check(WholeIn(0, 3'600'000))
      ->capture_default_str();
  command->add_option("--log-level", flags->log_level, "Of the log on stderr")
      ->check(OneOf(LogLevels()))
      ->capture_default_str();
  command->add_option("--log-format", flags->log_format, "text, or json: one object per line")
      ->check(OneOf({"text", "json"}))
      ->capture_default_str();
  command->add_option("--format", flags->format, "Of the line on stdout that says that the server is ready")
      ->check(OneOf({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--validate-only", flags->validate_only,
                    "Check all that a start would read, say what is good and what is not, and listen nowhere");
  command->callback([flags, exit_code] { *exit_code = Run(*flags); });
}

}  // namespace awase::apps
