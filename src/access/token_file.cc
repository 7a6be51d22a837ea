#include "awase/access/token_file.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "awase/base/status_macros.h"

namespace awase::access {

absl::StatusOr<std::unique_ptr<TokenFile>> TokenFile::Open(const std::string& path) {
  std::unique_ptr<TokenFile> file(new TokenFile(path));
  MutexLock lock(file->mutex_);
  AWASE_RETURN_IF_ERROR(file->Take(file->files_.first()));
  return file;
}

absl::Status TokenFile::Take(const WatchedFiles::Seen& seen) {
  AWASE_RETURN_IF_ERROR(seen.status());
  AWASE_ASSIGN_OR_RETURN(std::vector<Token> tokens, ParseTokens(path_, seen->front()));
  keyring_.Set(std::move(tokens));
  return absl::OkStatus();
}

bool TokenFile::Look() {
  MutexLock lock(mutex_);
  const std::optional<WatchedFiles::Seen> seen = files_.Look();
  if (!seen.has_value()) return false;
  problem_ = std::string(Take(*seen).message());
  return true;
}

std::string TokenFile::problem() const {
  MutexLock lock(mutex_);
  return problem_;
}

}  // namespace awase::access
