#ifndef AWASE_ACCESS_TOKEN_FILE_H_
#define AWASE_ACCESS_TOKEN_FILE_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "awase/access/tokens.h"
#include "awase/base/mutex.h"
#include "awase/base/watched_files.h"

namespace awase::access {

// Keeps a keyring as a token file has it (ParseTokens). A file that is broken changes nothing: the tokens that were
// known stay. thread-safe.
class TokenFile {
 public:
  // Reads it. Errors of ReadFile and ParseTokens.
  static absl::StatusOr<std::unique_ptr<TokenFile>> Open(const std::string& path);

  const Keyring& keyring() const { return keyring_; }

  // Reads the file again. A change is taken when two looks have seen the same of it. True when it was taken or refused:
  // problem() says which. Blocks while the file is read.
  bool Look();

  // Why the newest contents of the file are not what holds, every finding; empty when they are.
  std::string problem() const;

 private:
  explicit TokenFile(const std::string& path) : path_(path), files_({path}) {}

  absl::Status Take(const WatchedFiles::Seen& seen);

  const std::string path_;
  Keyring keyring_;
  mutable Mutex mutex_;  // guards the rest; held while the file is read
  WatchedFiles files_ ABSL_GUARDED_BY(mutex_);
  std::string problem_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::access

#endif  // AWASE_ACCESS_TOKEN_FILE_H_
