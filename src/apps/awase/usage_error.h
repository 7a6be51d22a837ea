#ifndef AWASE_APPS_AWASE_USAGE_ERROR_H_
#define AWASE_APPS_AWASE_USAGE_ERROR_H_

#include <string>

#include "CLI/CLI.hpp"

namespace awase::apps {

// What to tell somebody whose command line `app` cannot parse: CLI11's own words, but for commands and flags that do
// not exist. Those are named before what seems to be missing on their account, with the one that is likely meant. For
// CLI::App::failure_message. REQUIRES: `app` has just thrown `error`.
std::string UsageErrorText(const CLI::App* app, const CLI::Error& error);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_USAGE_ERROR_H_
