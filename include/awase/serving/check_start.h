#ifndef AWASE_SERVING_CHECK_START_H_
#define AWASE_SERVING_CHECK_START_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/serving/reloader.h"

namespace awase::serving {

// One thing that a start reads.
struct StartFinding {
  std::string what;                   // "model models/shop"
  absl::StatusOr<std::string> state;  // a sentence about what is good, warnings on lines of their own; or what is wrong
};

// Reads and checks what Reloader::Create and FileExposureStore::Open (`exposure_folder` empty: none) would, all of it
// whatever is wrong, with no lock and no change. What a start would pass over and log as an error is wrong, too. Of
// folders that a server holds only the records of rules are read.
std::vector<StartFinding> CheckStart(const Reloader::Options& options, const std::string& exposure_folder);

}  // namespace awase::serving

#endif  // AWASE_SERVING_CHECK_START_H_
