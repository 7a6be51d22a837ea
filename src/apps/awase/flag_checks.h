#ifndef AWASE_APPS_AWASE_FLAG_CHECKS_H_
#define AWASE_APPS_AWASE_FLAG_CHECKS_H_

// What the values of flags may be. For CLI::Option::check: CLI11 puts the flag's name before what these say, and the
// help shows what they want. A value that fails is a usage error, exit code 2.

#include <cstdint>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"

namespace awase::apps {

// "foo is not one of text, json", with the one that is likely meant.
CLI::Validator OneOf(std::vector<std::string> words);

// A whole number from `low` to `high`: "0 is not in 1..1024".
CLI::Validator WholeIn(std::int64_t low, std::int64_t high);

// A number from `low` to `high`: "2 is not in 0.001..0.9".
CLI::Validator NumberIn(double low, double high);

// Any text but none, as an unset variable of a shell gives it.
CLI::Validator NotEmpty();

// Where a server answers gRPC: "shop:50051", not "http://shop:50051".
CLI::Validator IsServer();

// An ISO 4217 code, in upper or lower case.
CLI::Validator IsCurrency();

// Anything; takes the blanks around it away: of "a, b" between commas.
CLI::Validator Trimmed();

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_FLAG_CHECKS_H_
