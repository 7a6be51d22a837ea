#ifndef AWASE_RULES_INTERNAL_VALIDATE_RULE_H_
#define AWASE_RULES_INTERNAL_VALIDATE_RULE_H_

// What is right or wrong with a rule by itself.

#include "absl/time/time.h"
#include "awase/rules/load_rules.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// `facts` may be null; `now` as in LoadRules.
void ValidateRule(const SourceRule& rule, const rules::CatalogueFacts* facts, absl::Time now, Report* report);

// The same for its action, which must be there.
void ValidateAction(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_VALIDATE_RULE_H_
