#ifndef AWASE_RULES_INTERNAL_VALIDATE_SET_H_
#define AWASE_RULES_INTERNAL_VALIDATE_SET_H_

// What is wrong between rules: they are right by themselves, but not together.

#include "absl/types/span.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// Errors for ids that a rule before (in the order of `rules`) has already.
void ReportRepeatedIds(absl::Span<const SourceRule> rules, Report* report);

// Warnings for products that one rule shows and another hides at the same time and place.
void ReportHiddenProducts(absl::Span<const SourceRule> rules, Report* report);

// Warnings for steps that one rung rule asserts and another forbids at the same time and place: on the rule that comes
// later. REQUIRES: `rules` in order of application.
void ReportContradictedRungs(absl::Span<const SourceRule> rules, Report* report);

// Errors for rung rules whose ladders go round in a circle with those of rules before, at the same time and place: A
// below B and B below A. REQUIRES: `rules` in order of application.
void ReportRungCircles(absl::Span<const SourceRule> rules, Report* report);

// Warnings for pins whose place is taken by a pin that comes before. REQUIRES: `rules` in order of application.
void ReportShadowedPins(absl::Span<const SourceRule> rules, Report* report);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_VALIDATE_SET_H_
