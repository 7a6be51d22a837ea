#include <cstdio>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "apps/awase/commands.h"
#include "apps/awase/usage_error.h"

namespace awase::apps {

int ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return 0;
  const std::string message(status.message());
  std::fprintf(stderr, "awase: %s\n", message.c_str());
  return 1;
}

}  // namespace awase::apps

int main(int argc, char** argv) {
  // Debian's Abseil looks for lock cycles inside gRPC at every lock: 5–10 % of the calls per second.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  CLI::App app("awase recommends what goes together: bundles, also bought, the next lower and higher model.", "awase");
  app.set_version_flag("--version", AWASE_VERSION);
  app.require_subcommand(1);
  app.failure_message(awase::apps::UsageErrorText);
  int exit_code = 0;
  awase::apps::AddTrainCommand(&app, &exit_code);
  awase::apps::AddEvalCommand(&app, &exit_code);
  awase::apps::AddInspectCommand(&app, &exit_code);
  awase::apps::AddExportCommand(&app, &exit_code);
  awase::apps::AddModelsCommand(&app, &exit_code);
  awase::apps::AddRulesCommand(&app, &exit_code);
  awase::apps::AddRecommendCommand(&app, &exit_code);
  awase::apps::AddServeCommand(&app, &exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    constexpr int kUsageError = 2;
    return app.exit(error) == 0 ? 0 : kUsageError;  // --help and --version arrive here too
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::fprintf(stderr, "awase: standard output could not be written: is the disk full?\n");
    return exit_code == 0 ? 1 : exit_code;
  }
  return exit_code;
}
