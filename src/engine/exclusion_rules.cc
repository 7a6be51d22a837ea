#include "exclusion_rules.h"

#include <algorithm>

#include "bound_rules.h"

namespace awase::engine {
namespace {

bool Names(const BoundAnchors& anchors, ProductIndex product) {
  return std::binary_search(anchors.products.begin(), anchors.products.end(), product);
}

// Whether the page is one of the rule's: about one of its anchors or a variant of one.
bool OnPage(const Context& context, const BoundAnchors& anchors) {
  if (anchors.everywhere) return true;
  return std::any_of(context.seeds.begin(), context.seeds.end(), [&](ProductIndex seed) {
    return Names(anchors, seed) || Names(anchors, context.model.root(seed));
  });
}

const BoundRule* FirstHide(const Context& context, ProductIndex product) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  const auto found = bound.hides_by_product.find(product);
  if (found == bound.hides_by_product.end()) return nullptr;
  const PlacementMask placement = MaskOf(context.placement);
  for (const std::uint32_t place : found->second) {
    const BoundHide& hide = bound.hides[place];
    if (hide.rule.Applies(placement, context.now) && OnPage(context, hide.anchors)) return &hide.rule;
  }
  return nullptr;
}

}  // namespace

const rules::Rule* HidingRule(const Context& context, ProductIndex product) {
  if (context.snapshot.bound_rules().hides.empty()) return nullptr;
  const BoundRule* own = FirstHide(context, product);
  const ProductIndex root = context.model.root(product);
  const BoundRule* of_root = root == product ? nullptr : FirstHide(context, root);
  if (own == nullptr || (of_root != nullptr && of_root->rank < own->rank)) own = of_root;
  return own == nullptr ? nullptr : own->rule;
}

}  // namespace awase::engine
