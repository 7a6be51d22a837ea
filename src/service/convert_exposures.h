#ifndef AWASE_SERVICE_CONVERT_EXPOSURES_H_
#define AWASE_SERVICE_CONVERT_EXPOSURES_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/engine/request.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

// kInvalidArgument, naming what is below `field`, for an event or an intent that there is not and for no time.
absl::StatusOr<engine::Exposure> ExposureFromProto(absl::string_view field, const v1::Exposure& proto);

void ExposureToProto(const engine::Exposure& exposure, v1::Exposure* proto);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_EXPOSURES_H_
