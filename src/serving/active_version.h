#ifndef AWASE_SERVING_ACTIVE_VERSION_H_
#define AWASE_SERVING_ACTIVE_VERSION_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace awase::serving {

// Notices when the ACTIVE file of a model directory is replaced. single-thread.
class ActiveVersion {
 public:
  // Watches nothing when `model_path` is a version directory: a version never changes. Errors of
  // artefact::ResolveVersionDirectory.
  static absl::StatusOr<ActiveVersion> Create(std::string model_path);

  // False for a version directory.
  bool is_watching() const { return first_directory_ != model_path_; }

  // The version directory at Create.
  const std::string& first_directory() const { return first_directory_; }

  // The version directory that ACTIVE names, or why there is none, if ACTIVE was replaced since the last look (also by
  // the same name again: that is how an operator asks for another attempt).
  std::optional<absl::StatusOr<std::string>> Look();

 private:
  explicit ActiveVersion(std::string model_path);
  std::string Identity() const;

  std::string model_path_;
  std::string identity_;  // of the ACTIVE file at the last look
  std::string first_directory_;
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_ACTIVE_VERSION_H_
