#ifndef AWASE_TRAINER_INTERNAL_RUN_LOCK_H_
#define AWASE_TRAINER_INTERNAL_RUN_LOCK_H_

#include <string>

#include "absl/status/statusor.h"

namespace awase::trainer_internal {

// Held by the one run that may write to a model directory: of two that append at once, one would undo the other. The
// system releases it when the process ends, however that is. The file (.lock) stays.
class RunLock {
 public:
  // kUnavailable when another run holds it, … as the system says. REQUIRES: the directory exists.
  static absl::StatusOr<RunLock> Acquire(const std::string& model_dir);

  // Removes the file, for a directory that is to go again. From then on another run can have the lock, of a file of its
  // own: call it when everything else is done.
  void RemoveFile() const;

  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;

 private:
  RunLock(std::string path, int fd);
  std::string path_;
  int fd_;
};

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_RUN_LOCK_H_
