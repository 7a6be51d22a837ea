#include "selection_rules.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "applying_rules.h"
#include "exclusion_rules.h"

namespace awase::engine {
namespace {

absl::InlinedVector<const BoundSeparation*, 4> FindSeparations(const Context& context) {
  const BoundSelection& selection = context.snapshot.bound_rules().selection;
  if (selection.separations.empty()) return {};
  RulePlaces places;
  const auto add = [&](ProductIndex product) {
    const RulePlaces about = selection.separations_by_side.MayHave(context.model, product);
    places.insert(places.end(), about.begin(), about.end());
  };
  for (const ProductIndex seed : context.seeds) add(seed);
  for (const KnownCartLine& line : context.cart) add(line.product);
  return ApplyingRules(context, selection.separations, places);
}

}  // namespace

SelectionRules FindSelectionRules(const Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  SelectionRules found;
  found.hides = ApplyingRules(context, bound.hides, RuleList::kHides);
  const auto elsewhere = [&](const BoundHide* hide) { return !IsOnPage(context, hide->anchors); };
  found.hides.erase(std::remove_if(found.hides.begin(), found.hides.end(), elsewhere), found.hides.end());
  const BoundSelection& selection = bound.selection;
  found.weights = ApplyingRules(context, selection.weights, RuleList::kWeights);
  found.separations = FindSeparations(context);
  found.requirements = ApplyingRules(context, selection.requirements, RuleList::kRequirements);
  found.quotas = ApplyingRules(context, selection.quotas, RuleList::kQuotas);
  found.price_bands = ApplyingRules(context, selection.price_bands, RuleList::kPriceBands);
  return found;
}

}  // namespace awase::engine
