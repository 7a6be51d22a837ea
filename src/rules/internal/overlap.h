#ifndef AWASE_RULES_INTERNAL_OVERLAP_H_
#define AWASE_RULES_INTERNAL_OVERLAP_H_

// Whether two rules may act at the same time and place, and how findings name a rule.

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

using Names = std::vector<std::string>;

// Each once, ascending: the lists that the functions below take.
Names Sorted(Names names);

// O(log n).
bool Contains(const Names& names, const std::string& name);

// Lists of placements and anchors: none named means all. O(n log m) for n names, the fewer, and m others.
bool Overlap(const Names& a, const Names& b);
bool Covers(const Names& whole, const Names& part);

// Whether one condition holds wherever the other does, as far as that is certain: it asks nothing, or the same.
bool HoldsWherever(const SourceRule& whole, const SourceRule& part);

// By time and placements, whatever their conditions.
bool Overlap(const SourceRule& a, const SourceRule& b);
// By time, placements and conditions.
bool Covers(const SourceRule& whole, const SourceRule& part);

// Sets SourceRule::scope and ::window.
void NumberScopes(absl::Span<SourceRule> rules);

// "rule "summer" (summer.yaml:12:5)".
std::string NameOf(const SourceRule& rule);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_OVERLAP_H_
