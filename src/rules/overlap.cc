#include "rules/internal/overlap.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/yaml/quoted.h"

namespace awase::rules_internal {

Names Sorted(Names names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool Contains(const Names& names, const std::string& name) {
  return std::binary_search(names.begin(), names.end(), name);
}

bool Overlap(const Names& a, const Names& b) {
  if (a.empty() || b.empty()) return true;
  const auto& [few, many] = a.size() < b.size() ? std::tie(a, b) : std::tie(b, a);
  return std::any_of(few.begin(), few.end(), [&many = many](const auto& name) { return Contains(many, name); });
}

bool Covers(const Names& whole, const Names& part) {
  if (whole.empty()) return true;
  return !part.empty() && part.size() <= whole.size() &&
         std::all_of(part.begin(), part.end(), [&whole](const auto& name) { return Contains(whole, name); });
}

bool HoldsWherever(const SourceRule& whole, const SourceRule& part) {
  return whole.condition_key.empty() || whole.condition_key == part.condition_key;
}

bool Overlap(const SourceRule& a, const SourceRule& b) {
  return std::max(a.rule.from, b.rule.from) < std::min(a.rule.until, b.rule.until) &&
         Overlap(a.placements, b.placements);
}

bool Covers(const SourceRule& whole, const SourceRule& part) {
  return whole.rule.from <= part.rule.from && whole.rule.until >= part.rule.until &&
         Covers(whole.placements, part.placements) && HoldsWherever(whole, part);
}

void NumberScopes(absl::Span<SourceRule> rules) {
  absl::flat_hash_map<std::tuple<absl::Time, absl::Time, Names>, std::size_t> windows;
  absl::flat_hash_map<std::pair<std::size_t, absl::string_view>, std::size_t> scopes;
  for (SourceRule& rule : rules) {
    rule.window = windows.try_emplace({rule.rule.from, rule.rule.until, rule.placements}, windows.size()).first->second;
    rule.scope = scopes.try_emplace({rule.window, rule.condition_key}, scopes.size()).first->second;
  }
}

std::string NameOf(const SourceRule& rule) {
  return absl::StrCat("rule ", yaml::Quoted(rule.rule.id), " (", rule.PlaceText(""), ")");
}

}  // namespace awase::rules_internal
