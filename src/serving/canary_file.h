#ifndef AWASE_SERVING_CANARY_FILE_H_
#define AWASE_SERVING_CANARY_FILE_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "awase/artefact/canary.h"

namespace awase::serving {

// Notices when the file CANARY of a model directory is replaced. single-thread.
class CanaryFile {
 public:
  // Watches nothing where `is_watching` is false: a version directory has none.
  CanaryFile(std::string model_path, bool is_watching)
      : model_path_(std::move(model_path)), is_watching_(is_watching) {}

  // What the file says (nothing: there is none), or why it cannot be read, at the first look and if it was replaced
  // since the last one.
  std::optional<absl::StatusOr<std::optional<artefact::Canary>>> Look();

  // Makes the next look a first one.
  void Forget() { identity_.clear(); }

 private:
  std::string model_path_;
  bool is_watching_;
  std::string identity_;  // of the file at the last look; empty: there was none
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_CANARY_FILE_H_
