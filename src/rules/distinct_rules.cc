#include "rules/internal/distinct_rules.h"

#include <algorithm>

namespace awase::rules_internal {

void DistinctRules::Add(const SourceRule& rule, absl::string_view beside) {
  if (!Has(rule.scope, beside)) Append(rule, rule.scope, beside);
}

void DistinctRules::AddWindow(const SourceRule& rule) {
  if (!Has(rule.window, "")) Append(rule, rule.window, "");
}

void DistinctRules::AddEach(const SourceRule& rule) { Append(rule, rule.scope, ""); }

bool DistinctRules::Has(std::size_t scope, absl::string_view beside) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.scope == scope && entry.beside == beside; });
}

void DistinctRules::Append(const SourceRule& rule, std::size_t scope, absl::string_view beside) {
  if (entries_.size() < kMostCompared) {
    entries_.push_back({&rule, scope, std::string(beside)});
  } else if (left_out_ == nullptr) {
    left_out_ = &rule;
  }
}

}  // namespace awase::rules_internal
