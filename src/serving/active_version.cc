#include "serving/active_version.h"

#include <utility>

#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "serving/file_identity.h"

namespace awase::serving {

ActiveVersion::ActiveVersion(std::string model_path) : model_path_(std::move(model_path)), identity_(Identity()) {}

absl::StatusOr<ActiveVersion> ActiveVersion::Create(std::string model_path) {
  // The identity is taken before the file is read, here and in Look: an ACTIVE that is replaced in between is then seen
  // by the next look, and never missed.
  ActiveVersion active(std::move(model_path));
  AWASE_ASSIGN_OR_RETURN(active.first_directory_, artefact::ResolveVersionDirectory(active.model_path_));
  return active;
}

std::string ActiveVersion::Identity() const { return FileIdentity(JoinPath(model_path_, "ACTIVE")); }

std::optional<absl::StatusOr<std::string>> ActiveVersion::Look() {
  if (!is_watching()) return std::nullopt;
  std::string identity = Identity();
  if (identity == identity_) return std::nullopt;
  identity_ = std::move(identity);
  return artefact::ResolveVersionDirectory(model_path_);
}

}  // namespace awase::serving
