// Rung rules whose ladders go round in a circle together.
//
// What counts is what is in force at one moment and place: a summer's ladder may be turned round in winter. The steps
// that meet anywhere do so when the last of their rules has begun, so only beginnings need to be looked at, and only
// placements that a rule names. At each of them products that nothing is below are taken away, again and again
// (Kahn 1962); what is left has a circle. Without one over all times and places, as nearly always, one pass is all.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Rung;
using ::awase::yaml::Quoted;

constexpr std::size_t kMostRulesInMessage = 3;
// Circles are looked for under each condition by itself, which takes its time: under so many.
constexpr std::size_t kMostConditionGroups = 100;
// Steps in all passes over them: about a second. Sets of rules with circles may need any number of passes.
constexpr std::size_t kMostStepsLookedAt = 50'000'000;

const Rung* RungOf(const SourceRule& rule) { return std::get_if<Rung>(&rule.rule.action); }

// From a product of a rule's ladder to the next.
struct Step {
  const SourceRule* rule;  // rules lie in the order in which they are applied
  std::size_t place;       // of `higher` in its products
  std::uint32_t lower;     // numbers of the products, 0 …
  std::uint32_t higher;
};
using Steps = std::vector<Step>;

Steps CollectSteps(absl::Span<const SourceRule> rules) {
  Steps steps;
  absl::flat_hash_map<absl::string_view, std::uint32_t> numbers;
  const auto number_of = [&numbers](const std::string& product) {
    return numbers.try_emplace(product, static_cast<std::uint32_t>(numbers.size())).first->second;
  };
  for (const SourceRule& rule : rules) {
    const Rung* rung = RungOf(rule);
    if (rung == nullptr || rung->forbid) continue;
    const absl::flat_hash_set<absl::string_view> distinct(rung->products.begin(), rung->products.end());
    if (distinct.size() != rung->products.size()) continue;  // reported already
    for (std::size_t i = 1; i < rung->products.size(); ++i) {
      steps.push_back({&rule, i, number_of(rung->products[i - 1]), number_of(rung->products[i])});
    }
  }
  return steps;
}

// The same steps with products numbered anew: none that has no step.
Steps Renumbered(Steps steps) {
  absl::flat_hash_map<std::uint32_t, std::uint32_t> numbers;
  for (Step& step : steps) {
    step.lower = numbers.try_emplace(step.lower, static_cast<std::uint32_t>(numbers.size())).first->second;
    step.higher = numbers.try_emplace(step.higher, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  return steps;
}

// By product: how many steps lead to it from products that are in a circle or above one. O(steps + products).
std::vector<std::size_t> CountBelow(const Steps& steps) {
  std::uint32_t products = 0;
  for (const Step& step : steps) products = std::max({products, step.lower + 1, step.higher + 1});
  std::vector<std::size_t> below(products);
  std::vector<std::vector<std::uint32_t>> above(products);
  for (const Step& step : steps) {
    above[step.lower].push_back(step.higher);
    ++below[step.higher];
  }
  std::vector<std::uint32_t> bottom;
  for (std::uint32_t product = 0; product < below.size(); ++product) {
    if (below[product] == 0) bottom.push_back(product);
  }
  while (!bottom.empty()) {
    const std::uint32_t product = bottom.back();
    bottom.pop_back();
    for (const std::uint32_t higher : above[product]) {
      if (--below[higher] == 0) bottom.push_back(higher);
    }
  }
  return below;
}

// The steps of one circle, whichever comes first; none when there is none. O(steps + products).
Steps FindCircle(const Steps& steps) {
  const std::vector<std::size_t> below_count = CountBelow(steps);
  std::vector<const Step*> from_below(below_count.size());
  const Step* start = nullptr;
  for (const Step& step : steps) {
    if (below_count[step.lower] == 0) continue;
    if (start == nullptr) start = &step;
    if (from_below[step.higher] == nullptr) from_below[step.higher] = &step;
  }
  if (start == nullptr) return {};
  // Down and down: what is left has something below it, so at last a product comes back.
  Steps path;
  absl::flat_hash_map<std::uint32_t, std::size_t> place_on_path;
  std::uint32_t product = start->lower;
  while (place_on_path.try_emplace(product, path.size()).second) {
    path.push_back(*from_below[product]);
    product = path.back().lower;
  }
  path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(place_on_path.at(product)));
  return path;
}

// On the rule that comes last, naming the others.
const SourceRule* ReportCircle(const Steps& circle, Report* report) {
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
  const std::vector<std::string>& products = RungOf(*last->rule)->products;
  report->Error(*last->rule, absl::StrCat(".rung.products[", last->place, "]"),
                absl::StrCat(Quoted(products[last->place]), " is above ", Quoted(products[last->place - 1]),
                             " here, but below it by ", names, ": a ladder does not go round in a circle"));
  return last->rule;
}

// The steps that are on a circle or between two, if all of them apply at once.
Steps StepsAroundCircles(Steps steps) {
  const Steps renumbered = Renumbered(steps);
  const std::vector<std::size_t> below_count = CountBelow(renumbered);
  Steps around;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (below_count[renumbered[i].lower] > 0) around.push_back(steps[i]);
  }
  return around;
}

// Rules of which one may apply without the other, as conditions tell, are not in one group. Steps that apply always are
// in every group.
std::vector<const SourceRule*> ConditionGroups(const Steps& steps) {
  std::vector<const SourceRule*> groups = {nullptr};  // of the steps that apply always
  absl::flat_hash_set<absl::string_view> known = {""};
  for (const Step& step : steps) {
    if (known.insert(step.rule->condition_key).second) groups.push_back(step.rule);
  }
  return groups;
}

template <typename Holds>
Steps StepsWith(const Steps& steps, const Holds& holds) {
  Steps found;
  std::copy_if(steps.begin(), steps.end(), std::back_inserter(found),
               [&holds](const Step& step) { return holds(*step.rule); });
  return StepsAroundCircles(std::move(found));
}

std::set<std::string> PlacementsOf(const Steps& steps) {
  std::set<std::string> placements;
  for (const Step& step : steps) placements.insert(step.rule->placements.begin(), step.rule->placements.end());
  if (placements.empty()) placements.insert("");  // all rules act everywhere: any placement will do
  return placements;
}

// Finds circles until none is left; of a rule that is reported no further steps are looked at.
class CircleFinder {
 public:
  explicit CircleFinder(Report* report) : report_(report) {}

  // Says so where it ends before all has been looked at.
  void ReportAll(const Steps& steps) {
    const std::vector<const SourceRule*> groups = ConditionGroups(steps);
    const std::size_t looked_at = std::min(groups.size(), kMostConditionGroups);
    for (std::size_t i = 0; i < looked_at && !is_out_of_time_; ++i) ReportGroup(groups[i], steps);
    if (looked_at == groups.size() && !is_out_of_time_) return;
    report_->Warn(*steps.back().rule, ".rung",
                  absl::StrCat("circles were not looked for among all rungs: ", steps.size(), " steps under ",
                               groups.size(), " conditions would go round if all rules applied at once"));
  }

 private:
  // Those that may apply under the condition of the rule; null: always.
  void ReportGroup(const SourceRule* group, const Steps& steps) {
    if (!TakeWork(steps.size())) return;
    const Steps of_group = StepsWith(steps, [group](const SourceRule& rule) {
      return rule.condition_key.empty() || (group != nullptr && HoldsWherever(rule, *group));
    });
    for (const std::string& placement : PlacementsOf(of_group)) {
      if (!TakeWork(of_group.size())) return;
      ReportOverTime(StepsWith(of_group, [&placement](const SourceRule& rule) {
        return rule.placements.empty() || Contains(rule.placements, placement);
      }));
    }
  }

  // Whether there is time for so many steps more.
  bool TakeWork(std::size_t steps) {
    is_out_of_time_ = is_out_of_time_ || steps > left_;
    if (!is_out_of_time_) left_ -= steps;
    return !is_out_of_time_;
  }

  // Of steps that are in one place under one condition.
  void ReportOverTime(Steps steps) {
    const auto begins_before = [](const Step& a, const Step& b) { return a.rule->rule.from < b.rule->rule.from; };
    std::stable_sort(steps.begin(), steps.end(), begins_before);
    Steps in_force;
    for (auto next = steps.begin(); next != steps.end() && !is_out_of_time_;) {
      const absl::Time moment = next->rule->rule.from;
      while (next != steps.end() && next->rule->rule.from == moment) in_force.push_back(*next++);
      Drop(&in_force, [moment](const Step& step) { return step.rule->rule.until <= moment; });
      ReportAtOnce(&in_force);
    }
  }

  void ReportAtOnce(Steps* steps) {
    Drop(steps, [this](const Step& step) { return reported_.contains(step.rule); });
    Steps left = Renumbered(*steps);
    while (TakeWork(left.size())) {
      const Steps circle = FindCircle(left);
      if (circle.empty()) return;
      const SourceRule* last = ReportCircle(circle, report_);
      reported_.insert(last);
      Drop(&left, [last](const Step& step) { return step.rule == last; });
    }
  }

  template <typename IsDropped>
  static void Drop(Steps* steps, const IsDropped& is_dropped) {
    steps->erase(std::remove_if(steps->begin(), steps->end(), is_dropped), steps->end());
  }

  Report* report_;
  std::size_t left_ = kMostStepsLookedAt;
  bool is_out_of_time_ = false;
  absl::flat_hash_set<const SourceRule*> reported_;
};

}  // namespace

void ReportRungCircles(absl::Span<const SourceRule> rules, Report* report) {
  const Steps steps = StepsAroundCircles(CollectSteps(rules));
  if (!steps.empty()) CircleFinder(report).ReportAll(steps);
}

}  // namespace awase::rules_internal
