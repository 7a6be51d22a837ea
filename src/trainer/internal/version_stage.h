#ifndef AWASE_TRAINER_INTERNAL_VERSION_STAGE_H_
#define AWASE_TRAINER_INTERNAL_VERSION_STAGE_H_

// The version that a run makes: written with its order store, held against the active one, reported.

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/orders/order_log.h"
#include "awase/promotion/decision.h"
#include "awase/report/dump_profile.h"
#include "awase/trainer/train.h"
#include "trainer/internal/order_store.h"
#include "trainer/internal/run_progress.h"

namespace awase::trainer_internal {

// The calls come in this order, each once: StoreOrders, Open, Write, Publish. Nothing stays of a version that goes
// before it is written. Its destructor waits for what is written in the background. single-thread.
class VersionStage {
 public:
  // Borrows all of them. REQUIRES: the run has the lock of the model directory.
  VersionStage(const trainer::TrainOptions& options, RunProgress* progress, trainer::TrainReport* report)
      : options_(options), progress_(progress), report_(report) {}

  // Takes the lines, for which nobody else has a use any more: for the store of the version, where one is wanted.
  absl::Status StoreOrders(orders::OrderLog log);

  // Where relations can be handed over, until Write.
  absl::StatusOr<artefact::VersionWriter*> Open();

  // Writes the version, whose name goes into the report, and needs no relation any more. The report in it is what the
  // run's says by now; `contents` need not have one.
  absl::Status Write(artefact::Contents contents);

  // Activates what Write has written, where it may be, and makes the report for people. kUnavailable, … when the
  // version cannot be read back or not be made active: then it stays, not active.
  absl::Status Publish(const promotion::TrainingEvidence& evidence, const report::DumpProfile& profile);

 private:
  absl::Status Promote(const artefact::Model& written, const promotion::TrainingEvidence& evidence);
  absl::Status WriteReportPage(const artefact::Model& written, const report::DumpProfile& profile);

  const trainer::TrainOptions& options_;
  RunProgress* progress_;
  trainer::TrainReport* report_;
  std::optional<NewOrderStore> store_;
  std::optional<artefact::VersionWriter> writer_;
  std::string settings_json_;  // of what is written
};

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_VERSION_STAGE_H_
