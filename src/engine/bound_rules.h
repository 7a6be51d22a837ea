#ifndef AWASE_ENGINE_BOUND_RULES_H_
#define AWASE_ENGINE_BOUND_RULES_H_

// The rules of a snapshot with their product ids resolved, findable by the product that they touch. A request looks up
// the few products that it deals with and never walks over the rules.

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/recommend.h"
#include "awase/rules/rule_set.h"
#include "placements.h"

namespace awase::engine {

// What all actions share: where and when the rule applies.
struct BoundRule {
  const rules::Rule* rule;  // of the snapshot's rule set
  PlacementMask placements;
  std::uint32_t rank;  // place in the rule set: smaller acts first

  // In [from, until), on this placement.
  bool Applies(PlacementMask placement, absl::Time now) const {
    return (placements & placement) != 0 && rule->from <= now && now < rule->until;
  }
};

// The pages of an action. Ids that the model does not know are left out; `everywhere` says that none were named, so a
// rule whose anchors are all unknown applies nowhere, not everywhere.
struct BoundAnchors {
  bool everywhere = true;
  absl::InlinedVector<ProductIndex, 4> products;  // ascending
};

struct BoundBundle {
  BoundRule rule;
  absl::InlinedVector<ProductIndex, 4> products;  // all known to the model
  const rules::Bundle* bundle;
};

struct BoundHide {
  BoundRule rule;
  BoundAnchors anchors;
};

struct BoundPin {
  BoundRule rule;
  ProductIndex product;
  SlotKind slot;
  std::uint32_t position;  // 1-based
};

// What a rung rule says of the steps between its products.
struct BoundLadder {
  BoundRule rule;
  absl::InlinedVector<ProductIndex, 4> products;  // in their order; those the model does not know are left out
  const rules::Rung* rung;
};

// Immutable after Bind; thread-safe to read. Borrows the rule set that it was bound from.
struct Snapshot::BoundRules {
  using Places = absl::InlinedVector<std::uint32_t, 2>;  // into one of the vectors, by rising rank

  std::vector<BoundBundle> bundles;
  std::vector<BoundHide> hides;
  std::vector<BoundPin> pins;
  std::vector<BoundLadder> ladders;
  absl::flat_hash_map<ProductIndex, Places> bundles_by_page;
  absl::flat_hash_map<ProductIndex, Places> hides_by_product;
  absl::flat_hash_map<ProductIndex, Places> pins_by_page;
  std::vector<std::uint32_t> pins_everywhere;
  absl::flat_hash_map<ProductIndex, Places> ladders_by_product;

  // O(rules · products per rule · log products).
  static BoundRules Bind(const artefact::Model& model, const rules::RuleSet& rules);
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_RULES_H_
