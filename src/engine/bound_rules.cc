#include "bound_rules.h"

#include <algorithm>
#include <iterator>
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

PlacementMask BindPlacements(const PlacementTable& placements, const std::vector<std::string>& names) {
  if (names.empty()) return kEveryPlacement;
  PlacementMask mask = 0;
  for (const std::string& name : names) mask |= placements.MaskOf(name);
  return mask;
}

IntentMask BindIntents(const rules::Words& intents) {
  // In the order of the enum.
  static_assert(rules::kIntentNames.size() == kIntentCount);
  IntentMask mask = 0;
  for (std::size_t i = 0; i < kIntentCount; ++i) {
    if (std::find(intents.begin(), intents.end(), rules::kIntentNames[i]) == intents.end()) continue;
    mask = static_cast<IntentMask>(mask | MaskOf(static_cast<Intent>(i)));
  }
  return mask;
}

// Puts each kind of action where requests look for it.
class Binder {
 public:
  Binder(const artefact::Model& model, const PlacementTable& placements, Snapshot::BoundRules& bound)
      : model_(model), placements_(placements), bound_(bound), compiler_(model, bound.conditions) {}

  void Add(const rules::Rule& rule, std::uint32_t rank) {
    rule_ = BoundRule{.rule = &rule,
                      .placements = BindPlacements(placements_, rule.placements),
                      .action = static_cast<std::uint8_t>(rule.action.index()),
                      .rank = rank,
                      .condition = compiler_.Add(rule),
                      .from = rule.from,
                      .until = rule.until};
    std::visit(*this, rule.action);
  }

  void operator()(const rules::Bundle& bundle) {
    if (!bundle.any_of.empty()) return AddGroups(bundle);
    absl::InlinedVector<ProductIndex, 4> products = KnownProducts(model_, bundle.products);
    if (products.size() != bundle.products.size()) return;  // a set with an unknown part cannot be sold
    const auto place = static_cast<std::uint32_t>(bound_.bundles.size());
    for (std::size_t i = 0; i < products.size(); ++i) {
      if (bundle.anchor.empty() || bundle.anchor == bundle.products[i]) {
        bound_.bundles_by_page.Add(products[i], place);
      }
    }
    bound_.bundles.push_back({rule_, std::move(products), &bundle, {}});
  }

  void operator()(const rules::Hide& hide) {
    const auto place = static_cast<std::uint32_t>(bound_.hides.size());
    for (const ProductIndex product : KnownProducts(model_, hide.products)) {
      bound_.hides_by_product.Add(product, place);
    }
    bound_.hides.push_back({rule_, BindAnchors(model_, hide.anchors), std::nullopt});
    if (!hide.matching.has_value()) return;
    bound_.hides.back().set.emplace(model_, *hide.matching);
    bound_.by_condition.Add(RuleList::kHides, place, rule_.condition);
  }

  void operator()(const rules::Pin& pin) {
    const std::optional<ProductIndex> product = model_.Find(pin.product);
    const SlotSpec* slot = FindStandardSlot(pin.slot);
    if (!product.has_value() || slot == nullptr) return;
    const auto place = static_cast<std::uint32_t>(bound_.pins.size());
    BoundAnchors anchors = BindAnchors(model_, pin.anchors);
    if (anchors.everywhere) bound_.by_condition.Add(RuleList::kPins, place, rule_.condition);
    for (const ProductIndex anchor : anchors.products) bound_.pins_by_page.Add(anchor, place);
    bound_.pins.push_back({rule_, *product, model_.root(*product), slot->kind, pin.position, std::move(anchors)});
  }

  void operator()(const rules::Rung& rung) {
    // Where a product in the middle is unknown, those around it are still one above the other.
    absl::InlinedVector<ProductIndex, 4> products = KnownProducts(model_, rung.products);
    if (products.size() < 2) return;
    const auto place = static_cast<std::uint32_t>(bound_.ladders.size());
    for (const ProductIndex product : products) bound_.ladders_by_product.Add(product, place);
    bound_.ladders.push_back({rule_, std::move(products), &rung});
  }

  void operator()(const rules::Boost& boost) { bound_.selection.Add(model_, rule_, boost, bound_.by_condition); }
  void operator()(const rules::Bury& bury) { bound_.selection.Add(model_, rule_, bury, bound_.by_condition); }
  void operator()(const rules::Require& require) { bound_.selection.Add(model_, rule_, require, bound_.by_condition); }
  void operator()(const rules::DoNotAssociate& apart) { bound_.selection.Add(model_, rule_, apart); }
  void operator()(const rules::PriceBand& band) { bound_.selection.Add(rule_, band, bound_.by_condition); }
  void operator()(const rules::Quota& quota) { bound_.selection.Add(model_, rule_, quota, bound_.by_condition); }

  void operator()(const rules::Discount& discount) {
    if (discount.is_step_up) {
      AddDiscount(discount, bound_.step_ups, bound_.step_ups_by_product, RuleList::kStepUps);
    } else {
      AddDiscount(discount, bound_.discounts, bound_.discounts_by_product, RuleList::kDiscounts);
    }
  }

  void operator()(const rules::Benefit& benefit) {
    ProductIndex given = kNoProduct;
    if (const auto* gift = std::get_if<rules::Gift>(&benefit.gives)) {
      const std::optional<ProductIndex> product = model_.Find(gift->product);
      if (!product.has_value()) return;  // what the shop does not have it cannot give
      given = *product;
    }
    bound_.by_condition.Add(RuleList::kBenefits, static_cast<std::uint32_t>(bound_.benefits.size()), rule_.condition);
    bound_.benefits.push_back({rule_, &benefit, given});
  }

  void operator()(const rules::Cap& cap) {
    const auto place = static_cast<std::uint32_t>(bound_.caps.size());
    BoundCap& added =
        bound_.caps.emplace_back(BoundCap{rule_, &cap, std::nullopt, BindSlots(cap.slots), BindIntents(cap.intents)});
    const bool is_of_row = cap.within == absl::ZeroDuration();
    if (!cap.matching.has_value()) {
      const RuleList list = is_of_row ? RuleList::kRowCaps : RuleList::kCustomerCaps;
      return bound_.by_condition.Add(list, place, rule_.condition);
    }
    added.set.emplace(model_, *cap.matching);
    ProductSetIndex& by_set = is_of_row ? bound_.row_caps_by_set : bound_.customer_caps_by_set;
    if (!by_set.Add(place, *added.set)) by_set.AddForAll(place);
  }

  void operator()(const rules::Gate& gate) {
    bound_.by_condition.Add(RuleList::kGates, static_cast<std::uint32_t>(bound_.gates.size()), rule_.condition);
    bound_.gates.push_back({rule_, BindIntents(gate.intents), &gate});
  }

  void operator()(const rules::Stop& stop) {
    bound_.by_condition.Add(RuleList::kStops, static_cast<std::uint32_t>(bound_.stops.size()), rule_.condition);
    bound_.stops.push_back({rule_, &stop});
  }

 private:
  void AddDiscount(const rules::Discount& discount, std::vector<BoundDiscount>& discounts, ProductSetIndex& by_product,
                   RuleList list) {
    const auto place = static_cast<std::uint32_t>(discounts.size());
    BoundDiscount& added = discounts.emplace_back(BoundDiscount{rule_, {}, &discount});
    bool is_found_by_products = true;
    for (const rules::ProductSet& set : discount.takes) {
      added.takes.emplace_back(model_, set);
      is_found_by_products = by_product.Add(place, added.takes.back()) && is_found_by_products;
    }
    if (!is_found_by_products) bound_.by_condition.Add(list, place, rule_.condition);
  }

  void AddGroups(const rules::Bundle& bundle) {
    const auto place = static_cast<std::uint32_t>(bound_.bundles.size());
    BoundBundle& added = bound_.bundles.emplace_back(BoundBundle{rule_, {}, &bundle, {}});
    for (const rules::ProductSet& group : bundle.any_of) {
      added.groups.emplace_back(model_, group);
      bound_.bundles_by_group.Add(place, added.groups.back());  // groups name words
    }
  }

  const artefact::Model& model_;
  const PlacementTable& placements_;
  Snapshot::BoundRules& bound_;
  ConditionCompiler compiler_;
  BoundRule rule_{};
};

}  // namespace

Snapshot::BoundRules Snapshot::BoundRules::Bind(const artefact::Model& model, const PlacementTable& placements,
                                                const rules::RuleSet& rules) {
  BoundRules bound;
  Binder binder(model, placements, bound);
  for (std::size_t i = 0; i < rules.rules.size(); ++i) binder.Add(rules.rules[i], static_cast<std::uint32_t>(i));
  bound.by_condition.Seal(bound.conditions);
  bound.bundles_by_group.Seal();
  bound.selection.separations_by_side.Seal();
  bound.discounts_by_product.Seal();
  bound.step_ups_by_product.Seal();
  bound.row_caps_by_set.Seal();
  bound.customer_caps_by_set.Seal();
  return bound;
}

}  // namespace awase::engine
