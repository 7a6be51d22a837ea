#include "rules/internal/convert.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "awase/base/money.h"
#include "awase/base/sha256.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/repeated_field.h"

namespace awase::rules_internal {
namespace {

using Strings = ::google::protobuf::RepeatedPtrField<std::string>;

constexpr std::size_t kRevisionDigits = 16;

std::vector<std::string> ToVector(const Strings& strings) { return {strings.begin(), strings.end()}; }

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

Money ToMoney(const v1::Money& money) {
  // The decoder lets only currencies through; without one (a rule that did not decode) any will do.
  return Money{money.minor_units(), CurrencyCode::Parse(money.currency_code()).value_or(CurrencyCode())};
}

rules::Bundle ToBundle(const v1::BundleAction& proto) {
  rules::Bundle bundle;
  bundle.products = ToVector(proto.products());
  bundle.anchor = proto.anchor();
  if (proto.has_price()) bundle.price = ToMoney(proto.price());
  bundle.text = proto.text();
  return bundle;
}

rules::Pin ToPin(const v1::PinAction& proto) {
  rules::Pin pin;
  pin.product = proto.product();
  pin.slot = proto.slot();
  if (proto.has_position()) pin.position = proto.position();
  pin.anchors = ToVector(proto.anchors());
  return pin;
}

rules::Rung ToRung(const v1::RungAction& proto) {
  return {ToVector(proto.products()), proto.author(), proto.text(), proto.forbid()};
}

// Lists that are sets: neither their order nor a repetition means anything.
void SortUnique(Strings* strings) {
  std::sort(strings->begin(), strings->end());
  strings->erase(std::unique(strings->begin(), strings->end()), strings->end());
}

v1::Rule Canonical(const SourceRule& source) {
  v1::Rule rule = *source.proto;
  SortUnique(rule.mutable_placements());
  if (rule.has_hide()) {
    SortUnique(rule.mutable_hide()->mutable_products());
    SortUnique(rule.mutable_hide()->mutable_anchors());
  }
  if (rule.has_pin()) {
    rule.mutable_pin()->set_position(std::get<rules::Pin>(source.rule.action).position);
    SortUnique(rule.mutable_pin()->mutable_anchors());
  }
  if (rule.rung().forbid()) SortUnique(rule.mutable_rung()->mutable_products());
  return rule;
}

}  // namespace

rules::Rule ToRule(const v1::Rule& proto) {
  rules::Rule rule;
  rule.id = proto.id();
  rule.description = proto.description();
  rule.priority = proto.priority();
  rule.placements = ToVector(proto.placements());
  if (proto.has_from()) rule.from = ToTime(proto.from());
  if (proto.has_until()) rule.until = ToTime(proto.until());
  if (proto.has_bundle()) rule.action = ToBundle(proto.bundle());
  if (proto.has_hide()) rule.action = rules::Hide{ToVector(proto.hide().products()), ToVector(proto.hide().anchors())};
  if (proto.has_pin()) rule.action = ToPin(proto.pin());
  if (proto.has_rung()) rule.action = ToRung(proto.rung());
  return rule;
}

std::string RevisionOf(absl::Span<const SourceRule> rules) {
  if (rules.empty()) return "empty";
  v1::RuleSet set;
  for (const SourceRule& rule : rules) *set.add_rules() = Canonical(rule);
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    set.SerializeWithCachedSizes(&coded);
  }
  return Sha256Hex(bytes).substr(0, kRevisionDigits);
}

}  // namespace awase::rules_internal
