// Caps that another cap makes idle: where it counts the same and allows no more, the other one is never reached.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "rules/internal/convert_condition.h"
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
  return a.at_most <= b.at_most && a.within >= b.within && Covers(strict, lax) && Covers(a.slots, b.slots);
}

using Caps = absl::Span<const SourceRule* const>;

// Of two that allow the same, the one that comes first stays.
const SourceRule* FindStricter(Caps caps, const SourceRule& lax, bool lax_is_behind_caps) {
  const auto found = std::find_if(caps.begin(), caps.end(), [&](const SourceRule* strict) {
    return strict != &lax && MakesIdle(*strict, lax) && (lax_is_behind_caps || !MakesIdle(lax, *strict));
  });
  return found == caps.end() ? nullptr : *found;
}

}  // namespace

void ReportIdleCaps(absl::Span<const SourceRule> rules, Report* report) {
  // Of one subject those under one condition, so that the others need not be looked at.
  absl::flat_hash_map<std::pair<std::string, absl::string_view>, std::vector<const SourceRule*>> groups;
  for (const SourceRule& rule : rules) {
    if (!std::holds_alternative<Cap>(rule.rule.action)) continue;
    groups[{SubjectOf(rule), rule.condition_key}].push_back(&rule);
  }
  for (const auto& [key, caps] : groups) {
    const auto always = groups.find({key.first, ""});
    for (std::size_t i = 0; i < caps.size(); ++i) {
      const SourceRule& lax = *caps[i];
      const SourceRule* strict = FindStricter(Caps(caps).first(i), lax, true);
      if (strict == nullptr) strict = FindStricter(caps, lax, false);
      if (strict == nullptr && always != groups.end()) strict = FindStricter(always->second, lax, false);
      if (strict == nullptr) continue;
      report->Warn(lax, ".cap.at_most",
                   absl::StrCat("dead rule: ", NameOf(*strict), " allows at most ",
                                std::get<Cap>(strict->rule.action).at_most, " of the same wherever this rule acts"));
    }
  }
}

}  // namespace awase::rules_internal
