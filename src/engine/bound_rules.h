#ifndef AWASE_ENGINE_BOUND_RULES_H_
#define AWASE_ENGINE_BOUND_RULES_H_

// The rules of a snapshot with their product ids resolved, findable by the product that they touch. A request looks up
// the few products that it deals with and never walks over the rules.

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/placements.h"
#include "awase/engine/recommend.h"
#include "awase/rules/rule_set.h"
#include "bound_rule.h"
#include "bound_selection.h"
#include "bound_set.h"
#include "condition_book.h"
#include "condition_index.h"
#include "product_places.h"
#include "product_set_index.h"

namespace awase::engine {

// One bit per Intent, by its number.
using IntentMask = std::uint8_t;
inline IntentMask MaskOf(Intent intent) { return static_cast<IntentMask>(1U << static_cast<unsigned>(intent)); }

// The pages of an action. Ids that the model does not know are left out; `everywhere` says that none were named, so a
// rule whose anchors are all unknown applies nowhere, not everywhere.
struct BoundAnchors {
  bool everywhere = true;
  absl::InlinedVector<ProductIndex, 4> products;  // ascending
};

struct BoundBundle {
  BoundRule rule;
  absl::InlinedVector<ProductIndex, 4> products;  // all known to the model; none with groups
  const rules::Bundle* bundle;
  std::vector<BoundSet> groups;  // one product of each; empty for a set of these very products
};

struct BoundHide {
  BoundRule rule;
  BoundAnchors anchors;
  std::optional<BoundSet> set;  // of a rule without a list of products
};

struct BoundPin {
  BoundRule rule;
  ProductIndex product;
  ProductIndex root;  // of `product`
  SlotKind slot;
  std::uint32_t position;  // 1-based
  BoundAnchors anchors;
};

// What a rung rule says of the steps between its products.
struct BoundLadder {
  BoundRule rule;
  absl::InlinedVector<ProductIndex, 4> products;  // in their order; those the model does not know are left out
  const rules::Rung* rung;
};

struct BoundDiscount {
  BoundRule rule;
  absl::InlinedVector<BoundSet, 1> takes;  // as in `discount`
  const rules::Discount* discount;
};

struct BoundBenefit {
  BoundRule rule;
  const rules::Benefit* benefit;
  ProductIndex gift;  // kNoProduct where nothing is given of the catalogue
};

struct BoundCap {
  BoundRule rule;
  const rules::Cap* cap;
  std::optional<BoundSet> set;  // of Cap::matching
  SlotMask slots;
  IntentMask intents;  // 0 = any
};

struct BoundGate {
  BoundRule rule;
  IntentMask intents;
  const rules::Gate* gate;
};

struct BoundStop {
  BoundRule rule;
  const rules::Stop* stop;
};

// Immutable after Bind; thread-safe to read. Borrows the rule set that it was bound from.
struct Snapshot::BoundRules {
  ConditionBook conditions;
  // Of hides those by set; of pins those without anchors; of weights those whose sets list no products;
  // of discounts and step-ups those of which a set may have any product; of row caps those of one column; of caps in
  // time those without a set; of the others all.
  ConditionIndex by_condition;
  std::vector<BoundBundle> bundles;
  std::vector<BoundHide> hides;
  std::vector<BoundPin> pins;
  std::vector<BoundLadder> ladders;
  std::vector<BoundDiscount> discounts;  // of carts
  std::vector<BoundDiscount> step_ups;
  std::vector<BoundBenefit> benefits;
  std::vector<BoundGate> gates;
  std::vector<BoundStop> stops;
  ProductPlaces bundles_by_page;  // as all indexes, of places in the vector
  ProductSetIndex bundles_by_group;
  ProductPlaces hides_by_product;
  ProductPlaces pins_by_page;
  ProductPlaces ladders_by_product;
  BoundSelection selection;
  ProductSetIndex discounts_by_product;
  ProductSetIndex step_ups_by_product;
  std::vector<BoundCap> caps;
  ProductSetIndex row_caps_by_set;
  ProductSetIndex customer_caps_by_set;

  // O(rules · (products per rule · log products + words per rule)).
  static BoundRules Bind(const artefact::Model& model, const PlacementTable& placements, const rules::RuleSet& rules);
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_RULES_H_
