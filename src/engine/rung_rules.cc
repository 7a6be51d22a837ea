#include "rung_rules.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace awase::engine {
namespace {

using Ladders = absl::InlinedVector<const BoundLadder*, 4>;

// The ladders of the product and of its root that apply here and now, by rank, each once.
Ladders LaddersOf(const Context& context, ProductIndex product) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  Ladders ladders;
  if (bound.ladders.empty()) return ladders;
  const auto add = [&](ProductIndex member) {
    for (const std::uint32_t place : bound.ladders_by_product.Of(member)) {
      const BoundLadder& ladder = bound.ladders[place];
      if (Applies(context, ladder.rule)) ladders.push_back(&ladder);
    }
  };
  add(product);
  if (const ProductIndex root = context.model.root(product); root != product) add(root);
  // Addresses rise with rank: the ladders of a snapshot are one vector, filled in the order of the rule set.
  std::sort(ladders.begin(), ladders.end());
  ladders.erase(std::unique(ladders.begin(), ladders.end()), ladders.end());
  return ladders;
}

// Where the product, else its root, is in the ladder.
std::optional<std::size_t> FindPlace(const Context& context, const BoundLadder& ladder, ProductIndex product) {
  const auto& products = ladder.products;
  auto found = std::find(products.begin(), products.end(), product);
  if (found == products.end()) found = std::find(products.begin(), products.end(), context.model.root(product));
  if (found == products.end()) return std::nullopt;
  return static_cast<std::size_t>(found - products.begin());
}

// The product `steps` from `place`; nothing beyond the end of the ladder.
std::optional<ProductIndex> StepFrom(const BoundLadder& ladder, std::size_t place, std::size_t steps,
                                     ladder::Direction direction) {
  if (direction == ladder::Direction::kLower) {
    return place < steps ? std::nullopt : std::optional(ladder.products[place - steps]);
  }
  return place + steps >= ladder.products.size() ? std::nullopt : std::optional(ladder.products[place + steps]);
}

// In either direction.
bool Asserts(const BoundLadder& ladder, std::size_t place, ProductIndex to) {
  for (std::size_t steps = 1; steps <= rules::kFarthestStep; ++steps) {
    if (StepFrom(ladder, place, steps, ladder::Direction::kLower) == to) return true;
    if (StepFrom(ladder, place, steps, ladder::Direction::kHigher) == to) return true;
  }
  return false;
}

}  // namespace

AssertedSteps StepsOf(const Context& context, const BoundLadder& ladder, ProductIndex from,
                      ladder::Direction direction) {
  AssertedSteps found;
  const std::optional<std::size_t> place = FindPlace(context, ladder, from);
  if (ladder.rung->forbid || !place.has_value()) return found;
  for (std::size_t steps = 1; steps <= rules::kFarthestStep; ++steps) {
    const std::optional<ProductIndex> to = StepFrom(ladder, *place, steps, direction);
    if (to.has_value()) found.push_back({&ladder, *to, static_cast<std::uint8_t>(steps)});
  }
  return found;
}

AssertedSteps FindAssertedSteps(const Context& context, ProductIndex from, ladder::Direction direction) {
  AssertedSteps found;
  for (const BoundLadder* ladder : LaddersOf(context, from)) {
    for (const AssertedStep& step : StepsOf(context, *ladder, from, direction)) {
      const bool known =
          std::any_of(found.begin(), found.end(), [&](const AssertedStep& earlier) { return earlier.to == step.to; });
      if (!known) found.push_back(step);
    }
  }
  return found;
}

const rules::Rule* ForbiddingRule(const Context& context, ProductIndex from, ProductIndex to) {
  for (const BoundLadder* ladder : LaddersOf(context, from)) {
    if (ladder->rung->forbid) {
      if (FindPlace(context, *ladder, to).has_value()) return ladder->rule.rule;
    } else if (Asserts(*ladder, *FindPlace(context, *ladder, from), to)) {
      return nullptr;
    }
  }
  return nullptr;
}

}  // namespace awase::engine
