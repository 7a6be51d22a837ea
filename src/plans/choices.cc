#include "plans/internal/choices.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace awase::plans_internal {

using plans::Configuration;
using plans::Option;
using plans::Plan;

bool CanBeAdded(const Option& option, const Plan& plan) {
  return option.FitsTo(plan.product) && option.currency == plan.currency && option.interval == plan.interval;
}

void SortOptions(Configuration* configuration) {
  std::sort(configuration->options.begin(), configuration->options.end(),
            [](const Option* a, const Option* b) { return a->product < b->product; });
}

namespace {

using OptionSet = std::vector<const Option*>;

// Of so many all sets are tried, 64; of more, those that are likely to be the best.
constexpr std::size_t kMostTriedTogether = 6;

bool Contains(const OptionSet& set, const Option* option) {
  return std::find(set.begin(), set.end(), option) != set.end();
}

Configuration With(Configuration configuration, const OptionSet& capacity) {
  configuration.options.insert(configuration.options.end(), capacity.begin(), capacity.end());
  SortOptions(&configuration);
  return configuration;
}

std::vector<OptionSet> AllSets(const OptionSet& options) {
  std::vector<OptionSet> sets = {{}};
  for (const Option* option : options) {
    for (std::size_t i = 0, count = sets.size(); i < count; ++i) {
      OptionSet& more = sets.emplace_back(sets[i]);
      more.push_back(option);
    }
  }
  return sets;
}

// The cheapest that ends the lack of one metric, else the one that adds most; null when none adds any.
const Option* FindFiller(const Configuration& base, const OptionSet& set, const OptionSet& options, const Need& need,
                         const std::string& metric) {
  const auto key = [&](const Option* option) {
    OptionSet with = set;
    with.push_back(option);
    const MetricNeed* lack = need.FindLack(With(base, with));
    const plans::Quantity more = option->FindTerm(metric)->limit.value_or(plans::kMostQuantity);
    const bool is_enough = lack == nullptr || lack->metric > metric;  // they are looked at in their order
    return is_enough ? std::tuple(0, option->fee.Of(need.seats()), std::int64_t{0})
                     : std::tuple(1, -more.micros, option->fee.Of(need.seats()));
  };
  const Option* best = nullptr;
  for (const Option* option : options) {
    if (Contains(set, option) || option->FindTerm(metric) == nullptr) continue;
    if (best == nullptr || key(option) < key(best)) best = option;
  }
  return best;
}

// What is lacking is filled metric by metric.
OptionSet Filled(const Configuration& base, OptionSet set, const OptionSet& options, const Need& need) {
  while (const MetricNeed* lack = need.FindLack(With(base, set))) {
    const Option* filler = FindFiller(base, set, options, need, lack->metric);
    if (filler == nullptr) break;
    set.push_back(filler);
  }
  return set;
}

// None, one, what is held, that and one more or one less, and what fills each lack at the least price.
std::vector<OptionSet> LikelySets(const Configuration& base, const OptionSet& held, const OptionSet& options,
                                  const Need& need) {
  std::vector<OptionSet> sets = {{}, held, Filled(base, {}, options, need), Filled(base, held, options, need)};
  for (const Option* option : options) {
    sets.push_back({option});
    OptionSet other = held;
    if (std::erase(other, option) == 0) other.push_back(option);
    sets.push_back(Filled(base, other, options, need));
    sets.push_back(std::move(other));
  }
  for (OptionSet& set : sets) std::sort(set.begin(), set.end());
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

}  // namespace

std::vector<Configuration> ChoicesOf(const plans::PlanBook& book, const plans::Subscription& subscription,
                                     const Plan& plan, const Need& need) {
  Configuration base{.plan = &plan, .options = {}, .seats = need.seats()};
  OptionSet held;  // for capacity, by now
  for (const Option* option : subscription.options) {
    if (plan.Includes(option->product)) continue;
    if (option->is_capacity) {
      if (CanBeAdded(*option, plan)) held.push_back(option);
    } else if (CanBeAdded(*option, plan)) {
      base.options.push_back(option);
    } else {
      return {};
    }
  }
  OptionSet options;
  for (const Option& option : book.options()) {
    if (option.is_capacity && !plan.Includes(option.product) && CanBeAdded(option, plan)) options.push_back(&option);
  }
  const bool all = options.size() <= kMostTriedTogether;
  std::vector<Configuration> choices;
  for (const OptionSet& set : all ? AllSets(options) : LikelySets(base, held, options, need)) {
    Configuration& choice = choices.emplace_back(With(base, set));
    if (!choice.PaysPerSeat()) choice.seats = 1;
  }
  return choices;
}

}  // namespace awase::plans_internal
