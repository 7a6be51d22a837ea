// stop: which actions; stops that stop nothing, and rules that are always stopped.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "rules/internal/action_check.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Stop;

constexpr std::size_t kActions = rules::kActionNames.size();
constexpr std::uint32_t kAllActions = (std::uint32_t{1} << kActions) - 1;

// Stops by condition, so that those of other conditions need not be looked at.
using StopsByCondition = absl::flat_hash_map<std::string, DistinctRules>;

// The stop among `before` that stops the rule wherever it applies, or null.
const SourceRule* FindStop(const StopsByCondition& before, const SourceRule& rule) {
  for (const std::string& condition : {std::string(), rule.condition_key}) {
    const auto stops = before.find(condition);
    if (stops == before.end()) continue;
    const SourceRule* found =
        stops->second.Find([&rule](const SourceRule& stop) { return Stops(stop, rule) && Covers(stop, rule); });
    if (found != nullptr) return found;
  }
  return nullptr;
}

// The rules behind the one that is looked at, as stops see them.
class RulesBehind {
 public:
  void Add(const SourceRule& rule) {
    any_.AddWindow(rule);
    by_action_[rule.rule.action.index()].AddWindow(rule);
  }

  // Whether the stop surely has nothing to stop among them.
  bool HaveNothingFor(const SourceRule& stop) const {
    if (stop.stopped_actions == kAllActions) return HasNothing(any_, stop);
    for (std::size_t action = 0; action < kActions; ++action) {
      const bool is_stopped = ((stop.stopped_actions >> action) & 1U) != 0;
      if (is_stopped && !HasNothing(by_action_[action], stop)) return false;
    }
    return true;
  }

 private:
  static bool HasNothing(const DistinctRules& behind, const SourceRule& stop) {
    return behind.left_out() == nullptr &&
           behind.Find([&stop](const SourceRule& rule) { return Overlap(stop, rule); }) == nullptr;
  }

  DistinctRules any_;
  std::array<DistinctRules, kActions> by_action_;
};

// What is misspelled would stop something.
bool IsMisspelled(const Stop& stop) {
  return std::any_of(stop.actions.begin(), stop.actions.end(), [](const std::string& action) {
    return std::find(rules::kActionNames.begin(), rules::kActionNames.end(), action) == rules::kActionNames.end();
  });
}

// By place: whether the rule is a stop that stops nothing.
std::vector<bool> FindIdleStops(absl::Span<const SourceRule> rules) {
  std::vector<bool> is_idle(rules.size());
  RulesBehind behind;
  for (std::size_t i = rules.size(); i-- > 0;) {
    const auto* stop = std::get_if<Stop>(&rules[i].rule.action);
    is_idle[i] = stop != nullptr && !IsMisspelled(*stop) && behind.HaveNothingFor(rules[i]);
    behind.Add(rules[i]);
  }
  return is_idle;
}

}  // namespace

void CheckStop(const ActionCheck& check, const Stop& stop) {
  if (stop.actions.empty() && check.rule().Has(".stop.actions") && check.rule().IsSound(".stop.actions")) {
    check.Error(".stop.actions", "is empty: name at least one action, or take the key away for all of them");
  }
  check.Words(".stop.actions", stop.actions, rules::kActionNames, "action");
}

std::uint32_t StoppedActions(const Stop& stop) {
  if (stop.actions.empty()) return kAllActions;
  std::uint32_t actions = 0;
  for (const std::string& action : stop.actions) {
    const auto* name = std::find(rules::kActionNames.begin(), rules::kActionNames.end(), action);
    if (name != rules::kActionNames.end()) actions |= std::uint32_t{1} << (name - rules::kActionNames.begin());
  }
  return actions;
}

bool Stops(const SourceRule& stop, const SourceRule& rule) {
  return ((stop.stopped_actions >> rule.rule.action.index()) & 1U) != 0;
}

std::vector<SourceRule> TakeStoppedRules(std::vector<SourceRule>* rules, Report* report) {
  const std::vector<bool> is_idle = FindIdleStops(*rules);
  StopsByCondition before;
  std::vector<bool> is_stopped(rules->size());
  for (std::size_t i = 0; i < rules->size(); ++i) {
    const SourceRule& rule = (*rules)[i];
    if (const SourceRule* stop = FindStop(before, rule)) {
      report->Warn(rule, "", absl::StrCat("dead rule: ", NameOf(*stop), " stops it wherever it applies"));
      is_stopped[i] = true;
    } else if (std::holds_alternative<Stop>(rule.rule.action)) {
      if (is_idle[i]) report->Warn(rule, ".stop", "has no effect: no rule behind this one is stopped by it");
      before[rule.condition_key].Add(rule, absl::StrCat(rule.stopped_actions));
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
