#ifndef AWASE_RULES_INTERNAL_CONVERT_H_
#define AWASE_RULES_INTERNAL_CONVERT_H_

#include <string>

#include "absl/types/span.h"
#include "awase/rules/rule_set.h"
#include "awase/v1/rule_set.pb.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// Takes what is not there as the defaults of rule_set.h; never fails, whatever validation says of the rule.
rules::Rule ToRule(const v1::Rule& proto);

// RuleSet::revision: the first 16 hex digits of SHA-256 over the rules in their order, each in its canonical form
// (defaults written out, lists without order sorted), in protobuf's deterministic serialisation. "empty" for no rules.
// REQUIRES: `rules` in order of application.
std::string RevisionOf(absl::Span<const SourceRule> rules);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONVERT_H_
