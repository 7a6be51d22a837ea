#include "plans/internal/choices.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "plans/internal/likely_sets.h"

namespace awase::plans_internal {

using plans::Configuration;
using plans::Option;
using plans::Plan;

void SortOptions(Configuration* configuration) {
  std::sort(configuration->options.begin(), configuration->options.end(),
            [](const Option* a, const Option* b) { return a->product < b->product; });
}

namespace {

// Of so many all sets are tried, 64; of more, those that are likely to be the best.
constexpr std::size_t kMostTriedTogether = 6;

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

}  // namespace

std::vector<Configuration> ChoicesOf(const plans::PlanBook& book, const plans::Subscription& subscription,
                                     const Plan& plan, const Need& need) {
  Configuration base{.plan = &plan, .options = {}, .seats = need.seats()};
  OptionSet held;  // for capacity, by now
  for (const Option* option : subscription.options) {
    if (plan.Includes(option->product)) continue;
    if (option->is_capacity) {
      if (option->CanBeAddedTo(plan)) held.push_back(option);
    } else if (option->CanBeAddedTo(plan)) {
      base.options.push_back(option);
    } else {
      return {};
    }
  }
  OptionSet options;
  for (const std::uint32_t place : book.OptionPlacesOf(plan)) {
    const Option& option = book.options()[place];
    if (option.is_capacity && !plan.Includes(option.product)) options.push_back(&option);
  }
  std::sort(held.begin(), held.end(), [](const Option* a, const Option* b) { return a->product < b->product; });
  const bool all = options.size() <= kMostTriedTogether;
  std::vector<Configuration> choices;
  for (const OptionSet& set : all ? AllSets(options) : LikelySets(base, held, options, need)) {
    Configuration& choice = choices.emplace_back(With(base, set));
    if (!choice.PaysPerSeat()) choice.seats = 1;
  }
  return choices;
}

}  // namespace awase::plans_internal
