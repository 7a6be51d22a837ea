#ifndef AWASE_BASE_FILES_H_
#define AWASE_BASE_FILES_H_

// The few file operations that must be whole or not at all: std::filesystem's exceptions stop here.

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace awase {

absl::StatusOr<std::string> ReadFile(const std::string& path);

// A file that is written piece by piece. single-thread; closed on destruction.
class OutputFile {
 public:
  // Replaces what is there in place. `mode` holds for a new file.
  static absl::StatusOr<OutputFile> Create(const std::string& path, unsigned mode = 0644);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;

  // A full disk is kResourceExhausted with the path and the size. The disk is set to work on the way, so that Finish
  // need not wait for all of a large file.
  absl::Status Append(absl::string_view bytes);

  // Waits until everything is on disk (fsync) and closes. Called once, as the last call.
  absl::Status Finish();

 private:
  OutputFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  void SendToDisk();

  std::string path_;
  int fd_;
  std::uint64_t size_ = 0;  // bytes appended
  std::uint64_t sent_ = 0;  // of these, what SendToDisk was called for
};

// Writes all of `bytes` to a new file and flushes it to disk (fsync). An existing file is replaced in place; use
// ReplaceFile where a reader may look at the same time. A full disk is kResourceExhausted with the path and the size.
absl::Status WriteFile(const std::string& path, absl::string_view bytes);

// Like WriteFile, but through a temporary file beside it and a rename: a reader sees the old bytes or the new ones.
absl::Status ReplaceFile(const std::string& path, absl::string_view bytes);

// Also makes the parents; an existing directory is fine.
absl::Status MakeDirectories(const std::string& path);

// Makes the directory and finds out whether files can be made in it, before work that would be in vain.
absl::Status CheckWritable(const std::string& directory);

// `status` with `shown` in place of the path `hidden` in its message: a temporary path says nothing to a user.
absl::Status SayInstead(const absl::Status& status, const std::string& hidden, const std::string& shown);

// Waits until the names in a directory are on disk: the bytes of the files are not enough.
absl::Status SyncDirectory(const std::string& path);

// Renames and flushes the parent directory. Errors name `to`: `from` is a temporary path.
absl::Status RenamePath(const std::string& from, const std::string& to);

// Removes a file or a whole tree; nothing there is fine.
absl::Status RemoveTree(const std::string& path);

// Removes a file or folder on destruction, unless it was renamed away by then: nothing half-made is left behind
// whatever fails. Movable.
class TemporaryPath {
 public:
  explicit TemporaryPath(std::string path) : path_(std::move(path)) {}
  ~TemporaryPath() {
    if (!path_.empty()) RemoveTree(path_).IgnoreError();
  }
  TemporaryPath(TemporaryPath&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryPath& operator=(TemporaryPath&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

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
