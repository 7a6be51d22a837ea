#ifndef AWASE_RULES_INTERNAL_VALIDATE_RULE_H_
#define AWASE_RULES_INTERNAL_VALIDATE_RULE_H_

// What is right or wrong with a rule by itself.

#include <cstddef>

#include "absl/time/time.h"
#include "awase/rules/load_rules.h"
#include "rules/internal/report.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// Of ids, placements and channels.
inline constexpr std::size_t kLongestName = 64;

// Products of a bundle.
inline constexpr std::size_t kMostInBundle = 4;

// `facts` may be null; `now` as in LoadRules.
void ValidateRule(const SourceRule& rule, const rules::CatalogueFacts* facts, absl::Time now, Report* report);

// The same for its action, which must be there.
void ValidateAction(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report);

// The same for its conditions, if it has any.
void ValidateCondition(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_VALIDATE_RULE_H_
