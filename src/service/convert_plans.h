#ifndef AWASE_SERVICE_CONVERT_PLANS_H_
#define AWASE_SERVICE_CONVERT_PLANS_H_

// Part of convert.h: what is known of a customer, and changes of plan.

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/engine/answer.h"
#include "awase/engine/request.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

// kInvalidArgument, starting with `field`, for a time that google.protobuf.Timestamp does not allow.
absl::StatusOr<absl::Time> TimeFromProto(absl::string_view field, const google::protobuf::Timestamp& proto);

// kInvalidArgument, naming the field, for a quantity that is no number of 0 or more, and for an impossible time or day.
absl::StatusOr<engine::CustomerState> CustomerFromProto(const v1::Customer& proto);
void CustomerToProto(const engine::CustomerState& customer, v1::Customer* proto);

// Everything but the products `from` and `to`.
void PlanChangeToProto(const engine::PlanChange& change, const artefact::Model& model, v1::PlanChange* proto);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_PLANS_H_
