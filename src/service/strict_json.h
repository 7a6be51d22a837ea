#ifndef AWASE_SERVICE_STRICT_JSON_H_
#define AWASE_SERVICE_STRICT_JSON_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"

namespace awase::service {

// One JSON object in which no key is there twice: of repeated keys one would win, and nobody is told which.
// kInvalidArgument with the place for anything else, and for more than 32 levels. O(bytes).
absl::StatusOr<nlohmann::json> ParseStrictObject(const std::string& text);

}  // namespace awase::service

#endif  // AWASE_SERVICE_STRICT_JSON_H_
