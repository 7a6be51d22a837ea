#ifndef AWASE_ENGINE_BOUND_SELECTION_H_
#define AWASE_ENGINE_BOUND_SELECTION_H_

// The rules that choose among candidates, bound to a model; part of Snapshot::BoundRules.

#include <cstdint>
#include <optional>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/engine/placements.h"
#include "awase/rules/rule_set.h"
#include "bound_rule.h"
#include "bound_set.h"
#include "condition_index.h"
#include "product_set_index.h"
#include "subject_index.h"

namespace awase::engine {

// boost and bury.
struct BoundWeight {
  BoundRule rule;
  BoundSet set;
  double factor = 1;     // > 1 boosts
  bool is_last = false;  // behind all others
};

// One bit per SlotKind.
using SlotMask = std::uint8_t;
inline constexpr SlotMask MaskOf(SlotKind slot) { return static_cast<SlotMask>(1U << static_cast<unsigned>(slot)); }
// Of the slots that a rule names; unknown names are passed over.
SlotMask BindSlots(const rules::Words& names);

// require.
struct BoundRequirement {
  BoundRule rule;
  SlotMask slots = 0;
  std::optional<BoundSet> set;  // else `same` says what is required
  const rules::Words* same = nullptr;
};

// do_not_associate.
struct BoundSeparation {
  BoundRule rule;
  BoundSet these;
  std::optional<BoundSet> with;  // nothing = no two of `these`
};

// quota.
struct BoundQuota {
  BoundRule rule;
  BoundSet set;
  std::uint32_t at_least = 0;
};

// price_band.
struct BoundPriceBand {
  BoundRule rule;
  SlotMask slots = 0;
  const rules::PriceBand* band = nullptr;
};

// Each kind by rising rank. What is found by its condition is added to the index of the bound rules. Immutable once
// filled; thread-safe to read.
struct BoundSelection {
  std::vector<BoundWeight> weights;
  SubjectIndex weights_by_subject;
  std::vector<BoundRequirement> requirements;
  std::vector<BoundQuota> quotas;
  std::vector<BoundPriceBand> price_bands;
  std::vector<BoundSeparation> separations;
  ProductSetIndex separations_by_side;  // under both sides

  void Add(const artefact::Model& model, const BoundRule& rule, const rules::Boost& boost, ConditionIndex& index);
  void Add(const artefact::Model& model, const BoundRule& rule, const rules::Bury& bury, ConditionIndex& index);
  void Add(const artefact::Model& model, const BoundRule& rule, const rules::Require& require, ConditionIndex& index);
  void Add(const artefact::Model& model, const BoundRule& rule, const rules::DoNotAssociate& apart);
  void Add(const BoundRule& rule, const rules::PriceBand& band, ConditionIndex& index);
  void Add(const artefact::Model& model, const BoundRule& rule, const rules::Quota& quota, ConditionIndex& index);

 private:
  void AddWeight(const artefact::Model& model, BoundWeight weight, ConditionIndex& index);
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_SELECTION_H_
