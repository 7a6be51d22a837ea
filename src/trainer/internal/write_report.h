#ifndef AWASE_TRAINER_INTERNAL_WRITE_REPORT_H_
#define AWASE_TRAINER_INTERNAL_WRITE_REPORT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/report/dump_profile.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// Writes report.html beside `version`, which lies in options.model_dir, over what an earlier run left there. Nothing
// that could name a customer gets into it: samples of dropped rows stay out.
absl::Status WriteReport(const trainer::TrainOptions& options, const trainer::TrainReport& report,
                         const artefact::Model& version, const std::string& settings_json,
                         const report::DumpProfile& profile, absl::Time now);

// Of a version that an earlier run may have given one.
absl::Status RemoveReport(const std::string& version_dir);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_WRITE_REPORT_H_
