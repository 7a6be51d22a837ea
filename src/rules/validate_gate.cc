// gate: which intents, and whether they are opened or closed; gates that decide nothing.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rules/internal/action_check.h"
#include "rules/internal/distinct_rules.h"
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

const Gate& GateOf(const SourceRule& rule) { return std::get<Gate>(rule.rule.action); }

// Gates by what they speak of and under which condition, so that those of other conditions need not be looked at.
using GatesByCondition = absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, DistinctRules>;

// The gate among `before` that decides on the intent wherever `rule` applies, or null.
const SourceRule* FindDecider(const GatesByCondition& before, const SourceRule& rule, const std::string& intent) {
  for (const absl::string_view condition : {absl::string_view(), absl::string_view(rule.condition_key)}) {
    const auto gates = before.find(std::pair(absl::string_view(intent), condition));
    if (gates == before.end()) continue;
    const SourceRule* found = gates->second.Find([&rule](const SourceRule& other) { return Covers(other, rule); });
    if (found != nullptr) return found;
  }
  return nullptr;
}

// Gates that open an intent where surely none behind them closes it, with the places of these intents.
absl::flat_hash_set<std::pair<const SourceRule*, std::size_t>> FindIdleOpenings(
    const std::vector<const SourceRule*>& gates) {
  absl::flat_hash_set<std::pair<const SourceRule*, std::size_t>> idle;
  absl::flat_hash_map<absl::string_view, DistinctRules> closing;  // by intent, of those behind
  for (auto gate = gates.rbegin(); gate != gates.rend(); ++gate) {
    const std::vector<std::string>& intents = GateOf(**gate).intents;
    for (std::size_t i = 0; i < intents.size(); ++i) {
      if (!GateOf(**gate).open) {
        closing[intents[i]].AddWindow(**gate);
        continue;
      }
      const DistinctRules& behind = closing[intents[i]];
      const SourceRule* found = behind.Find([&](const SourceRule& other) { return Overlap(other, **gate); });
      if (intents[i] != kClosedByDefault && found == nullptr && behind.left_out() == nullptr) idle.insert({*gate, i});
    }
  }
  return idle;
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
  std::vector<const SourceRule*> gates;
  for (const SourceRule& rule : rules) {
    if (std::holds_alternative<Gate>(rule.rule.action)) gates.push_back(&rule);
  }
  const auto idle_openings = FindIdleOpenings(gates);
  GatesByCondition before;
  for (const SourceRule* rule : gates) {
    const std::vector<std::string>& intents = GateOf(*rule).intents;
    for (std::size_t i = 0; i < intents.size(); ++i) {
      const std::string below = absl::StrCat(".gate.intents[", i, "]");
      if (const SourceRule* decider = FindDecider(before, *rule, intents[i])) {
        report->Warn(
            *rule, below,
            absl::StrCat("has no effect: ", NameOf(*decider), " comes first and ",
                         GateOf(*decider).open ? "opens " : "closes ", intents[i], " wherever this rule applies"));
      } else if (idle_openings.contains({rule, i})) {
        report->Warn(*rule, below,
                     absl::StrCat("has no effect: nothing after this rule closes ", intents[i], " there"));
      }
    }
    for (const std::string& intent : intents) before[{intent, rule->condition_key}].Add(*rule);
  }
}

}  // namespace awase::rules_internal
