#ifndef AWASE_ENGINE_APPLYING_RULES_H_
#define AWASE_ENGINE_APPLYING_RULES_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "bound_rules.h"
#include "condition_index.h"
#include "condition_memo.h"
#include "context.h"

namespace awase::engine {

// The rules at `places` (in any order, some twice) that apply to the request: by rank, each once. REQUIRES: `rules` was
// filled in the order of the rule set, as those of a snapshot are, so that places and addresses rise with rank.
template <typename Bound>
absl::InlinedVector<const Bound*, 4> ApplyingRules(const Context& context, const std::vector<Bound>& rules,
                                                   absl::InlinedVector<std::uint32_t, 8> places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  absl::InlinedVector<const Bound*, 4> applying;
  for (const std::uint32_t place : places) {
    if (Applies(context, rules[place].rule)) applying.push_back(&rules[place]);
  }
  return applying;
}

// Of those that the index finds by their conditions.
template <typename Bound>
absl::InlinedVector<const Bound*, 4> ApplyingRules(const Context& context, const std::vector<Bound>& rules,
                                                   const ConditionIndex& index) {
  if (index.empty()) return {};
  return ApplyingRules(context, rules, index.MayHold(context, context.snapshot.bound_rules().conditions));
}

}  // namespace awase::engine

#endif  // AWASE_ENGINE_APPLYING_RULES_H_
