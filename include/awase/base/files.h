#ifndef AWASE_BASE_FILES_H_
#define AWASE_BASE_FILES_H_

// The few file operations that must be whole or not at all: std::filesystem's exceptions stop here.

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace awase {

absl::StatusOr<std::string> ReadFile(const std::string& path);

// Writes all of `bytes` to a new file and flushes it to disk (fsync). An existing file is replaced in place; use
// ReplaceFile where a reader may look at the same time. A full disk is kResourceExhausted with the path and the size.
absl::Status WriteFile(const std::string& path, absl::string_view bytes);

// Like WriteFile, but through a temporary file beside it and a rename: a reader sees the old bytes or the new ones.
absl::Status ReplaceFile(const std::string& path, absl::string_view bytes);

// Also makes the parents; an existing directory is fine.
absl::Status MakeDirectories(const std::string& path);

// Renames and flushes the parent directory.
absl::Status RenamePath(const std::string& from, const std::string& to);

// Removes a file or a whole tree; nothing there is fine.
absl::Status RemoveTree(const std::string& path);

// The name of a temporary folder of this process: `prefix` and the process number.
std::string TemporaryName(absl::string_view prefix);

// Removes what processes that were killed have left in `directory` under such names: the process is gone, and nothing
// was added for `left_alone` (a process of another container, whose number means nothing here, is not robbed of its
// work). What cannot be removed stays.
void RemoveLeftovers(const std::string& directory, absl::string_view prefix,
                     absl::Duration left_alone = absl::Hours(1));

bool PathExists(const std::string& path);

std::string JoinPath(absl::string_view directory, absl::string_view name);

}  // namespace awase

#endif  // AWASE_BASE_FILES_H_
