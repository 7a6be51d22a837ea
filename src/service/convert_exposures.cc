#include "service/convert_exposures.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "service/convert_plans.h"

namespace awase::service {

absl::StatusOr<engine::Exposure> ExposureFromProto(absl::string_view field, const v1::Exposure& proto) {
  engine::Exposure exposure;
  exposure.product_id = proto.product_id();
  if (!v1::Intent_IsValid(proto.intent())) {
    return absl::InvalidArgumentError(absl::StrCat(field, ".intent: ", static_cast<int>(proto.intent()),
                                                   " is not one of CROSS_SELL, UP_SELL, DOWN_SELL"));
  }
  // The engine's enums count from zero in the order of the proto's, which start with UNSPECIFIED.
  if (proto.intent() != v1::INTENT_UNSPECIFIED) exposure.intent = static_cast<engine::Intent>(proto.intent() - 1);
  if (!v1::Exposure::Event_IsValid(proto.event())) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ".event: ", static_cast<int>(proto.event()), " is not one of SHOWN, DISMISSED, BOUGHT"));
  }
  exposure.event = static_cast<engine::ExposureEvent>(std::max<int>(proto.event(), v1::Exposure::SHOWN) - 1);
  if (!proto.has_time()) return absl::InvalidArgumentError(absl::StrCat(field, ".time: missing: want when it was"));
  AWASE_ASSIGN_OR_RETURN(exposure.time, TimeFromProto(absl::StrCat(field, ".time"), proto.time()));
  return exposure;
}

void ExposureToProto(const engine::Exposure& exposure, v1::Exposure* proto) {
  proto->set_product_id(exposure.product_id);
  if (exposure.intent.has_value()) proto->set_intent(IntentToProto(*exposure.intent));
  proto->set_event(static_cast<v1::Exposure::Event>(static_cast<int>(exposure.event) + 1));
  TimeToProto(exposure.time, proto->mutable_time());
}

}  // namespace awase::service
