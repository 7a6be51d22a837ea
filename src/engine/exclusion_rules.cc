#include "exclusion_rules.h"

#include <algorithm>

#include "bound_rules.h"
#include "kept_apart.h"
#include "price_bands.h"
#include "requirements.h"

namespace awase::engine {
namespace {

bool Names(const BoundAnchors& anchors, ProductIndex product) {
  return std::binary_search(anchors.products.begin(), anchors.products.end(), product);
}

}  // namespace

bool IsOnPage(const Context& context, const BoundAnchors& anchors) {
  if (anchors.everywhere) return true;
  return std::any_of(context.seeds.begin(), context.seeds.end(), [&](ProductIndex seed) {
    return Names(anchors, seed) || Names(anchors, context.model.root(seed));
  });
}

namespace {

const BoundRule* FirstListing(const Context& context, ProductIndex product) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  for (const std::uint32_t place : bound.hides_by_product.Of(product)) {
    const BoundHide& hide = bound.hides[place];
    if (IsOnPage(context, hide.anchors) && Applies(context, hide.rule)) return &hide.rule;
  }
  return nullptr;
}

const BoundRule* FirstBySet(const Context& context, ProductIndex product) {
  const auto& hides = context.selection.hides;
  const auto found = std::find_if(hides.begin(), hides.end(),
                                  [&](const BoundHide* hide) { return hide->set->Has(context.model, product); });
  return found == hides.end() ? nullptr : &(*found)->rule;
}

}  // namespace

std::optional<Exclusion> WhyExcluded(const Context& context, SlotKind slot, ProductIndex product) {
  if (const rules::Rule* rule = HidingRule(context, product)) return Exclusion{RemovalCause::kHiddenByRule, rule};
  if (const rules::Rule* rule = SeparatingRule(context, product)) return Exclusion{RemovalCause::kKeptApart, rule};
  if (const rules::Rule* rule = UnmetRequirement(context, slot, product)) {
    return Exclusion{RemovalCause::kNotRequired, rule};
  }
  if (const rules::Rule* rule = MissedPriceBand(context, slot, product)) {
    return Exclusion{RemovalCause::kPriceOutOfBounds, rule};
  }
  return std::nullopt;
}

const rules::Rule* HidingRule(const Context& context, ProductIndex product) {
  if (context.snapshot.bound_rules().hides.empty()) return nullptr;
  const BoundRule* first = FirstListing(context, product);
  const auto consider = [&first](const BoundRule* other) {
    if (first == nullptr || (other != nullptr && other->rank < first->rank)) first = other;
  };
  if (const ProductIndex root = context.model.root(product); root != product) consider(FirstListing(context, root));
  consider(FirstBySet(context, product));
  return first == nullptr ? nullptr : first->rule;
}

}  // namespace awase::engine
