#include "awase/base/directory_use.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "awase/base/directory_lock.h"
#include "awase/base/status_macros.h"

namespace awase {
namespace {

// `path` itself where it is there; else the nearest folder above it that is.
std::filesystem::path NearestThere(std::filesystem::path path) {
  std::error_code error;
  while (!path.empty() && !std::filesystem::exists(path, error) && path != path.parent_path()) {
    path = path.parent_path();
  }
  return path.empty() ? "." : path;
}

}  // namespace

absl::Status CheckMayWriteIn(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) {
    return absl::NotFoundError(absl::StrCat(directory, ": there is no such directory"));
  }
  if (!std::filesystem::is_directory(directory, error)) {
    return absl::FailedPreconditionError(absl::StrCat(directory, ": is no directory"));
  }
  if (access(directory.c_str(), R_OK | W_OK | X_OK) != 0) {
    return absl::PermissionDeniedError(absl::StrCat(directory, ": this user may not write there"));
  }
  return absl::OkStatus();
}

absl::StatusOr<DirectoryUse> FindDirectoryUse(const std::string& directory) {
  const std::string there = NearestThere(directory).string();
  AWASE_RETURN_IF_ERROR(CheckMayWriteIn(there));
  if (there != directory) return DirectoryUse::kMissing;
  return DirectoryLock::IsHeld(directory) ? DirectoryUse::kHeld : DirectoryUse::kFree;
}

}  // namespace awase
