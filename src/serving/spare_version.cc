#include "serving/spare_version.h"

#include <utility>

#include "absl/time/clock.h"
#include "awase/artefact/writer.h"
#include "awase/base/status_macros.h"

namespace awase::serving {

absl::StatusOr<std::shared_ptr<const engine::Snapshot>> SpareVersion::Get(
    const std::string& version, const std::shared_ptr<const rules::RuleSet>& rules) {
  std::shared_ptr<const engine::Snapshot> snapshot = Find(version);
  if (snapshot == nullptr) {
    AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model, artefact::OpenVersion(model_dir_, version));
    snapshot = engine::Snapshot::Create(std::move(model), rules, placements_);
  } else if (snapshot->rules().revision != rules->revision) {
    snapshot = snapshot->WithRules(rules);
  }
  Keep(snapshot);
  return snapshot;
}

std::shared_ptr<const engine::Snapshot> SpareVersion::Find(const std::string& version) {
  MutexLock lock(mutex_);
  return snapshot_ != nullptr && snapshot_->model().version() == version ? snapshot_ : nullptr;
}

void SpareVersion::Keep(std::shared_ptr<const engine::Snapshot> snapshot) {
  MutexLock lock(mutex_);
  snapshot_.swap(snapshot);  // the lock goes before what was there
  last_asked_ = absl::Now();
}

void SpareVersion::DropUnused(absl::Time now) {
  std::shared_ptr<const engine::Snapshot> unused;  // outlives the lock: unmapping takes a while
  MutexLock lock(mutex_);
  if (now - last_asked_ > kKeep) unused.swap(snapshot_);
}

}  // namespace awase::serving
