#include "plans/internal/choices.h"

#include <algorithm>
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

std::vector<Configuration> ChoicesOf(const plans::PlanBook& book, const plans::Subscription& subscription,
                                     const Plan& plan, std::int64_t seats) {
  Configuration base{.plan = &plan, .options = {}, .seats = seats};
  std::vector<const Option*> held;  // for capacity, by now
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
  std::vector<Configuration> choices = {base};
  const auto add = [&](std::vector<const Option*> capacity) {
    Configuration& choice = choices.emplace_back(base);
    choice.options.insert(choice.options.end(), capacity.begin(), capacity.end());
  };
  if (held.size() > 1) add(held);
  for (const Option& option : book.options()) {
    if (!option.is_capacity || plan.Includes(option.product) || !CanBeAdded(option, plan)) continue;
    add({&option});
    const bool is_held = std::find(held.begin(), held.end(), &option) != held.end();
    if (held.empty() || is_held) continue;
    std::vector<const Option*> more = held;
    more.push_back(&option);
    add(std::move(more));
  }
  for (Configuration& choice : choices) {
    SortOptions(&choice);
    if (!choice.PaysPerSeat()) choice.seats = 1;
  }
  return choices;
}

}  // namespace awase::plans_internal
