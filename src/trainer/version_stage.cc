#include "trainer/internal/version_stage.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/files.h"
#include "awase/base/process_memory.h"
#include "awase/base/status_macros.h"
#include "trainer/internal/judge_promotion.h"
#include "trainer/internal/write_report.h"

namespace awase::trainer_internal {

using trainer::Stage;

absl::Status VersionStage::StoreOrders(orders::OrderLog log) {
  if (!options_.store) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kWrite, "store orders"));
  store_ =
      NewOrderStore::Create(options_.model_dir, std::move(log), report_->orders, report_->products, report_->views);
  // Passes are planned by the memory that is taken now.
  return options_.memory_limit_bytes > 0 ? store_->Wait() : absl::OkStatus();
}

absl::StatusOr<artefact::VersionWriter*> VersionStage::Open() {
  progress_->BookTo(Stage::kWrite);
  AWASE_ASSIGN_OR_RETURN(writer_, artefact::VersionWriter::Create(options_.model_dir));
  return &*writer_;
}

absl::Status VersionStage::Write(artefact::Contents contents) {
  AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kWrite, "write"));
  report_->peak_rss_bytes = PeakRssBytes();
  contents.report_json = trainer::TrainReportToJson(*report_);
  settings_json_ = contents.settings_json;
  // Nothing may be left of a run that fails: once the version stands, a store that could not be written is too late.
  if (store_.has_value()) AWASE_RETURN_IF_ERROR(store_->Wait());
  AWASE_ASSIGN_OR_RETURN(report_->version, writer_->Finish(contents, options_.threads));
  writer_.reset();
  const std::string version_dir = JoinPath(options_.model_dir, report_->version);
  return store_.has_value() ? store_->MoveTo(version_dir) : RemoveOrderStore(version_dir);
}

absl::Status VersionStage::Publish(const promotion::TrainingEvidence& evidence, const report::DumpProfile& profile) {
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> written,
                         artefact::Model::Open(JoinPath(options_.model_dir, report_->version), {.just_written = true}));
  AWASE_RETURN_IF_ERROR(Promote(*written, evidence));
  progress_->AddRows(Stage::kWrite, written->product_count());
  progress_->End();  // the report is to say how long it all took
  report_->peak_rss_bytes = PeakRssBytes();
  return WriteReportPage(*written, profile);
}

absl::Status VersionStage::Promote(const artefact::Model& written, const promotion::TrainingEvidence& evidence) {
  AWASE_ASSIGN_OR_RETURN(report_->promotion, JudgePromotion(options_, written, evidence));
  if (!options_.activate || !report_->promotion.passes()) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(artefact::ActivateWrittenVersion(options_.model_dir, report_->version));
  report_->activated = true;
  return absl::OkStatus();
}

// The version is whole without it: a page that cannot be written is worth a warning.
absl::Status VersionStage::WriteReportPage(const artefact::Model& written, const report::DumpProfile& profile) {
  if (!options_.report) return RemoveReport(JoinPath(options_.model_dir, report_->version));
  progress_->BookTo(Stage::kWrite);
  const absl::Status status =
      trainer_internal::WriteReport(options_, *report_, written, settings_json_, profile, absl::Now());
  progress_->End();
  if (!status.ok()) report_->warnings.push_back(absl::StrCat("no report.html: ", status.message()));
  return absl::OkStatus();
}

}  // namespace awase::trainer_internal
