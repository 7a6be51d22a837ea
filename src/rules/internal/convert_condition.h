#ifndef AWASE_RULES_INTERNAL_CONVERT_CONDITION_H_
#define AWASE_RULES_INTERNAL_CONVERT_CONDITION_H_

#include <string>

#include "awase/rules/condition.h"
#include "awase/v1/rule_set.pb.h"

namespace awase::rules_internal {

// As ToCondition.
rules::ProductSet ToSet(const v1::ProductSet& proto);

// Never fails: what cannot be read asks nothing, and validation says so.
rules::Condition ToCondition(const v1::Condition& proto);

rules::MoneyRange ToMoneyRange(const v1::MoneyRange& proto);
// In parts of rules::kWhole.
rules::Range ToPartsRange(const v1::PercentRange& proto);

// One form of all that mean the same: lists sorted, percentages and defaults written in one way. REQUIRES: what `proto`
// says is valid.
void MakeCanonical(v1::Condition* proto);
void MakeCanonical(v1::ProductSet* set);
void MakeCanonical(v1::PercentRange* range);

// SourceRule::condition_key. REQUIRES: what the rule's `when` says is valid; else it may be equal to that of another.
std::string ConditionKeyOf(const v1::Rule& rule);

// Equal for equal messages, whatever the order of their maps.
std::string DeterministicBytes(const google::protobuf::Message& message);

// The most that a share of a limit can be asked for.
inline constexpr int kMostUsagePercent = 1'000;

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONVERT_CONDITION_H_
