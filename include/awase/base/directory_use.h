#ifndef AWASE_BASE_DIRECTORY_USE_H_
#define AWASE_BASE_DIRECTORY_USE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace awase {

enum class DirectoryUse : std::uint8_t {
  kMissing,  // can be made
  kFree,
  kHeld,  // somebody has its DirectoryLock
};

// What somebody would find who is about to keep files of his own in a directory. Changes nothing.
//   kFailedPrecondition  it, or what would hold it, is no directory
//   kPermissionDenied    this user may not write there
absl::StatusOr<DirectoryUse> FindDirectoryUse(const std::string& directory);

// Whether this user may write in a directory that there is. The same errors, and kNotFound.
absl::Status CheckMayWriteIn(const std::string& directory);

}  // namespace awase

#endif  // AWASE_BASE_DIRECTORY_USE_H_
