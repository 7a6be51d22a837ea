#include "trainer/internal/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"

namespace awase::trainer_internal {

namespace {
std::string PathOf(const std::string& model_dir) { return JoinPath(model_dir, ".lock"); }
}  // namespace

void RunLock::Remove(const std::string& model_dir) { unlink(PathOf(model_dir).c_str()); }

absl::StatusOr<RunLock> RunLock::Acquire(const std::string& model_dir) {
  const std::string path = PathOf(model_dir);
  RunLock lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.fd_ < 0) return absl::ErrnoToStatus(errno, path);
  if (flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return absl::ErrnoToStatus(errno, path);
  return absl::UnavailableError(
      absl::StrCat("another training run is writing to ", model_dir, ": start this one when it has ended"));
}

RunLock::~RunLock() {
  if (fd_ >= 0) close(fd_);
}
RunLock::RunLock(RunLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

}  // namespace awase::trainer_internal
