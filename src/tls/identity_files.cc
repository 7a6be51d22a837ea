#include "awase/tls/identity_files.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase::tls {
namespace {

std::vector<std::string> PathsOf(const Settings& settings) {
  std::vector<std::string> paths = {settings.certificate, settings.key};
  if (!settings.client_ca.empty()) paths.push_back(settings.client_ca);
  return paths;
}

}  // namespace

IdentityFiles::IdentityFiles(Settings settings, std::function<absl::Time()> now)
    : settings_(std::move(settings)), now_(std::move(now)), files_(PathsOf(settings_)) {}

absl::StatusOr<std::unique_ptr<IdentityFiles>> IdentityFiles::Open(Settings settings, std::function<absl::Time()> now) {
  std::unique_ptr<IdentityFiles> files(new IdentityFiles(std::move(settings), std::move(now)));
  MutexLock lock(files->work_mutex_);
  AWASE_RETURN_IF_ERROR(files->Take(files->files_.first()));
  return files;
}

absl::Status IdentityFiles::Take(const WatchedFiles::Seen& seen) {
  AWASE_RETURN_IF_ERROR(seen.status());
  const bool has_clients = !settings_.client_ca.empty();
  absl::StatusOr<Identity> identity =
      CheckIdentity((*seen)[0], (*seen)[1], has_clients ? (*seen)[2] : std::string(), now_());
  if (!identity.ok()) return absl::Status(identity.status().code(), absl::StrCat("tls: ", identity.status().message()));
  auto taken = std::make_shared<const Identity>(*std::move(identity));
  MutexLock lock(mutex_);
  identity_.swap(taken);
  return absl::OkStatus();
}

std::shared_ptr<const Identity> IdentityFiles::identity() const {
  MutexLock lock(mutex_);
  return identity_;
}

bool IdentityFiles::Look() {
  MutexLock work(work_mutex_);
  const std::optional<WatchedFiles::Seen> seen = files_.Look();
  if (!seen.has_value()) return false;
  std::string problem(Take(*seen).message());
  MutexLock lock(mutex_);
  problem_ = std::move(problem);
  return true;
}

std::string IdentityFiles::problem() const {
  MutexLock lock(mutex_);
  return problem_;
}

}  // namespace awase::tls
