#ifndef AWASE_BASE_APPEND_FILE_H_
#define AWASE_BASE_APPEND_FILE_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

// A file that grows by whole entries: a log of this process alone. What was appended is in the hands of the system:
// killing the process does not lose it. Movable; single-thread; closed on destruction.
class AppendFile {
 public:
  // Makes the file (readable to its owner alone) where there is none, and goes on behind what it has.
  //   kInvalidArgument  it is no regular file
  //   else              as the system says
  static absl::StatusOr<AppendFile> Open(const std::string& path);
  ~AppendFile();
  AppendFile(AppendFile&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}
  AppendFile& operator=(AppendFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(fd_, other.fd_);
    return *this;
  }

  // All of the bytes or none: a torn entry would spoil those behind it.
  //   kResourceExhausted  the disk is full, or the file may not grow any more
  absl::Status Append(absl::string_view bytes);

  // Waits until what was appended is on disk (fdatasync), so that a failing machine does not lose it either. After a
  // failure it is unknown how much of what was appended since the last success is there.
  //   kResourceExhausted  as for Append: some file systems look for room only now
  absl::Status Sync();

  // Cuts off what is behind the first `bytes`.
  absl::Status Truncate(std::uint64_t bytes);

 private:
  AppendFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::string path_;
  int fd_;
};

}  // namespace awase

#endif  // AWASE_BASE_APPEND_FILE_H_
