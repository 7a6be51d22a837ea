#include "rules/internal/convert_selection.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "rules/internal/condition_scalars.h"
#include "rules/internal/convert_condition.h"
#include "rules/internal/convert_fields.h"

namespace awase::rules_internal {
namespace {

// What is offered beside a product, not instead of it.
rules::Words SlotsOf(const Strings& slots) {
  return slots.empty() ? rules::Words{"also_bought", "bundle"} : ToWords(slots);
}

void MakeSlotsCanonical(Strings* slots) {
  const rules::Words all = SlotsOf(*slots);
  *slots = {all.begin(), all.end()};
}

void MakeFactorCanonical(std::string* factor) {
  if (!factor->empty()) *factor = absl::StrCat(ParseFactor(*factor).value_or(0));
}

}  // namespace

rules::Boost ToBoost(const v1::BoostAction& proto) {
  return {ToSubject(proto.products(), proto.matching()), ParseFactor(proto.by()).value_or(rules::kFactorParts)};
}

rules::Bury ToBury(const v1::BuryAction& proto) {
  rules::Bury bury{ToSubject(proto.products(), proto.matching()), std::nullopt};
  if (!proto.by().empty()) bury.by_parts = ParseFactor(proto.by()).value_or(rules::kFactorParts);
  return bury;
}

rules::Require ToRequire(const v1::RequireAction& proto) {
  rules::Require require;
  if (proto.has_matching() || !proto.products().empty()) {
    require.matching = ToSubject(proto.products(), proto.matching());
  }
  require.same = ToWords(proto.same());
  require.slots = SlotsOf(proto.slots());
  return require;
}

rules::DoNotAssociate ToDoNotAssociate(const v1::DoNotAssociateAction& proto) {
  rules::DoNotAssociate apart{ToSet(proto.these()), std::nullopt};
  if (proto.has_with()) apart.with = ToSet(proto.with());
  return apart;
}

rules::Quota ToQuota(const v1::QuotaAction& proto) {
  return {ToSubject(proto.products(), proto.matching()), proto.at_least()};
}

rules::PriceBand ToPriceBand(const v1::PriceBandAction& proto) {
  rules::PriceBand band;
  if (proto.has_of_anchor()) band.parts_of_anchor = ToPartsRange(proto.of_anchor());
  if (proto.has_of_cart()) band.parts_of_cart = ToPartsRange(proto.of_cart());
  if (proto.has_price()) band.price = ToMoneyRange(proto.price());
  band.slots = SlotsOf(proto.slots());
  return band;
}

void MakeSelectionCanonical(v1::Rule* rule) {
  if (rule->has_boost()) {
    MakeSubjectCanonical(rule->mutable_boost());
    MakeFactorCanonical(rule->mutable_boost()->mutable_by());
  }
  if (rule->has_bury()) {
    MakeSubjectCanonical(rule->mutable_bury());
    MakeFactorCanonical(rule->mutable_bury()->mutable_by());
  }
  if (rule->has_require()) {
    MakeSubjectCanonical(rule->mutable_require());
    SortUnique(rule->mutable_require()->mutable_same());
    MakeSlotsCanonical(rule->mutable_require()->mutable_slots());
  }
  if (rule->has_do_not_associate()) {
    v1::DoNotAssociateAction& apart = *rule->mutable_do_not_associate();
    if (apart.has_these()) MakeCanonical(apart.mutable_these());
    if (apart.has_with()) MakeCanonical(apart.mutable_with());
  }
  if (rule->has_price_band()) {
    v1::PriceBandAction& band = *rule->mutable_price_band();
    if (band.has_of_anchor()) MakeCanonical(band.mutable_of_anchor());
    if (band.has_of_cart()) MakeCanonical(band.mutable_of_cart());
    MakeSlotsCanonical(band.mutable_slots());
  }
  if (rule->has_quota()) {
    MakeSubjectCanonical(rule->mutable_quota());
    rule->mutable_quota()->set_slot("also_bought");
  }
}

}  // namespace awase::rules_internal
