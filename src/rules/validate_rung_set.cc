// Rung rules that are right by themselves, but not together.
//
// Circles. What counts is what is in force at one moment and place: a summer's ladder may be turned round in winter.
// The steps that meet anywhere do so when the last of their rules has begun, so only beginnings need to be looked at,
// and only placements that a rule names. At each of them products that nothing is below are taken away, again and again
// (Kahn 1962); what is left has a circle. Without one over all times and places, as nearly always, one pass is all.

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Rung;
using ::awase::yaml::Quoted;

constexpr std::size_t kMostRulesInMessage = 3;
// Circles are looked for under each condition by itself, which takes its time; so many at most.
constexpr std::size_t kMostConditionGroups = 100;

const Rung* RungOf(const SourceRule& rule) { return std::get_if<Rung>(&rule.rule.action); }

// From a product of a rule's ladder to the next.
struct Step {
  const SourceRule* rule;  // rules lie in the order in which they are applied
  std::size_t place;       // of `higher` in its products
  absl::string_view lower;
  absl::string_view higher;
};

std::vector<Step> CollectSteps(absl::Span<const SourceRule> rules) {
  std::vector<Step> steps;
  for (const SourceRule& rule : rules) {
    const Rung* rung = RungOf(rule);
    if (rung == nullptr || rung->forbid) continue;
    const absl::flat_hash_set<absl::string_view> distinct(rung->products.begin(), rung->products.end());
    if (distinct.size() != rung->products.size()) continue;  // reported already
    for (std::size_t i = 1; i < rung->products.size(); ++i) {
      steps.push_back({&rule, i, rung->products[i - 1], rung->products[i]});
    }
  }
  return steps;
}

// By product: how many steps lead to it from products that are in a circle or above one.
absl::flat_hash_map<absl::string_view, std::size_t> CountBelow(const std::vector<Step>& steps) {
  absl::flat_hash_map<absl::string_view, std::vector<absl::string_view>> above;
  absl::flat_hash_map<absl::string_view, std::size_t> below;
  for (const Step& step : steps) {
    above[step.lower].push_back(step.higher);
    ++below[step.higher];
    below.try_emplace(step.lower, 0);
  }
  std::vector<absl::string_view> bottom;
  for (const auto& [product, count] : below) {
    if (count == 0) bottom.push_back(product);
  }
  while (!bottom.empty()) {
    const absl::string_view product = bottom.back();
    bottom.pop_back();
    for (const absl::string_view higher : above[product]) {
      if (--below[higher] == 0) bottom.push_back(higher);
    }
  }
  return below;
}

// The steps of one circle, whichever comes first; none when there is none. O(steps).
std::vector<Step> FindCircle(const std::vector<Step>& steps) {
  const auto below_count = CountBelow(steps);
  absl::flat_hash_map<absl::string_view, const Step*> from_below;
  absl::string_view product;
  for (const Step& step : steps) {
    if (below_count.at(step.lower) == 0) continue;
    if (from_below.empty()) product = step.lower;
    from_below.try_emplace(step.higher, &step);
  }
  if (from_below.empty()) return {};
  // Down and down: what is left has something below it, so at last a product comes back.
  std::vector<Step> path;
  absl::flat_hash_map<absl::string_view, std::size_t> place_on_path;
  while (place_on_path.try_emplace(product, path.size()).second) {
    path.push_back(*from_below.at(product));
    product = path.back().lower;
  }
  path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(place_on_path.at(product)));
  return path;
}

// On the rule that comes last, naming the others.
const SourceRule* ReportCircle(const std::vector<Step>& circle, Report* report) {
  const auto last =
      std::max_element(circle.begin(), circle.end(), [](const Step& a, const Step& b) { return a.rule < b.rule; });
  std::set<const SourceRule*> others;
  for (const Step& step : circle) {
    if (step.rule != last->rule) others.insert(step.rule);
  }
  std::string names;
  std::size_t count = 0;
  for (const SourceRule* other : others) {
    if (++count > kMostRulesInMessage) break;
    absl::StrAppend(&names, names.empty() ? "" : " and ", NameOf(*other));
  }
  if (others.size() > kMostRulesInMessage) {
    absl::StrAppend(&names, " and ", others.size() - kMostRulesInMessage, " more");
  }
  report->Error(*last->rule, absl::StrCat(".rung.products[", last->place, "]"),
                absl::StrCat(Quoted(last->higher), " is above ", Quoted(last->lower), " here, but below it by ", names,
                             ": a ladder does not go round in a circle"));
  return last->rule;
}

// Reports circles until none is left; of a rule that is reported no further steps are looked at.
void ReportCirclesOf(std::vector<Step> steps, absl::flat_hash_set<const SourceRule*>* reported, Report* report) {
  const auto drop_reported = [&] {
    steps.erase(
        std::remove_if(steps.begin(), steps.end(), [&](const Step& step) { return reported->contains(step.rule); }),
        steps.end());
  };
  drop_reported();
  for (std::vector<Step> circle = FindCircle(steps); !circle.empty(); circle = FindCircle(steps)) {
    reported->insert(ReportCircle(circle, report));
    drop_reported();
  }
}

// Rules of which one may apply without the other, as conditions tell, are not in one group. Steps that apply always are
// in every group.
std::vector<const SourceRule*> ConditionGroups(const std::vector<Step>& steps) {
  std::vector<const SourceRule*> groups = {nullptr};  // of the steps that apply always
  for (const Step& step : steps) {
    const auto is_same = [&step](const SourceRule* group) {
      return group != nullptr && group->condition_key == step.rule->condition_key;
    };
    if (step.rule->condition_key.empty() || std::any_of(groups.begin(), groups.end(), is_same)) continue;
    groups.push_back(step.rule);
    if (groups.size() > kMostConditionGroups) break;
  }
  return groups;
}

bool IsInForce(const SourceRule& source, absl::Time moment, const std::string& placement, const SourceRule* group) {
  const rules::Rule& rule = source.rule;
  const bool is_placed = rule.placements.empty() || Contains(rule.placements, placement);
  const bool holds = source.condition_key.empty() || (group != nullptr && HoldsWherever(source, *group));
  return is_placed && holds && rule.from <= moment && moment < rule.until;
}

// The steps that are on a circle or between two, if all rules apply at once.
std::vector<Step> StepsAroundCircles(std::vector<Step> steps) {
  const auto below_count = CountBelow(steps);
  steps.erase(
      std::remove_if(steps.begin(), steps.end(), [&](const Step& step) { return below_count.at(step.lower) == 0; }),
      steps.end());
  return steps;
}

// One step, of those that both rules are about.
struct Contradiction {
  const SourceRule* assertion;
  const SourceRule* forbid;
  std::size_t lower;  // places in the products of the assertion
  std::size_t higher;
};

void ReportContradiction(const Contradiction& found, Report* report) {
  const std::vector<std::string>& products = RungOf(*found.assertion)->products;
  const std::string step =
      absl::StrCat(" the step from ", Quoted(products[found.lower]), " to ", Quoted(products[found.higher]));
  if (found.forbid < found.assertion) {
    report->Warn(*found.assertion, absl::StrCat(".rung.products[", found.higher, "]"),
                 absl::StrCat(NameOf(*found.forbid), " comes first and forbids", step, " at the same time and place"));
  } else {
    report->Warn(*found.forbid, ".rung",
                 absl::StrCat(NameOf(*found.assertion), " comes first and asserts", step,
                              " at the same time and place: it stays"));
  }
}

using RulesByProduct = absl::flat_hash_map<absl::string_view, std::vector<const SourceRule*>>;

// Each forbidding rule that meets a step of the ladder once, with the first such step.
void ReportForbidden(const SourceRule& assertion, const RulesByProduct& forbids, Report* report) {
  const std::vector<std::string>& products = RungOf(assertion)->products;
  absl::flat_hash_set<const SourceRule*> reported;
  for (std::size_t lower = 0; lower < products.size(); ++lower) {
    const auto found = forbids.find(products[lower]);
    if (found == forbids.end()) continue;
    const std::size_t end = std::min(products.size(), lower + rules::kFarthestStep + 1);
    for (const SourceRule* forbid : found->second) {
      if (reported.contains(forbid) || !Overlap(forbid->rule, assertion.rule)) continue;
      // The first of the two may not apply where the second does: that is how an exception is made.
      const bool forbid_first = forbid < &assertion;
      if (!HoldsWherever(forbid_first ? *forbid : assertion, forbid_first ? assertion : *forbid)) continue;
      for (std::size_t higher = lower + 1; higher < end; ++higher) {
        if (!Contains(RungOf(*forbid)->products, products[higher]) || !reported.insert(forbid).second) continue;
        ReportContradiction({&assertion, forbid, lower, higher}, report);
      }
    }
  }
}

}  // namespace

void ReportContradictedRungs(absl::Span<const SourceRule> rules, Report* report) {
  RulesByProduct forbids;
  for (const SourceRule& rule : rules) {
    const Rung* rung = RungOf(rule);
    if (rung == nullptr || !rung->forbid) continue;
    for (const std::string& product : rung->products) forbids[product].push_back(&rule);
  }
  if (forbids.empty()) return;
  for (const SourceRule& rule : rules) {
    const Rung* rung = RungOf(rule);
    if (rung != nullptr && !rung->forbid) ReportForbidden(rule, forbids, report);
  }
}

void ReportRungCircles(absl::Span<const SourceRule> rules, Report* report) {
  const std::vector<Step> steps = StepsAroundCircles(CollectSteps(rules));
  if (steps.empty()) return;
  std::set<absl::Time> beginnings;
  std::set<std::string> placements;
  for (const Step& step : steps) {
    beginnings.insert(step.rule->rule.from);
    placements.insert(step.rule->rule.placements.begin(), step.rule->rule.placements.end());
  }
  if (placements.empty()) placements.insert("");  // all rules act everywhere: any placement will do
  absl::flat_hash_set<const SourceRule*> reported;
  for (const SourceRule* group : ConditionGroups(steps)) {
    for (const absl::Time moment : beginnings) {
      for (const std::string& placement : placements) {
        std::vector<Step> in_force;
        for (const Step& step : steps) {
          if (IsInForce(*step.rule, moment, placement, group)) in_force.push_back(step);
        }
        ReportCirclesOf(std::move(in_force), &reported, report);
      }
    }
  }
}

}  // namespace awase::rules_internal
