#ifndef AWASE_BASE_DIRECTORY_LOCK_H_
#define AWASE_BASE_DIRECTORY_LOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

// Held by the one process that may write to a directory, or to a file. The system releases it when the process ends,
// however that is. The file that is locked (.lock in the directory, FILE.lock beside the file) stays.
class DirectoryLock {
 public:
  // kUnavailable with the sentence `held` when another one holds it, … as the system says. REQUIRES: the directory
  // exists.
  static absl::StatusOr<DirectoryLock> Acquire(const std::string& directory, absl::string_view held);

  // The same for a file, which need not be there. REQUIRES: its directory exists.
  static absl::StatusOr<DirectoryLock> AcquireFile(const std::string& path, absl::string_view held);

  // Whether somebody holds it now, this process included. Makes no file. False where that cannot be told.
  static bool IsHeld(const std::string& directory);
  static bool IsFileHeld(const std::string& path);

  // Removes the file, for a directory that is to go again. From then on another process can have the lock, of a file of
  // its own: call it when everything else is done.
  void RemoveFile() const;

  ~DirectoryLock();
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;

 private:
  static absl::StatusOr<DirectoryLock> Lock(const std::string& path, absl::string_view held);
  DirectoryLock(std::string path, int fd);
  std::string path_;
  int fd_;
};

}  // namespace awase

#endif  // AWASE_BASE_DIRECTORY_LOCK_H_
