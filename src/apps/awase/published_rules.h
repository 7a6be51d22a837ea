#ifndef AWASE_APPS_AWASE_PUBLISHED_RULES_H_
#define AWASE_APPS_AWASE_PUBLISHED_RULES_H_

#include "CLI/CLI.hpp"

namespace awase::apps {

// `awase rules publish`, `rollback`, `history` and `show`: what a server serves, and what it has served.
void AddPublishedRulesCommands(CLI::App* rules, int* exit_code);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_PUBLISHED_RULES_H_
