// stop: which actions; stops that stop nothing, and rules that are always stopped.

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rules/internal/action_check.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Stop;

// Stops by condition, so that those of other conditions need not be looked at.
using StopsByCondition = absl::flat_hash_map<std::string, std::vector<const SourceRule*>>;

// The stop among `before` that stops the rule wherever it applies, or null.
const SourceRule* FindStop(const StopsByCondition& before, const SourceRule& rule) {
  for (const std::string& condition : {std::string(), rule.condition_key}) {
    const auto stops = before.find(condition);
    if (stops == before.end()) continue;
    const auto found = std::find_if(stops->second.begin(), stops->second.end(), [&rule](const SourceRule* stop) {
      return Stops(std::get<Stop>(stop->rule.action), rule.rule) && Covers(*stop, rule);
    });
    if (found != stops->second.end()) return *found;
  }
  return nullptr;
}

void WarnIfIdle(absl::Span<const SourceRule> behind, const SourceRule& rule, Report* report) {
  const Stop& stop = std::get<Stop>(rule.rule.action);
  const bool stops_any = std::any_of(behind.begin(), behind.end(), [&](const SourceRule& other) {
    return Stops(stop, other.rule) && Overlap(rule.rule, other.rule);
  });
  // What is misspelled would stop something.
  const bool is_known = std::all_of(stop.actions.begin(), stop.actions.end(), [](const std::string& action) {
    return std::find(rules::kActionNames.begin(), rules::kActionNames.end(), action) != rules::kActionNames.end();
  });
  if (!stops_any && is_known) report->Warn(rule, ".stop", "has no effect: no rule behind this one is stopped by it");
}

}  // namespace

void CheckStop(const ActionCheck& check, const Stop& stop) {
  if (stop.actions.empty() && check.rule().Has(".stop.actions") && check.rule().IsSound(".stop.actions")) {
    check.Error(".stop.actions", "is empty: name at least one action, or take the key away for all of them");
  }
  check.Words(".stop.actions", stop.actions, rules::kActionNames, "action");
}

bool Stops(const Stop& stop, const rules::Rule& rule) {
  return stop.actions.empty() || Contains(stop.actions, std::string(rules::kActionNames[rule.action.index()]));
}

std::vector<SourceRule> TakeStoppedRules(std::vector<SourceRule>* rules, Report* report) {
  StopsByCondition before;
  std::vector<bool> is_stopped(rules->size());
  for (std::size_t i = 0; i < rules->size(); ++i) {
    const SourceRule& rule = (*rules)[i];
    if (const SourceRule* stop = FindStop(before, rule)) {
      report->Warn(rule, "", absl::StrCat("dead rule: ", NameOf(*stop), " stops it wherever it applies"));
      is_stopped[i] = true;
    } else if (std::holds_alternative<Stop>(rule.rule.action)) {
      WarnIfIdle(absl::MakeConstSpan(*rules).subspan(i + 1), rule, report);
      before[rule.condition_key].push_back(&rule);
    }
  }
  std::vector<SourceRule> stopped;
  std::vector<SourceRule> acting;
  for (std::size_t i = 0; i < rules->size(); ++i) {
    (is_stopped[i] ? stopped : acting).push_back(std::move((*rules)[i]));
  }
  *rules = std::move(acting);
  return stopped;
}

}  // namespace awase::rules_internal
