#include "trainer/internal/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"

namespace awase::trainer_internal {
namespace {

// Whether `path` names the file that `fd` has open. Between opening and locking a file its holder may have removed it:
// a lock on what nobody else can open keeps nobody out.
bool IsStillAt(const std::string& path, int fd) {
  struct stat opened;
  struct stat there;
  return fstat(fd, &opened) == 0 && stat(path.c_str(), &there) == 0 && opened.st_dev == there.st_dev &&
         opened.st_ino == there.st_ino;
}

}  // namespace

absl::StatusOr<RunLock> RunLock::Acquire(const std::string& model_dir) {
  const std::string path = JoinPath(model_dir, ".lock");
  while (true) {
    RunLock lock(path, open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (lock.fd_ < 0) return absl::ErrnoToStatus(errno, path);
    if (flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return absl::ErrnoToStatus(errno, path);
      return absl::UnavailableError(
          absl::StrCat("another training run is writing to ", model_dir, ": start this one when it has ended"));
    }
    if (IsStillAt(path, lock.fd_)) return lock;
  }
}

void RunLock::RemoveFile() const { unlink(path_.c_str()); }

RunLock::RunLock(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
RunLock::~RunLock() {
  if (fd_ >= 0) close(fd_);
}
RunLock::RunLock(RunLock&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}
RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  return *this;
}

}  // namespace awase::trainer_internal
