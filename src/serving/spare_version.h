#ifndef AWASE_SERVING_SPARE_VERSION_H_
#define AWASE_SERVING_SPARE_VERSION_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/base/mutex.h"
#include "awase/engine/recommend.h"

namespace awase::serving {

// The version that was asked for last of those that do not serve: it stays open for who asks again. thread-safe.
class SpareVersion {
 public:
  // REQUIRES: placements is not null.
  SpareVersion(std::string model_dir, std::shared_ptr<const engine::PlacementTable> placements)
      : model_dir_(std::move(model_dir)), placements_(std::move(placements)) {}

  // How long it stays open when nobody asks.
  static constexpr absl::Duration kKeep = absl::Minutes(2);

  // With these rules, and without live values. Errors of artefact::OpenVersion. Takes a second per GB where the version
  // is not open.
  absl::StatusOr<std::shared_ptr<const engine::Snapshot>> Get(const std::string& version,
                                                              const std::shared_ptr<const rules::RuleSet>& rules);

  // Closes what nobody has asked for in the last kKeep.
  void DropUnused(absl::Time now);

 private:
  std::shared_ptr<const engine::Snapshot> Find(const std::string& version);
  void Keep(std::shared_ptr<const engine::Snapshot> snapshot);

  const std::string model_dir_;
  const std::shared_ptr<const engine::PlacementTable> placements_;  // of all
  Mutex mutex_;  // guards what follows; not held while a version is opened
  std::shared_ptr<const engine::Snapshot> snapshot_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_asked_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_SPARE_VERSION_H_
