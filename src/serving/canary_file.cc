#include "serving/canary_file.h"

#include "awase/base/files.h"
#include "serving/file_identity.h"

namespace awase::serving {

std::optional<absl::StatusOr<std::optional<artefact::Canary>>> CanaryFile::Look() {
  if (!is_watching_) return std::nullopt;
  // Taken before the file is read, so that what replaces it in between is seen by the next look.
  std::string identity = FileIdentity(JoinPath(model_path_, "CANARY"));
  if (identity == identity_) return std::nullopt;
  identity_ = std::move(identity);
  return artefact::ReadCanary(model_path_);
}

}  // namespace awase::serving
