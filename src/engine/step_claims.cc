#include "step_claims.h"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "pricing.h"
#include "rung_rules.h"

namespace awase::engine {
namespace {

using ladder::Direction;

// Calls visit(product, number) for each step up of the ladder that the candidate is of: a rule's, or the learned one,
// in which packs, subscriptions and brands are ladders of their own.
template <typename Visit>
void ForEachStepUp(const Context& context, const Candidate& candidate, const Visit& visit) {
  if (candidate.asserted_by != nullptr) {
    const BoundLadder& ladder = *candidate.asserted_by;
    for (const AssertedStep& step : StepsOf(context, ladder, context.page_product, Direction::kHigher)) {
      visit(step.to, step.rung);
    }
    return;
  }
  const auto rungs = context.model.rungs(context.page_product);
  const auto evidence = context.model.rung_evidence(context.page_product);
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    const bool is_model = evidence.empty() || evidence[r].kind == ladder::StepKind::kModel;
    if (is_model && rungs[r].direction == Direction::kHigher) visit(rungs[r].other, rungs[r].rung);
  }
}

}  // namespace

bool IsAsFarUpAsItsRung(const Context& context, const Candidate& candidate) {
  bool agrees = true;
  const auto compare = [&](ProductIndex other, std::uint8_t rung) {
    if (rung == candidate.rung) return;
    const std::optional<Money> above_page = PriceDifference(context.model, context.page_product, other);
    const std::optional<Money> below_step = PriceDifference(context.model, other, candidate.product);
    if (!above_page.has_value() || !below_step.has_value()) return;
    const bool is_between = above_page->minor_units > 0 && below_step->minor_units > 0;
    agrees &= is_between == (rung < candidate.rung);
  };
  ForEachStepUp(context, candidate, compare);
  return agrees;
}

bool IsCheapestStep(const Context& context, const Candidate& candidate) {
  const auto is_cheaper = [&](ProductIndex other) {
    const std::optional<Money> difference = PriceDifference(context.model, candidate.product, other);
    return difference.has_value() && difference->minor_units < 0;
  };
  for (const ladder::Rung& rung : context.model.rungs(context.page_product)) {
    if (rung.grade != ladder::Grade::kWeak && is_cheaper(rung.other)) return false;
  }
  for (const Direction direction : {Direction::kLower, Direction::kHigher}) {
    for (const AssertedStep& step : FindAssertedSteps(context, context.page_product, direction)) {
      if (is_cheaper(step.to)) return false;
    }
  }
  for (const BoundPin* pin : context.pins) {
    if (pin->slot == SlotKind::kLower && is_cheaper(pin->product)) return false;
  }
  return true;
}

}  // namespace awase::engine
