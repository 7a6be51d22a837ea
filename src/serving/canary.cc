// A second version that answers to a share of the customers: what the file CANARY says, and who asks the server for it.

#include "awase/artefact/canary.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/serving/reloader.h"
#include "serving/watched.h"
#include "serving/with_canary.h"

namespace awase::serving {
namespace {

std::string VersionOf(const Served& served) {
  return served.canary == nullptr ? std::string() : served.canary->model().version();
}

}  // namespace

void Reloader::CheckCanary() {
  const std::optional<absl::StatusOr<std::optional<artefact::Canary>>> wanted = watched_->canary.Look();
  if (!wanted.has_value()) return;
  const std::shared_ptr<const Served> live = holder_.Get();
  if (!wanted->ok()) return SetCanaryProblem(std::string(wanted->status().message()));
  absl::StatusOr<Served> next = WithCanary(*live, **wanted, options_.model_path, options_.placements, {});
  if (!next.ok()) return SetCanaryProblem(std::string(next.status().message()));
  SetCanaryProblem("");
  const bool is_same_version = next->canary == live->canary;
  if (is_same_version && next->canary_share_basis_points == live->canary_share_basis_points) return;
  const std::string what = next->canary == nullptr
                               ? absl::StrCat("version ", VersionOf(*live), " is no canary any more")
                               : absl::StrCat("a canary: serving ", CanaryText(*next));
  is_same_version ? SwapRules(*std::move(next)) : SwapModels(*std::move(next));
  Log(LogLevel::kInfo, what);
  if (!is_same_version) CheckCanaryRules();
}

void Reloader::CheckCanaryRules() {
  const std::shared_ptr<const Served> live = holder_.Get();
  std::string problem;
  if (live->canary != nullptr) {
    const rules::LoadResult loaded =
        LoadAgainst(watched_->serving_files, live->canary->shared_model(), *options_.placements);
    if (loaded.rules == nullptr) problem = NoLongerRight(live->canary->model(), loaded);
  }
  if (!problem.empty()) Log(LogLevel::kError, absl::StrCat("the canary serves with rules that ", problem));
  SetProblem(&ReloadStatus::canary_rule_problem, std::move(problem));
}

void Reloader::SetCanaryProblem(std::string problem) {
  if (!problem.empty()) {
    const std::shared_ptr<const Served> live = holder_.Get();
    Log(LogLevel::kError, absl::StrCat("the canary is refused, ",
                                       live->canary == nullptr ? "the active version serves all customers"
                                                               : absl::StrCat(CanaryText(*live), " goes on"),
                                       ": ", problem));
  }
  SetProblem(&ReloadStatus::canary_problem, std::move(problem));
}

absl::StatusOr<Reloader::StartedCanary> Reloader::StartCanary(const artefact::Canary& canary, const std::string& etag) {
  MutexLock lock(work_mutex_);
  if (is_one_version_) return OneVersionError();
  CheckModel();  // what is asked is held against what the files say now
  CheckCanary();
  AWASE_RETURN_IF_ERROR(CheckServingVersion(etag));
  const ReloadStatus before = status();
  if (canary.version == before.model_version) {
    return absl::FailedPreconditionError(
        absl::StrCat("version ", canary.version, " is the one that serves: try out another beside it"));
  }
  if (!before.canary_version.empty() && before.canary_version != canary.version) {
    return absl::FailedPreconditionError(absl::StrCat("version ", before.canary_version, " is tried out, on ",
                                                      artefact::ShareText(before.canary_share_basis_points),
                                                      " of the customers: stop it first"));
  }
  AWASE_RETURN_IF_ERROR(artefact::WriteCanary(options_.model_path, canary));
  CheckCanary();
  const ReloadStatus now = status();
  if (now.canary_version != canary.version || now.canary_share_basis_points != canary.share_basis_points) {
    return absl::AbortedError(
        absl::StrCat("version ", canary.version, " is not tried out: ",
                     now.canary_problem.empty() ? "another canary was written at the same time" : now.canary_problem));
  }
  return StartedCanary{now.model_version, now.canary_rule_problem};
}

absl::StatusOr<std::string> Reloader::StopCanary(const std::string& etag) {
  MutexLock lock(work_mutex_);
  if (is_one_version_) return OneVersionError();
  CheckModel();
  CheckCanary();
  std::string version = status().canary_version;
  if (!etag.empty() && etag != version) {
    return absl::AbortedError(
        absl::StrCat("etag: ", version.empty() ? std::string("no version") : absl::StrCat("version ", version),
                     " is tried out, not ", etag, ": look at the versions, then ask again"));
  }
  AWASE_RETURN_IF_ERROR(artefact::RemoveCanary(options_.model_path));
  CheckCanary();
  holder_.ReleaseUnused();
  return version;
}

}  // namespace awase::serving
