#ifndef AWASE_APPS_AWASE_COMMANDS_H_
#define AWASE_APPS_AWASE_COMMANDS_H_

// The subcommands of the binary, one .cc file each. Every function adds its subcommand to `app`; when the command line
// names it, its callback runs and sets *exit_code: 0 on success, 1 on failure (with a sentence on stderr), 3 of train
// for a version that is written but stays inactive, 130 and 143 of train and eval when SIGINT or SIGTERM ends them.
// What does not parse never gets there: main ends with 2.

#include "CLI/CLI.hpp"
#include "absl/status/status.h"

namespace awase::apps {

void AddServeCommand(CLI::App* app, int* exit_code);
void AddRecommendCommand(CLI::App* app, int* exit_code);
void AddRulesCommand(CLI::App* app, int* exit_code);
void AddTrainCommand(CLI::App* app, int* exit_code);
void AddEvalCommand(CLI::App* app, int* exit_code);
void AddExportCommand(CLI::App* app, int* exit_code);
void AddInspectCommand(CLI::App* app, int* exit_code);
void AddModelsCommand(CLI::App* app, int* exit_code);

// Prints "awase: <message>" on stderr unless `status` is OK, and returns the exit code that goes with it.
int ExitCodeOf(const absl::Status& status);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_COMMANDS_H_
