#ifndef AWASE_APPS_AWASE_RULES_DIFF_H_
#define AWASE_APPS_AWASE_RULES_DIFF_H_

#include "CLI/CLI.hpp"

namespace awase::apps {

// Adds `diff` to `awase rules`; see commands.h.
void AddRulesDiffCommand(CLI::App* rules, int* exit_code);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_RULES_DIFF_H_
