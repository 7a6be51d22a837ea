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

// The places of a list whose conditions may hold, those without conditions among them; in no order, and one may come
// twice.
inline RulePlaces MayApply(const Context& context, RuleList list) {
  const absl::Span<const std::uint32_t> always = context.snapshot.bound_rules().by_condition.always(list);
  RulePlaces places = context.found_rules.of(list);
  places.insert(places.end(), always.begin(), always.end());
  return places;
}

// The rules at `places` (in any order, some twice) that apply to the request: by rank, each once. REQUIRES: `rules` was
// filled in the order of the rule set, as those of a snapshot are, so that places and addresses rise with rank.
template <typename Bound>
absl::InlinedVector<const Bound*, 4> ApplyingRules(const Context& context, const std::vector<Bound>& rules,
                                                   const RulePlaces& places) {
  // Most places do not apply: only those that do are brought in order.
  absl::InlinedVector<const Bound*, 4> applying;
  for (const std::uint32_t place : places) {
    if (Applies(context, rules[place].rule)) applying.push_back(&rules[place]);
  }
  std::sort(applying.begin(), applying.end());
  applying.erase(std::unique(applying.begin(), applying.end()), applying.end());
  return applying;
}

// Of those of a list that are found by their conditions.
template <typename Bound>
absl::InlinedVector<const Bound*, 4> ApplyingRules(const Context& context, const std::vector<Bound>& rules,
                                                   RuleList list) {
  return rules.empty() ? absl::InlinedVector<const Bound*, 4>()
                       : ApplyingRules(context, rules, MayApply(context, list));
}

}  // namespace awase::engine

#endif  // AWASE_ENGINE_APPLYING_RULES_H_
