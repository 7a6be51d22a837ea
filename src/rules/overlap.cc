#include "rules/internal/overlap.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"

namespace awase::rules_internal {

using ::awase::rules::Rule;

bool Contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Overlap(const Names& a, const Names& b) {
  return a.empty() || b.empty() ||
         std::any_of(a.begin(), a.end(), [&b](const auto& name) { return Contains(b, name); });
}

bool Covers(const Names& whole, const Names& part) {
  if (whole.empty()) return true;
  return !part.empty() &&
         std::all_of(part.begin(), part.end(), [&whole](const auto& name) { return Contains(whole, name); });
}

bool HoldsWherever(const SourceRule& whole, const SourceRule& part) {
  return whole.condition_key.empty() || whole.condition_key == part.condition_key;
}

bool Overlap(const Rule& a, const Rule& b) {
  return std::max(a.from, b.from) < std::min(a.until, b.until) && Overlap(a.placements, b.placements);
}

bool Covers(const SourceRule& whole, const SourceRule& part) {
  return whole.rule.from <= part.rule.from && whole.rule.until >= part.rule.until &&
         Covers(whole.rule.placements, part.rule.placements) && HoldsWherever(whole, part);
}

std::string NameOf(const SourceRule& rule) {
  return absl::StrCat("rule ", yaml::Quoted(rule.rule.id), " (", rule.PlaceText(""), ")");
}

}  // namespace awase::rules_internal
