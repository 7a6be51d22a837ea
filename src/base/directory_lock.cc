#include "awase/base/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"

namespace awase {
namespace {

// Whether `path` names the file that `fd` has open. Between opening and locking a file its holder may have removed it:
// a lock on what nobody else can open keeps nobody out.
bool IsStillAt(const std::string& path, int fd) {
  struct stat opened;
  struct stat there;
  return fstat(fd, &opened) == 0 && stat(path.c_str(), &there) == 0 && opened.st_dev == there.st_dev &&
         opened.st_ino == there.st_ino;
}

std::string LockOf(const std::string& directory) { return JoinPath(directory, ".lock"); }
std::string LockOfFile(const std::string& path) { return absl::StrCat(path, ".lock"); }

bool IsLocked(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  // Shared, so that two who ask do not take each other for a holder; given back at once.
  const bool is_locked = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(fd);
  return is_locked;
}

}  // namespace

bool DirectoryLock::IsHeld(const std::string& directory) { return IsLocked(LockOf(directory)); }
bool DirectoryLock::IsFileHeld(const std::string& path) { return IsLocked(LockOfFile(path)); }

absl::StatusOr<DirectoryLock> DirectoryLock::Acquire(const std::string& directory, absl::string_view held) {
  return Lock(LockOf(directory), held);
}

absl::StatusOr<DirectoryLock> DirectoryLock::AcquireFile(const std::string& path, absl::string_view held) {
  return Lock(LockOfFile(path), held);
}

absl::StatusOr<DirectoryLock> DirectoryLock::Lock(const std::string& path, absl::string_view held) {
  while (true) {
    DirectoryLock lock(path, open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (lock.fd_ < 0) return absl::ErrnoToStatus(errno, path);
    if (flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return absl::ErrnoToStatus(errno, path);
      return absl::UnavailableError(held);
    }
    if (IsStillAt(path, lock.fd_)) return lock;
  }
}

void DirectoryLock::RemoveFile() const { unlink(path_.c_str()); }

DirectoryLock::DirectoryLock(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) close(fd_);
}
DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}
DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  return *this;
}

}  // namespace awase
