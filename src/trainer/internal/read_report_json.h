#ifndef AWASE_TRAINER_INTERNAL_READ_REPORT_JSON_H_
#define AWASE_TRAINER_INTERNAL_READ_REPORT_JSON_H_

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "awase/ingest/read_dump.h"

namespace awase::trainer_internal {

// As it stands in the manifest and in the order store.
nlohmann::json ReadReportToJson(const ingest::ReadReport& report);

// The reverse. kDataLoss for anything else.
absl::StatusOr<ingest::ReadReport> ReadReportFromJson(const nlohmann::json& json);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_READ_REPORT_JSON_H_
