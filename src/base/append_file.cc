#include "awase/base/append_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase {
namespace {

constexpr mode_t kOwnerOnly = 0600;

absl::Status Failed(absl::string_view path, int error) {
  if (error == ENOSPC || error == EDQUOT) {
    return absl::ResourceExhaustedError(absl::StrCat(path, ": the disk is full: free space on it"));
  }
  if (error == EFBIG) {
    return absl::ResourceExhaustedError(absl::StrCat(path, ": is as large as a file of this process may be"));
  }
  return absl::ErrnoToStatus(error, path);
}

}  // namespace

absl::StatusOr<AppendFile> AppendFile::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwnerOnly);
  if (fd < 0) return Failed(path, errno);
  AppendFile file(path, fd);
  struct stat info{};
  if (fstat(fd, &info) != 0) return Failed(path, errno);
  if (!S_ISREG(info.st_mode)) return absl::InvalidArgumentError(absl::StrCat(path, ": is no regular file"));
  return file;
}

AppendFile::~AppendFile() {
  if (fd_ >= 0) close(fd_);
}

absl::Status AppendFile::Append(absl::string_view bytes) {
  const off_t before = lseek(fd_, 0, SEEK_END);
  if (before < 0) return Failed(path_, errno);
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = write(fd_, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const absl::Status failed = Failed(path_, errno);
      if (written > 0 && ftruncate(fd_, before) != 0) {
        return Annotate(failed, "half an entry is left, and what comes behind it cannot be read");
      }
      return failed;
    }
    written += static_cast<std::size_t>(count);
  }
  return absl::OkStatus();
}

absl::Status AppendFile::Sync() {
  while (fdatasync(fd_) != 0) {
    if (errno != EINTR) return Failed(path_, errno);
  }
  return absl::OkStatus();
}

absl::Status AppendFile::Truncate(std::uint64_t bytes) {
  return ftruncate(fd_, static_cast<off_t>(bytes)) == 0 ? absl::OkStatus() : Failed(path_, errno);
}

}  // namespace awase
