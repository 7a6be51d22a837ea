#include "bound_selection.h"

#include <cstdint>
#include <string>
#include <utility>

namespace awase::engine {
namespace {

double FactorOf(std::int64_t parts) { return static_cast<double>(parts) / rules::kFactorParts; }

}  // namespace

SlotMask BindSlots(const rules::Words& names) {
  SlotMask mask = 0;
  for (const std::string& name : names) {
    if (const SlotSpec* slot = FindStandardSlot(name)) mask = static_cast<SlotMask>(mask | MaskOf(slot->kind));
  }
  return mask;
}

void BoundSelection::Add(const artefact::Model& model, const BoundRule& rule, const rules::Boost& boost,
                         ConditionIndex& index) {
  AddWeight(model, {rule, BoundSet(model, boost.matching), FactorOf(boost.by_parts)}, index);
}

void BoundSelection::Add(const artefact::Model& model, const BoundRule& rule, const rules::Bury& bury,
                         ConditionIndex& index) {
  const double factor = bury.by_parts.has_value() ? 1 / FactorOf(*bury.by_parts) : 1;
  AddWeight(model, {rule, BoundSet(model, bury.matching), factor, !bury.by_parts.has_value()}, index);
}

void BoundSelection::Add(const artefact::Model& model, const BoundRule& rule, const rules::Require& require,
                         ConditionIndex& index) {
  index.Add(RuleList::kRequirements, static_cast<std::uint32_t>(requirements.size()), rule.condition);
  BoundRequirement& bound = requirements.emplace_back(BoundRequirement{rule, BindSlots(require.slots)});
  if (require.matching.has_value()) bound.set.emplace(model, *require.matching);
  bound.same = &require.same;
}

void BoundSelection::Add(const artefact::Model& model, const BoundRule& rule, const rules::DoNotAssociate& apart) {
  const auto place = static_cast<std::uint32_t>(separations.size());
  BoundSeparation& bound = separations.emplace_back(BoundSeparation{rule, BoundSet(model, apart.these), std::nullopt});
  if (apart.with.has_value()) bound.with.emplace(model, *apart.with);
  const bool has_words =
      separations_by_side.Add(place, bound.these) && (!bound.with || separations_by_side.Add(place, *bound.with));
  if (!has_words) separations_by_side.AddForAll(place);
}

void BoundSelection::Add(const artefact::Model& model, const BoundRule& rule, const rules::Quota& quota,
                         ConditionIndex& index) {
  index.Add(RuleList::kQuotas, static_cast<std::uint32_t>(quotas.size()), rule.condition);
  quotas.push_back({rule, BoundSet(model, quota.matching), quota.at_least});
}

void BoundSelection::Add(const BoundRule& rule, const rules::PriceBand& band, ConditionIndex& index) {
  index.Add(RuleList::kPriceBands, static_cast<std::uint32_t>(price_bands.size()), rule.condition);
  price_bands.push_back({rule, BindSlots(band.slots), &band});
}

void BoundSelection::AddWeight(const artefact::Model& model, BoundWeight weight, ConditionIndex& index) {
  const auto place = static_cast<std::uint32_t>(weights.size());
  if (!weights_by_subject.Add(model, place, weight.set)) index.Add(RuleList::kWeights, place, weight.rule.condition);
  weights.push_back(std::move(weight));
}

}  // namespace awase::engine
