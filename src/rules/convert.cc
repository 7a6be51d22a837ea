#include "rules/internal/convert.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/base/money.h"
#include "awase/base/sha256.h"
#include "rules/internal/condition_scalars.h"
#include "rules/internal/convert_condition.h"
#include "rules/internal/convert_fields.h"
#include "rules/internal/convert_price_actions.h"
#include "rules/internal/convert_selection.h"

namespace awase::rules_internal {
namespace {

constexpr std::size_t kRevisionDigits = 16;

std::vector<std::string> ToVector(const Strings& strings) { return {strings.begin(), strings.end()}; }

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

rules::Bundle ToBundle(const v1::BundleAction& proto) {
  rules::Bundle bundle;
  bundle.products = ToVector(proto.products());
  bundle.anchor = proto.anchor();
  if (proto.has_price()) bundle.price = ToMoney(proto.price());
  bundle.text = proto.text();
  AddGroupsAndMargin(proto, &bundle);
  return bundle;
}

rules::Hide ToHide(const v1::HideAction& proto) {
  rules::Hide hide{ToVector(proto.products()), ToVector(proto.anchors())};
  if (proto.has_matching()) hide.matching = ToSet(proto.matching());
  return hide;
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

rules::Cap ToCap(const v1::CapAction& proto) {
  rules::Cap cap;
  cap.per = proto.per();
  if (proto.has_matching() || !proto.products().empty()) cap.matching = ToSubject(proto.products(), proto.matching());
  if (proto.has_at_most()) cap.at_most = proto.at_most();
  cap.slots = ToVector(proto.slots());
  if (cap.slots.empty() && proto.within().empty()) cap.slots.emplace_back(rules::kDefaultCapSlot);
  if (!proto.within().empty()) cap.within = ParseTimeSpan(proto.within()).value_or(absl::ZeroDuration());
  cap.intents = ToVector(proto.intents());
  std::sort(cap.intents.begin(), cap.intents.end());
  if (proto.after() == kAfterDismissed) cap.after = rules::Cap::After::kDismissed;
  if (proto.after() == kAfterBought) cap.after = rules::Cap::After::kBought;
  return cap;
}

rules::Gate ToGate(const v1::GateAction& proto) { return {ToVector(proto.intents()), proto.open(), proto.text()}; }

void MakeCapCanonical(v1::CapAction* cap) {
  MakeSubjectCanonical(cap);
  if (cap->slots().empty() && cap->within().empty()) cap->add_slots(rules::kDefaultCapSlot);
  SortUnique(cap->mutable_slots());
  SortUnique(cap->mutable_intents());
  if (cap->within().empty()) return;
  const absl::Duration within = ParseTimeSpan(cap->within()).value_or(absl::ZeroDuration());
  cap->set_within(absl::StrCat(absl::ToInt64Hours(within), "h"));
}

v1::Rule Canonical(const SourceRule& source) {
  v1::Rule rule = *source.proto;
  SortUnique(rule.mutable_placements());
  if (rule.has_when()) MakeCanonical(rule.mutable_when());
  if (rule.has_bundle()) MakeCanonical(rule.mutable_bundle());
  if (rule.has_hide()) {
    SortUnique(rule.mutable_hide()->mutable_products());
    SortUnique(rule.mutable_hide()->mutable_anchors());
    if (rule.hide().has_matching()) MakeCanonical(rule.mutable_hide()->mutable_matching());
  }
  if (rule.has_pin()) {
    rule.mutable_pin()->set_position(std::get<rules::Pin>(source.rule.action).position);
    SortUnique(rule.mutable_pin()->mutable_anchors());
  }
  if (rule.has_stop()) SortUnique(rule.mutable_stop()->mutable_actions());
  if (rule.has_gate()) SortUnique(rule.mutable_gate()->mutable_intents());
  if (rule.rung().forbid()) SortUnique(rule.mutable_rung()->mutable_products());
  MakeSelectionCanonical(&rule);
  if (rule.has_discount()) MakeCanonical(rule.mutable_discount());
  if (rule.has_cap()) MakeCapCanonical(rule.mutable_cap());
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
  if (proto.has_when()) rule.when = ToCondition(proto.when());
  if (proto.has_bundle()) rule.action = ToBundle(proto.bundle());
  if (proto.has_hide()) rule.action = ToHide(proto.hide());
  if (proto.has_pin()) rule.action = ToPin(proto.pin());
  if (proto.has_rung()) rule.action = ToRung(proto.rung());
  if (proto.has_boost()) rule.action = ToBoost(proto.boost());
  if (proto.has_bury()) rule.action = ToBury(proto.bury());
  if (proto.has_require()) rule.action = ToRequire(proto.require());
  if (proto.has_do_not_associate()) rule.action = ToDoNotAssociate(proto.do_not_associate());
  if (proto.has_price_band()) rule.action = ToPriceBand(proto.price_band());
  if (proto.has_quota()) rule.action = ToQuota(proto.quota());
  if (proto.has_discount()) rule.action = ToDiscount(proto.discount());
  if (proto.has_benefit()) rule.action = ToBenefit(proto.benefit());
  if (proto.has_cap()) rule.action = ToCap(proto.cap());
  if (proto.has_gate()) rule.action = ToGate(proto.gate());
  if (proto.has_stop()) rule.action = rules::Stop{ToVector(proto.stop().actions())};
  return rule;
}

std::string RevisionOf(absl::Span<const SourceRule> rules) {
  if (rules.empty()) return "empty";
  v1::RuleSet set;
  for (const SourceRule& rule : rules) *set.add_rules() = Canonical(rule);
  return Sha256Hex(DeterministicBytes(set)).substr(0, kRevisionDigits);
}

}  // namespace awase::rules_internal
