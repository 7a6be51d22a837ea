#ifndef AWASE_APPS_AWASE_TRAINING_FLAGS_H_
#define AWASE_APPS_AWASE_TRAINING_FLAGS_H_

// What the commands that train have in common: train and eval.

#include <functional>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "awase/trainer/train.h"

namespace awase::apps {

// --orders, --products, --dataset, --currency, --max-bad, --threads. `options` must outlive the command.
void AddInputFlags(CLI::App* command, trainer::TrainOptions* options);

// How lists are ranked and what may be claimed. `options` must outlive the command.
void AddRankingFlags(CLI::App* command, trainer::TrainOptions* options);

// For TrainOptions::cancelled: from now on SIGINT and SIGTERM end the run, not the process, so that nothing half-made
// is left behind. A second one ends the process.
std::function<bool()> CancelledBySignal();

// From now on SIGINT and SIGTERM end the process again, where nothing can be left behind. So does one that has come
// already.
void EndBySignal();

// ExitCodeOf, but 130 or 143, as shells have it, for a run that such a signal has ended.
int ExitCodeOfRun(const absl::Status& status);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_TRAINING_FLAGS_H_
