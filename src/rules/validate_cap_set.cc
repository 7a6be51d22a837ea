// Caps that another cap makes idle: where it counts the same and allows no more, the other one is never reached.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "rules/internal/action_check.h"
#include "rules/internal/convert_condition.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Cap;

// What is counted: equal where two caps count the same.
std::string SubjectOf(const SourceRule& rule) {
  const v1::CapAction& proto = rule.proto->cap();
  v1::ProductSet set = proto.matching();
  set.mutable_products()->MergeFrom(proto.products());
  MakeCanonical(&set);
  const Cap& cap = std::get<Cap>(rule.rule.action);
  return absl::StrCat(proto.per(), "\n", proto.after(), "\n", absl::StrJoin(cap.intents, ","), "\n",
                      cap.within == absl::ZeroDuration() ? "row" : "time", "\n", DeterministicBytes(set));
}

// Whether `strict` is reached wherever `lax` would be.
bool MakesIdle(const SourceRule& strict, const SourceRule& lax) {
  const Cap& a = std::get<Cap>(strict.rule.action);
  const Cap& b = std::get<Cap>(lax.rule.action);
  return a.at_most <= b.at_most && a.within >= b.within && (lax.rows & ~strict.rows) == 0 && Covers(strict, lax);
}

// Of two that allow the same, the one that comes first stays.
const SourceRule* FindStricter(const DistinctRules& caps, const SourceRule& lax) {
  return caps.Find([&lax](const SourceRule& strict) {
    return &strict != &lax && MakesIdle(strict, lax) && (&strict < &lax || !MakesIdle(lax, strict));
  });
}

// All that MakesIdle asks, beside the rule's scope.
std::string TermsOf(const SourceRule& rule) {
  const Cap& cap = std::get<Cap>(rule.rule.action);
  return absl::StrCat(cap.at_most, " ", absl::FormatDuration(cap.within), " ", rule.rows);
}

}  // namespace

std::uint32_t RowsOf(const Cap& cap) {
  const absl::Span<const std::string> slots = SlotNames();
  std::uint32_t rows = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const bool is_named = std::find(cap.slots.begin(), cap.slots.end(), slots[i]) != cap.slots.end();
    if (is_named) rows |= std::uint32_t{1} << i;
  }
  return rows;
}

void ReportIdleCaps(absl::Span<const SourceRule> rules, Report* report) {
  // Of one subject those under one condition, so that the others need not be looked at.
  absl::flat_hash_map<std::pair<std::string, absl::string_view>, DistinctRules> groups;
  std::vector<std::pair<const SourceRule*, std::string>> caps;  // with their subjects
  for (const SourceRule& rule : rules) {
    if (!std::holds_alternative<Cap>(rule.rule.action)) continue;
    caps.emplace_back(&rule, SubjectOf(rule));
    groups[{caps.back().second, rule.condition_key}].Add(rule, TermsOf(rule));
  }
  for (const auto& [lax, subject] : caps) {
    const SourceRule* strict = FindStricter(groups[{subject, lax->condition_key}], *lax);
    const auto always = groups.find(std::pair(subject, absl::string_view()));
    if (strict == nullptr && always != groups.end()) strict = FindStricter(always->second, *lax);
    if (strict == nullptr) continue;
    report->Warn(*lax, ".cap.at_most",
                 absl::StrCat("dead rule: ", NameOf(*strict), " allows at most ",
                              std::get<Cap>(strict->rule.action).at_most, " of the same wherever this rule acts"));
  }
}

}  // namespace awase::rules_internal
