// gate: which intents, and whether they are opened or closed; gates that decide nothing.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rules/internal/action_check.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Gate;

// The intent that the engine closes by itself to some customers.
constexpr absl::string_view kClosedByDefault = "up_sell";

void CheckIntents(const ActionCheck& check, const Gate& gate) {
  if (check.rule().IsMissing(".gate", "intents")) {
    check.Error(".gate", absl::StrCat("has no intents: want some of ", absl::StrJoin(rules::kIntentNames, ", ")));
  } else if (check.rule().Has(".gate.intents") && check.rule().IsSound(".gate.intents") && gate.intents.empty()) {
    check.Error(".gate.intents", absl::StrCat("is empty: want some of ", absl::StrJoin(rules::kIntentNames, ", ")));
  }
  check.Words(".gate.intents", gate.intents, rules::kIntentNames, "intent");
}

using Gates = std::vector<const SourceRule*>;

const Gate& GateOf(const SourceRule& rule) { return std::get<Gate>(rule.rule.action); }

// Gates by what they speak of and under which condition, so that those of other conditions need not be looked at.
using GatesByCondition = absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, Gates>;

// The gate among `before` that decides on the intent wherever `rule` applies, or null.
const SourceRule* FindDecider(const GatesByCondition& before, const SourceRule& rule, const std::string& intent) {
  for (const absl::string_view condition : {absl::string_view(), absl::string_view(rule.condition_key)}) {
    const auto gates = before.find(std::pair(absl::string_view(intent), condition));
    if (gates == before.end()) continue;
    const auto found = std::find_if(gates->second.begin(), gates->second.end(),
                                    [&rule](const SourceRule* other) { return Covers(*other, rule); });
    if (found != gates->second.end()) return *found;
  }
  return nullptr;
}

// Whether anything after the rule closes the intent where the rule opens it.
bool IsClosedLater(absl::Span<const SourceRule* const> after, const SourceRule& rule, const std::string& intent) {
  return std::any_of(after.begin(), after.end(), [&](const SourceRule* other) {
    return !GateOf(*other).open && Contains(GateOf(*other).intents, intent) && Overlap(other->rule, rule.rule);
  });
}

}  // namespace

void CheckGate(const ActionCheck& check, const Gate& gate) {
  CheckIntents(check, gate);
  if (!check.rule().IsSound(".gate")) return;
  const bool closed = check.rule().proto->gate().closed();
  if (closed == gate.open) {
    check.Error(".gate", closed ? "is closed and open: want one of the two"
                                : "is neither closed nor open: want closed: true or open: true");
  }
  if (gate.open && !gate.text.empty()) {
    check.Error(".gate.text", "is shown nowhere: an open gate leaves no slot empty; use description");
  }
}

void ReportIdleGates(absl::Span<const SourceRule> rules, Report* report) {
  Gates gates;
  for (const SourceRule& rule : rules) {
    if (std::holds_alternative<Gate>(rule.rule.action)) gates.push_back(&rule);
  }
  GatesByCondition before;
  for (std::size_t i = 0; i < gates.size(); ++i) {
    const SourceRule& rule = *gates[i];
    for (std::size_t k = 0; k < GateOf(rule).intents.size(); ++k) {
      const std::string& intent = GateOf(rule).intents[k];
      const std::string below = absl::StrCat(".gate.intents[", k, "]");
      if (const SourceRule* decider = FindDecider(before, rule, intent)) {
        report->Warn(rule, below,
                     absl::StrCat("has no effect: ", NameOf(*decider), " comes first and ",
                                  GateOf(*decider).open ? "opens " : "closes ", intent, " wherever this rule applies"));
      } else if (GateOf(rule).open && intent != kClosedByDefault &&
                 !IsClosedLater(absl::MakeConstSpan(gates).subspan(i + 1), rule, intent)) {
        report->Warn(rule, below, absl::StrCat("has no effect: nothing after this rule closes ", intent, " there"));
      }
    }
    for (const std::string& intent : GateOf(rule).intents) before[{intent, rule.condition_key}].push_back(&rule);
  }
}

}  // namespace awase::rules_internal
