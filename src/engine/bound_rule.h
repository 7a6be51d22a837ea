#ifndef AWASE_ENGINE_BOUND_RULE_H_
#define AWASE_ENGINE_BOUND_RULE_H_

#include <cstdint>

#include "absl/time/time.h"
#include "awase/engine/placements.h"
#include "awase/rules/rule_set.h"
#include "condition_book.h"

namespace awase::engine {

// What all actions share: where and when the rule applies; Applies() of condition_memo.h tells.
struct BoundRule {
  const rules::Rule* rule;  // of the snapshot's rule set
  PlacementMask placements;
  std::uint8_t action;    // place in rules::Action
  std::uint32_t rank;     // place in the rule set: smaller acts first
  ConditionId condition;  // of the snapshot's ConditionBook
  absl::Time from;        // as in `rule`; here because every request looks at them
  absl::Time until;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_RULE_H_
