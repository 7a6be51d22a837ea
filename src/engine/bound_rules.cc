#include "bound_rules.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace awase::engine {
namespace {

absl::InlinedVector<ProductIndex, 4> KnownProducts(const artefact::Model& model, const std::vector<std::string>& ids) {
  absl::InlinedVector<ProductIndex, 4> known;
  for (const std::string& id : ids) {
    if (const std::optional<ProductIndex> product = model.Find(id)) known.push_back(*product);
  }
  return known;
}

BoundAnchors BindAnchors(const artefact::Model& model, const std::vector<std::string>& ids) {
  BoundAnchors anchors{ids.empty(), KnownProducts(model, ids)};
  std::sort(anchors.products.begin(), anchors.products.end());
  return anchors;
}

PlacementMask BindPlacements(const std::vector<std::string>& names) {
  if (names.empty()) return kEveryPlacement;
  PlacementMask mask = 0;
  for (const std::string& name : names) mask = static_cast<PlacementMask>(mask | MaskOf(name));
  return mask;
}

// Puts each kind of action where requests look for it.
class Binder {
 public:
  Binder(const artefact::Model& model, Snapshot::BoundRules& bound) : model_(model), bound_(bound) {}

  void Add(const rules::Rule& rule, std::uint32_t rank) {
    rule_ = BoundRule{&rule, BindPlacements(rule.placements), rank};
    std::visit(*this, rule.action);
  }

  void operator()(const rules::Bundle& bundle) {
    absl::InlinedVector<ProductIndex, 4> products = KnownProducts(model_, bundle.products);
    if (products.size() != bundle.products.size()) return;  // a set with an unknown part cannot be sold
    const auto place = static_cast<std::uint32_t>(bound_.bundles.size());
    for (std::size_t i = 0; i < products.size(); ++i) {
      if (bundle.anchor.empty() || bundle.anchor == bundle.products[i]) {
        bound_.bundles_by_page[products[i]].push_back(place);
      }
    }
    bound_.bundles.push_back({rule_, std::move(products), &bundle});
  }

  void operator()(const rules::Hide& hide) {
    const auto place = static_cast<std::uint32_t>(bound_.hides.size());
    for (const ProductIndex product : KnownProducts(model_, hide.products)) {
      bound_.hides_by_product[product].push_back(place);
    }
    bound_.hides.push_back({rule_, BindAnchors(model_, hide.anchors)});
  }

  void operator()(const rules::Pin& pin) {
    const std::optional<ProductIndex> product = model_.Find(pin.product);
    const std::optional<SlotKind> slot = FindSlotKind(pin.slot);
    if (!product.has_value() || !slot.has_value()) return;
    const auto place = static_cast<std::uint32_t>(bound_.pins.size());
    const BoundAnchors anchors = BindAnchors(model_, pin.anchors);
    if (anchors.everywhere) bound_.pins_everywhere.push_back(place);
    for (const ProductIndex anchor : anchors.products) bound_.pins_by_page[anchor].push_back(place);
    bound_.pins.push_back({rule_, *product, *slot, pin.position});
  }

  void operator()(const rules::Rung& rung) {
    // Where a product in the middle is unknown, those around it are still one above the other.
    absl::InlinedVector<ProductIndex, 4> products = KnownProducts(model_, rung.products);
    if (products.size() < 2) return;
    const auto place = static_cast<std::uint32_t>(bound_.ladders.size());
    for (const ProductIndex product : products) bound_.ladders_by_product[product].push_back(place);
    bound_.ladders.push_back({rule_, std::move(products), &rung});
  }

 private:
  const artefact::Model& model_;
  Snapshot::BoundRules& bound_;
  BoundRule rule_{};
};

}  // namespace

Snapshot::BoundRules Snapshot::BoundRules::Bind(const artefact::Model& model, const rules::RuleSet& rules) {
  BoundRules bound;
  Binder binder(model, bound);
  for (std::size_t i = 0; i < rules.rules.size(); ++i) binder.Add(rules.rules[i], static_cast<std::uint32_t>(i));
  return bound;
}

}  // namespace awase::engine
