#ifndef AWASE_TLS_IDENTITY_FILES_H_
#define AWASE_TLS_IDENTITY_FILES_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/base/mutex.h"
#include "awase/base/watched_files.h"
#include "awase/tls/identity.h"

namespace awase::tls {

// Where an identity is.
struct Settings {
  std::string certificate;  // paths of PEM files
  std::string key;
  std::string client_ca;                                               // empty: clients are not asked for certificates
  ClientCertificates client_certificates = ClientCertificates::kNone;  // REQUIRES: another one with client_ca only
};

// Keeps an identity as its files have it. Files that are broken, or do not fit each other, change nothing: the identity
// that was good stays. thread-safe.
class IdentityFiles {
 public:
  // Reads them. Errors of ReadFile and CheckIdentity. `now` says the time, from any thread.
  static absl::StatusOr<std::unique_ptr<IdentityFiles>> Open(Settings settings, std::function<absl::Time()> now);

  // Never null.
  std::shared_ptr<const Identity> identity() const;
  const Settings& settings() const { return settings_; }

  // Reads the files again. A change is taken when two looks have seen the same of it. True when it was taken or
  // refused: problem() says which. Blocks while the files are read.
  bool Look();

  // Why the newest contents of the files are not what is shown; empty when they are.
  std::string problem() const;

 private:
  IdentityFiles(Settings settings, std::function<absl::Time()> now);

  absl::Status Take(const WatchedFiles::Seen& seen) ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);

  const Settings settings_;
  const std::function<absl::Time()> now_;

  // Lock order: work_mutex_, mutex_.
  Mutex work_mutex_;  // guards files_; held while they are read
  WatchedFiles files_ ABSL_GUARDED_BY(work_mutex_);
  mutable Mutex mutex_;  // guards the rest; held for copies only: handshakes wait for it
  std::shared_ptr<const Identity> identity_ ABSL_GUARDED_BY(mutex_);
  std::string problem_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::tls

#endif  // AWASE_TLS_IDENTITY_FILES_H_
