#include "service/convert_plans.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/plans/quantity.h"
#include "awase/service/convert.h"

namespace awase::service {
namespace {

// The bounds of google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
constexpr std::int64_t kMinTimestampSeconds = -62135596800;
constexpr std::int64_t kMaxTimestampSeconds = 253402300799;

double Number(plans::Quantity quantity) {
  return static_cast<double>(quantity.micros) / static_cast<double>(plans::kMicrosPerUnit);
}

absl::StatusOr<engine::SubscriptionState> SubscriptionFromProto(const v1::Subscription& proto) {
  engine::SubscriptionState subscription;
  subscription.product_id = proto.product_id();
  if (proto.has_seats()) subscription.seats = proto.seats();
  subscription.option_ids.assign(proto.option_ids().begin(), proto.option_ids().end());
  subscription.kind_of_use = proto.kind_of_use();
  if (proto.has_started_at()) {
    AWASE_ASSIGN_OR_RETURN(subscription.changed_at,
                           TimeFromProto("customer.subscription.started_at", proto.started_at()));
  }
  if (proto.has_changed_at()) {
    AWASE_ASSIGN_OR_RETURN(subscription.changed_at,
                           TimeFromProto("customer.subscription.changed_at", proto.changed_at()));
  }
  return subscription;
}

}  // namespace

absl::StatusOr<absl::Time> TimeFromProto(absl::string_view field, const google::protobuf::Timestamp& proto) {
  if (proto.seconds() < kMinTimestampSeconds || proto.seconds() > kMaxTimestampSeconds || proto.nanos() < 0 ||
      proto.nanos() > 999'999'999) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": want a time of the years 1 to 9999 with nanos from 0 to 999,999,999"));
  }
  return absl::FromUnixSeconds(proto.seconds()) + absl::Nanoseconds(proto.nanos());
}

absl::StatusOr<engine::CustomerState> CustomerFromProto(const v1::Customer& proto) {
  engine::CustomerState customer;
  customer.owned_product_ids.assign(proto.owned_product_ids().begin(), proto.owned_product_ids().end());
  customer.usage.reserve(static_cast<std::size_t>(proto.usage_size()));
  for (const v1::Usage& usage : proto.usage()) {
    absl::StatusOr<plans::Quantity> quantity = plans::QuantityOf(usage.quantity());
    if (!quantity.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("customer.usage[", customer.usage.size(), "].quantity: ", quantity.status().message()));
    }
    customer.usage.push_back({usage.metric(), *quantity, usage.period()});
  }
  if (proto.has_subscription()) {
    AWASE_ASSIGN_OR_RETURN(customer.subscription, SubscriptionFromProto(proto.subscription()));
  }
  return customer;
}

void CustomerToProto(const engine::CustomerState& customer, v1::Customer* proto) {
  for (const std::string& id : customer.owned_product_ids) proto->add_owned_product_ids(id);
  for (const plans::UsageRecord& record : customer.usage) {
    v1::Usage* usage = proto->add_usage();
    usage->set_metric(record.metric);
    usage->set_quantity(Number(record.quantity));
    usage->set_period(record.period);
  }
  if (!customer.subscription.has_value()) return;
  const engine::SubscriptionState& subscription = *customer.subscription;
  v1::Subscription* out = proto->mutable_subscription();
  out->set_product_id(subscription.product_id);
  if (subscription.seats.has_value()) out->set_seats(*subscription.seats);
  for (const std::string& id : subscription.option_ids) out->add_option_ids(id);
  out->set_kind_of_use(subscription.kind_of_use);
  if (!subscription.changed_at.has_value()) return;
  const absl::Time whole = absl::FromUnixSeconds(absl::ToUnixSeconds(*subscription.changed_at));
  out->mutable_changed_at()->set_seconds(absl::ToUnixSeconds(whole));
  out->mutable_changed_at()->set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(*subscription.changed_at - whole)));
}

void PlanChangeToProto(const engine::PlanChange& change, const artefact::Model& model, v1::PlanChange* proto) {
  proto->set_seats(change.seats);
  for (const ProductIndex option : change.options)
    proto->add_option_ids(std::string(model.product(option).product_id()));
  proto->set_periods(change.periods);
  proto->set_interval(change.interval);
  MoneyToProto(change.cost_now, proto->mutable_cost_now());
  MoneyToProto(change.cost_then, proto->mutable_cost_then());
  MoneyToProto({change.cost_now.minor_units - change.cost_then.minor_units, change.cost_now.currency},
               proto->mutable_saving());
  for (const plans::NearLimit& near : change.near_limits) {
    v1::NearLimit* limit = proto->add_near_limits();
    limit->set_metric(near.metric);
    limit->set_used(Number(near.use));
    limit->set_limit(Number(near.limit));
    limit->set_hard(near.is_hard);
  }
}

}  // namespace awase::service
