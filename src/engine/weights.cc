#include "weights.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "bound_rules.h"
#include "candidates.h"
#include "eligibility.h"

namespace awase::engine {
namespace {

const BoundSelection& Bound(const Context& context) { return context.snapshot.bound_rules().selection; }

bool MayWeighRoot(const Context& context, ProductIndex root) {
  return !context.selection.weights.empty() || !Bound(context).weights_by_subject.Listing(root).empty();
}

// The variant of the root that would be offered in also_bought, or in the bundle slot.
ProductIndex OfferedOf(const Context& context, SlotKind slot, ProductIndex root) {
  const PriceNeed need = slot == SlotKind::kBundle ? PriceNeed::kRequired : PriceNeed::kSameIfAny;
  return JudgeVariants(context, slot, root, need).product;
}

}  // namespace

bool MayWeigh(const Context& context) { return !Bound(context).weights.empty(); }

WeightRules WeightRulesOf(const Context& context, ProductIndex product) {
  WeightRules rules;
  for (const BoundWeight* weight : context.selection.weights) {
    if (weight->set.Has(context.model, product)) rules.push_back(weight);
  }
  const BoundSelection& bound = Bound(context);
  for (const std::uint32_t place : bound.weights_by_subject.Listing(context.model.root(product))) {
    const BoundWeight& weight = bound.weights[place];
    if (weight.set.Has(context.model, product) && Applies(context, weight.rule)) rules.push_back(&weight);
  }
  // Addresses rise with rank: the weights of a snapshot are one vector, filled in the order of the rule set.
  std::sort(rules.begin(), rules.end());
  return rules;
}

Weight WeightOf(const Context& context, ProductIndex product) {
  Weight sum;
  for (const BoundWeight* weight : WeightRulesOf(context, product)) {
    sum.factor *= weight->factor;
    sum.is_last |= weight->is_last;
  }
  sum.factor = std::clamp(sum.factor, 1 / kMostWeight, kMostWeight);
  return sum;
}

Weight WeightOfRoot(const Context& context, SlotKind slot, ProductIndex root) {
  if (!MayWeighRoot(context, root)) return {};
  return WeightOf(context, OfferedOf(context, slot, root));
}

const rules::Rule* BuryingRule(const Context& context, SlotKind slot, ProductIndex root) {
  if (!MayWeighRoot(context, root)) return nullptr;
  const WeightRules rules = WeightRulesOf(context, OfferedOf(context, slot, root));
  const auto buries = [](const BoundWeight* weight) { return weight->is_last || weight->factor < 1; };
  const auto first = std::find_if(rules.begin(), rules.end(), buries);
  return first == rules.end() ? nullptr : (*first)->rule.rule;
}

void WeighCandidates(const Context& context, SlotDraft& draft, Candidates& candidates) {
  if (!MayWeigh(context) || draft.spec.kind != SlotKind::kAlsoBought) return;
  bool any = false;
  for (Candidate& candidate : candidates) {
    if (WhyNotByEntry(context, candidate).has_value() || draft.FindChosen(candidate.root) != nullptr) continue;
    const Weight weight = WeightOfRoot(context, draft.spec.kind, candidate.root);
    if (weight == Weight()) continue;
    candidate.score *= weight.factor;
    candidate.is_last = weight.is_last;
    any = true;
  }
  if (!any) return;
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.is_last, IsBackedOff(a), -a.score) < std::tuple(b.is_last, IsBackedOff(b), -b.score);
  });
}

}  // namespace awase::engine
