#ifndef AWASE_APPS_AWASE_MODELS_ACTIONS_H_
#define AWASE_APPS_AWASE_MODELS_ACTIONS_H_

// Subcommands of `awase models` in files of their own; as those of commands.h.

#include "CLI/CLI.hpp"

namespace awase::apps {

void AddModelsCanary(CLI::App* models, int* exit_code);
void AddModelsCompare(CLI::App* models, int* exit_code);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_MODELS_ACTIONS_H_
