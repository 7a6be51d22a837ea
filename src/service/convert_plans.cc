#include "service/convert_plans.h"

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "awase/base/calendar_day.h"
#include "awase/base/status_macros.h"
#include "awase/plans/quantity.h"
#include "awase/service/convert.h"
#include "service/convert_exposures.h"

namespace awase::service {
namespace {

// The bounds of google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
constexpr std::int64_t kMinTimestampSeconds = -62135596800;
constexpr std::int64_t kMaxTimestampSeconds = 253402300799;

double Number(plans::Quantity quantity) {
  return static_cast<double>(quantity.micros) / static_cast<double>(plans::kMicrosPerUnit);
}

// Nothing for an empty text. kInvalidArgument, naming the field, for one that is no day.
absl::StatusOr<std::optional<absl::CivilDay>> DayFromProto(absl::string_view field, const std::string& text) {
  if (text.empty()) return std::optional<absl::CivilDay>();
  const absl::StatusOr<absl::CivilDay> day = ParseDay(text);
  if (!day.ok()) return Annotate(day.status(), field);
  return std::optional<absl::CivilDay>(*day);
}

absl::StatusOr<std::optional<MonthDay>> BirthdayFromProto(const std::string& text) {
  if (text.empty()) return std::optional<MonthDay>();
  if (const absl::StatusOr<absl::CivilDay> day = ParseDay(text); day.ok()) {
    return std::optional<MonthDay>(MonthDay{day->month(), day->day()});
  }
  const absl::StatusOr<MonthDay> day = ParseMonthDay(text);
  if (!day.ok()) return Annotate(day.status(), "customer.birthday");
  return std::optional<MonthDay>(*day);
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
  AWASE_ASSIGN_OR_RETURN(subscription.renews_on, DayFromProto("customer.subscription.renews_on", proto.renews_on()));
  AWASE_ASSIGN_OR_RETURN(subscription.trial_ends_on,
                         DayFromProto("customer.subscription.trial_ends_on", proto.trial_ends_on()));
  return subscription;
}

void SubscriptionToProto(const engine::SubscriptionState& subscription, v1::Subscription* out) {
  out->set_product_id(subscription.product_id);
  if (subscription.seats.has_value()) out->set_seats(*subscription.seats);
  for (const std::string& id : subscription.option_ids) out->add_option_ids(id);
  out->set_kind_of_use(subscription.kind_of_use);
  if (subscription.renews_on.has_value()) out->set_renews_on(absl::FormatCivilTime(*subscription.renews_on));
  if (subscription.trial_ends_on.has_value()) {
    out->set_trial_ends_on(absl::FormatCivilTime(*subscription.trial_ends_on));
  }
  if (subscription.changed_at.has_value()) TimeToProto(*subscription.changed_at, out->mutable_changed_at());
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
  customer.id = proto.id();
  customer.segments.assign(proto.segments().begin(), proto.segments().end());
  customer.tier = proto.tier();
  if (proto.has_nps()) customer.nps = proto.nps();
  if (proto.has_health()) customer.health = proto.health();
  customer.interests.assign(proto.interests().begin(), proto.interests().end());
  customer.milestones.assign(proto.milestones().begin(), proto.milestones().end());
  AWASE_ASSIGN_OR_RETURN(customer.birthday, BirthdayFromProto(proto.birthday()));
  customer.exposures.reserve(static_cast<std::size_t>(proto.exposures_size()));
  for (const v1::Exposure& exposure : proto.exposures()) {
    const std::string field = absl::StrCat("customer.exposures[", customer.exposures.size(), "]");
    AWASE_ASSIGN_OR_RETURN(customer.exposures.emplace_back(), ExposureFromProto(field, exposure));
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
  proto->set_id(customer.id);
  for (const std::string& segment : customer.segments) proto->add_segments(segment);
  proto->set_tier(customer.tier);
  if (customer.nps.has_value()) proto->set_nps(*customer.nps);
  if (customer.health.has_value()) proto->set_health(*customer.health);
  for (const std::string& interest : customer.interests) proto->add_interests(interest);
  for (const std::string& milestone : customer.milestones) proto->add_milestones(milestone);
  if (customer.birthday.has_value()) proto->set_birthday(FormatMonthDay(*customer.birthday));
  if (customer.subscription.has_value()) SubscriptionToProto(*customer.subscription, proto->mutable_subscription());
  for (const engine::Exposure& exposure : customer.exposures) ExposureToProto(exposure, proto->add_exposures());
}

void PlanChangeToProto(const engine::PlanChange& change, const artefact::Model& model, v1::PlanChange* proto) {
  proto->set_seats(change.seats);
  for (const ProductIndex option : change.options)
    proto->add_option_ids(std::string(model.product(option).product_id()));
  proto->set_periods(change.periods);
  proto->set_interval(change.interval);
  MoneyToProto(change.fee_now, proto->mutable_fee_now());
  MoneyToProto(change.fee_then, proto->mutable_fee_then());
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
