// Activation of models by those who ask the server for it: the same file ACTIVE that it watches.

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/artefact/writer.h"
#include "awase/base/status_macros.h"
#include "awase/serving/reloader.h"
#include "serving/watched.h"

namespace awase::serving {

absl::StatusOr<std::vector<artefact::VersionInfo>> Reloader::ListModels() const {
  if (is_one_version_) return OneVersionError();
  return artefact::ListVersions(options_.model_path);
}

absl::StatusOr<Reloader::ActivatedModel> Reloader::ActivateModel(const std::string& version, const std::string& etag) {
  return SwitchModel(etag, [&]() -> absl::StatusOr<std::string> {
    AWASE_RETURN_IF_ERROR(artefact::ActivateVersion(options_.model_path, version));
    return version;
  });
}

absl::StatusOr<Reloader::ActivatedModel> Reloader::RollBackModel(const std::string& etag) {
  return SwitchModel(etag, [&] { return artefact::RollBackVersion(options_.model_path); });
}

absl::Status Reloader::OneVersionError() const {
  return absl::FailedPreconditionError(absl::StrCat("this server was started with the one version ",
                                                    options_.model_path,
                                                    ": start it with the model directory that has all of them"));
}

absl::Status Reloader::CheckServingVersion(const std::string& etag) const {
  const std::string serving = snapshot()->model().version();
  if (etag.empty() || etag == serving) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat("etag: version ", serving, " is serving, not ", etag,
                                         ": look at the versions, then ask with the one that serves"));
}

absl::StatusOr<Reloader::ActivatedModel> Reloader::SwitchModel(
    const std::string& etag, absl::FunctionRef<absl::StatusOr<std::string>()> replace_active) {
  MutexLock lock(work_mutex_);
  if (is_one_version_) return OneVersionError();
  CheckModel();  // the etag is held against what ACTIVE says now, which may have changed since the last look
  ActivatedModel activated;
  activated.previous_version = snapshot()->model().version();
  AWASE_RETURN_IF_ERROR(CheckServingVersion(etag));
  const absl::StatusOr<std::string> replaced = replace_active();
  CheckModel();   // ACTIVE may be replaced although something else failed
  CheckCanary();  // activating it ends it
  AWASE_RETURN_IF_ERROR(replaced.status());
  const std::string& wanted = *replaced;
  holder_.ReleaseUnused();
  const ReloadStatus now = status();
  if (now.model_version != wanted) {
    return absl::AbortedError(
        absl::StrCat("version ", now.model_version, " is serving, not ", wanted, ": ",
                     now.model_problem.empty() ? "another one was activated at the same time" : now.model_problem));
  }
  activated.version = wanted;
  activated.rule_problem = now.rule_problem;
  return activated;
}

}  // namespace awase::serving
