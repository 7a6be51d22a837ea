#include "rules/internal/convert_condition.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/base/calendar_day.h"
#include "awase/base/money.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "rules/internal/condition_scalars.h"
#include "rules/internal/convert_fields.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Range;

// [at_least, below); nothing is below the least number of all.
void SetBelow(std::int64_t below, Range* range) { range->high = below == INT64_MIN ? INT64_MIN : below - 1; }

rules::MoneyRange ToRange(const v1::MoneyRange& proto) {
  rules::MoneyRange range;
  const v1::Money& either = proto.has_at_least() ? proto.at_least() : proto.below();
  range.currency = CurrencyCode::Parse(either.currency_code()).value_or(CurrencyCode());
  if (proto.has_at_least()) range.minor_units.low = proto.at_least().minor_units();
  if (proto.has_below()) SetBelow(proto.below().minor_units(), &range.minor_units);
  return range;
}

Range ToRange(const v1::CountRange& proto) {
  Range range;
  if (proto.has_at_least()) range.low = proto.at_least();
  if (proto.has_below()) SetBelow(proto.below(), &range);
  return range;
}

Range ToRange(const v1::ScoreRange& proto) {
  Range range;
  if (proto.has_at_least()) range.low = proto.at_least();
  if (proto.has_at_most()) range.high = proto.at_most();
  return range;
}

Range ToRange(const v1::DayRange& proto) {
  Range range = {.low = proto.at_least()};
  if (proto.has_at_most()) range.high = proto.at_most();
  return range;
}

Range ToRange(const v1::PercentRange& proto) {
  Range range;
  if (!proto.at_least().empty()) range.low = ParsePercentage(proto.at_least(), kMostUsagePercent).value_or(0);
  if (!proto.below().empty()) SetBelow(ParsePercentage(proto.below(), kMostUsagePercent).value_or(0), &range);
  return range;
}

rules::ProductFilter ToFilter(const v1::ProductSet& proto) {
  rules::ProductFilter filter;
  filter.products = ToWords(proto.products());
  filter.categories = ToWords(proto.categories());
  filter.brands = ToWords(proto.brands());
  filter.product_types = ToWords(proto.product_types());
  filter.authors = ToWords(proto.authors());
  filter.series = ToWords(proto.series());
  filter.tags = ToWords(proto.tags());
  for (const auto& [name, values] : proto.attributes()) filter.attributes.push_back({name, ToWords(values.values())});
  std::sort(filter.attributes.begin(), filter.attributes.end());
  if (proto.has_price()) filter.price = ToRange(proto.price());
  return filter;
}

}  // namespace

rules::MoneyRange ToMoneyRange(const v1::MoneyRange& proto) { return ToRange(proto); }
rules::Range ToPartsRange(const v1::PercentRange& proto) { return ToRange(proto); }

rules::ProductSet ToSet(const v1::ProductSet& proto) {
  rules::ProductSet set{ToFilter(proto), std::nullopt};
  if (proto.has_not_()) set.not_in = ToFilter(proto.not_());
  return set;
}

namespace {

rules::CartCondition ToCart(const v1::CartCondition& proto) {
  rules::CartCondition cart;
  if (proto.has_contains()) cart.contains = ToSet(proto.contains());
  if (proto.has_lacks()) cart.lacks = ToSet(proto.lacks());
  if (proto.has_total()) cart.total = ToRange(proto.total());
  if (proto.has_quantity()) cart.quantity = ToRange(proto.quantity());
  return cart;
}

rules::CustomerCondition ToCustomer(const v1::CustomerCondition& proto) {
  rules::CustomerCondition customer;
  customer.segments = ToWords(proto.segments());
  customer.lacks_segments = ToWords(proto.lacks_segments());
  customer.tiers = ToWords(proto.tiers());
  if (proto.has_nps()) customer.nps = ToRange(proto.nps());
  if (proto.has_health()) customer.health = ToRange(proto.health());
  customer.interests = ToWords(proto.interests());
  if (proto.has_owns()) customer.owns = ToSet(proto.owns());
  if (proto.has_lacks()) customer.lacks = ToSet(proto.lacks());
  customer.milestones = ToWords(proto.milestones());
  customer.milestones_missing = ToWords(proto.milestones_missing());
  customer.birthday_month = proto.birthday_month();
  if (proto.has_days_to_renewal()) customer.days_to_renewal = ToRange(proto.days_to_renewal());
  if (proto.has_days_to_trial_end()) customer.days_to_trial_end = ToRange(proto.days_to_trial_end());
  if (proto.has_usage()) customer.usage = {proto.usage().metric(), ToRange(proto.usage().of_limit())};
  return customer;
}

rules::Hours ToHours(const v1::Hours& proto) {
  rules::Hours hours;
  if (!proto.from().empty()) hours.from = ParseTimeOfDay(proto.from()).value_or(hours.from);
  if (!proto.until().empty()) hours.until = ParseTimeOfDay(proto.until()).value_or(hours.until);
  if (proto.days().empty()) return hours;
  hours.days.fill(false);
  for (const std::string& name : proto.days()) {
    if (const std::optional<std::size_t> day = FindDay(name)) hours.days[*day] = true;
  }
  return hours;
}

}  // namespace

void MakeCanonical(v1::ProductSet* set) {
  for (Strings* list :
       {set->mutable_products(), set->mutable_categories(), set->mutable_brands(), set->mutable_product_types(),
        set->mutable_authors(), set->mutable_series(), set->mutable_tags()}) {
    SortUnique(list);
  }
  for (auto& [name, values] : *set->mutable_attributes()) SortUnique(values.mutable_values());
  if (set->has_not_()) MakeCanonical(set->mutable_not_());
}

namespace {

void MakeCanonical(v1::Hours* hours) {
  SortUnique(hours->mutable_days());
  if (hours->from() == "00:00") hours->clear_from();
  if (hours->until() == "24:00") hours->clear_until();
}

// As parts of a million.
void MakePercentageCanonical(std::string* percentage) {
  if (!percentage->empty()) *percentage = absl::StrCat(ParsePercentage(*percentage, kMostUsagePercent).value_or(0));
}

void MakeCanonical(v1::CustomerCondition* customer) {
  for (Strings* list :
       {customer->mutable_segments(), customer->mutable_lacks_segments(), customer->mutable_tiers(),
        customer->mutable_interests(), customer->mutable_milestones(), customer->mutable_milestones_missing()}) {
    SortUnique(list);
  }
  if (customer->has_owns()) rules_internal::MakeCanonical(customer->mutable_owns());
  if (customer->has_lacks()) rules_internal::MakeCanonical(customer->mutable_lacks());
  if (!customer->has_usage()) return;
  rules_internal::MakeCanonical(customer->mutable_usage()->mutable_of_limit());
}

}  // namespace

void MakeCanonical(v1::PercentRange* range) {
  for (std::string* end : {range->mutable_at_least(), range->mutable_below()}) MakePercentageCanonical(end);
}

rules::Condition ToCondition(const v1::Condition& proto) {
  rules::Condition condition;
  if (proto.has_anchor()) condition.anchor = ToSet(proto.anchor());
  condition.cart = ToCart(proto.cart());
  condition.customer = ToCustomer(proto.customer());
  if (proto.has_every_year()) {
    condition.every_year = {ParseMonthDay(proto.every_year().from()).value_or(MonthDay()),
                            ParseMonthDay(proto.every_year().until()).value_or(MonthDay())};
  }
  if (proto.has_hours()) condition.hours = ToHours(proto.hours());
  if (!proto.time_zone().empty()) condition.time_zone = FindTimeZone(proto.time_zone()).value_or(absl::UTCTimeZone());
  condition.channels = ToWords(proto.channels());
  if (proto.has_traffic()) {
    condition.traffic = {ParsePercentage(proto.traffic().share(), 100).value_or(0), proto.traffic().salt()};
  }
  return condition;
}

void MakeCanonical(v1::Condition* proto) {
  if (proto->has_anchor()) MakeCanonical(proto->mutable_anchor());
  if (proto->cart().has_contains()) MakeCanonical(proto->mutable_cart()->mutable_contains());
  if (proto->cart().has_lacks()) MakeCanonical(proto->mutable_cart()->mutable_lacks());
  if (proto->has_customer()) MakeCanonical(proto->mutable_customer());
  if (proto->has_hours()) MakeCanonical(proto->mutable_hours());
  if (proto->time_zone() == "UTC") proto->clear_time_zone();
  SortUnique(proto->mutable_channels());
  if (proto->has_traffic()) MakePercentageCanonical(proto->mutable_traffic()->mutable_share());
}

std::string DeterministicBytes(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

std::string ConditionKeyOf(const v1::Rule& rule) {
  if (!rule.has_when()) return "";
  v1::Condition when = rule.when();
  MakeCanonical(&when);
  // Without a salt equal shares of traffic are those of two rules: of other customers.
  if (when.has_traffic() && when.traffic().salt().empty()) when.mutable_traffic()->set_salt(rule.id());
  return absl::StrCat("when:", DeterministicBytes(when));
}

}  // namespace awase::rules_internal
