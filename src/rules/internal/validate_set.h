#ifndef AWASE_RULES_INTERNAL_VALIDATE_SET_H_
#define AWASE_RULES_INTERNAL_VALIDATE_SET_H_

// What is wrong between rules: they are right by themselves, but not together.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "rules/internal/report.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// Errors for ids that a rule before (in the order of `rules`) has already.
void ReportRepeatedIds(absl::Span<const SourceRule> rules, Report* report);

// SourceRule::stopped_actions.
std::uint32_t StoppedActions(const rules::Stop& stop);

// Whether `stop` is one, and is about rules of this one's action.
bool Stops(const SourceRule& stop, const SourceRule& rule);

// Takes out the rules that a stop before them keeps from acting wherever they apply, with a warning on each: they do
// nothing to other rules. Warnings, too, for stops behind which there is nothing to stop.
// REQUIRES: `rules` in order of application.
std::vector<SourceRule> TakeStoppedRules(std::vector<SourceRule>* rules, Report* report);

// Warnings for products that one rule shows and another hides at the same time and place.
void ReportHiddenProducts(absl::Span<const SourceRule> rules, Report* report);

// Warnings for bundles and pins whose products, or whose product and page, a do_not_associate that lists both keeps
// apart at the same time and place. REQUIRES: `rules` in order of application.
void ReportKeptApart(absl::Span<const SourceRule> rules, Report* report);

// Warnings for steps that one rung rule asserts and another forbids at the same time and place: on the rule that comes
// later. REQUIRES: `rules` in order of application.
void ReportContradictedRungs(absl::Span<const SourceRule> rules, Report* report);

// Errors for rung rules whose ladders go round in a circle with those of rules before, at the same time and place: A
// below B and B below A. Of rules with conditions only where all of the circle apply under one of them. A hundred
// conditions are looked at, in about a second at most; a warning says where that was not all.
// REQUIRES: `rules` in order of application.
void ReportRungCircles(absl::Span<const SourceRule> rules, Report* report);

// Warnings for discounts of which another one takes the units first, at the same time and place, as far as their
// product sets tell: they name a product of the same id, are equal, or one of them has every product. On the rule that
// comes later; not where it is on top. REQUIRES: `rules` in order of application.
void ReportOverlappingDiscounts(absl::Span<const SourceRule> rules, Report* report);

// Warnings for pins whose place is taken by a pin that comes before. REQUIRES: `rules` in order of application.
void ReportShadowedPins(absl::Span<const SourceRule> rules, Report* report);

// SourceRule::rows.
std::uint32_t RowsOf(const rules::Cap& cap);

// Warnings for caps that a cap before them or a stricter one makes idle: it counts the same, at the same time and place
// and in the same rows.
void ReportIdleCaps(absl::Span<const SourceRule> rules, Report* report);

// Warnings for what a require or a price_band lets through where another one lets none of it through in the same
// slot, as far as lists of products, single-valued columns and ranges of prices tell; for quotas of what is not let
// through, and for those above a cap of the same set. REQUIRES: `rules` in order of application.
void ReportExcludedOffers(absl::Span<const SourceRule> rules, Report* report);

// Warnings for bundles before which, by its id alone, another one of the same priority comes on all their pages.
// REQUIRES: `rules` in order of application.
void ReportShadowedBundles(absl::Span<const SourceRule> rules, Report* report);

// Warnings for gates that decide nothing: of an intent that a gate before decides wherever they apply, and those that
// open what nothing closes. REQUIRES: `rules` in order of application.
void ReportIdleGates(absl::Span<const SourceRule> rules, Report* report);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_VALIDATE_SET_H_
