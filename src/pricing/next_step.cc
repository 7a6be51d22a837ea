#include "awase/pricing/next_step.h"

#include <algorithm>
#include <cstddef>
#include <variant>

namespace awase::pricing {
namespace {

std::optional<NextStep> StepOf(const QuantityTerms& terms, const DiscountOutcome& outcome) {
  const std::int64_t units = outcome.open_units.front();
  for (const QuantityTerms::Tier& tier : terms.tiers) {
    if (tier.from_quantity > units) return NextStep{.units = tier.from_quantity - units, .reduction = tier.reduction};
  }
  return std::nullopt;
}

std::optional<NextStep> StepOf(const BasketTerms& terms, const DiscountOutcome& outcome) {
  for (const BasketTerms::Tier& tier : terms.tiers) {
    const std::int64_t missing = tier.from_total_minor - outcome.open_minor;
    if (missing > 0) return NextStep{.amount_minor = missing, .reduction = tier.reduction};
  }
  return std::nullopt;
}

std::optional<NextStep> StepOf(const SetTerms& terms, const DiscountOutcome& outcome) {
  const std::int64_t sets = outcome.times;
  if (terms.most_sets.has_value() && sets >= *terms.most_sets) return std::nullopt;
  std::int64_t missing = 0;
  bool has_begun = sets == 0;
  for (std::size_t i = 0; i < terms.parts.size(); ++i) {
    const std::int64_t left = outcome.open_units[i] - sets * terms.parts[i].count;
    missing += std::max<std::int64_t>(0, terms.parts[i].count - left);
    has_begun = has_begun || left > 0;
  }
  // Nothing is missing to a set that saves nothing.
  if (missing == 0 || !has_begun) return std::nullopt;
  return NextStep{.units = missing, .reduction = terms.reduction};
}

}  // namespace

std::optional<NextStep> FindNextStep(const Discount& discount, const DiscountOutcome& outcome) {
  return std::visit([&outcome](const auto& terms) { return StepOf(terms, outcome); }, discount.terms);
}

}  // namespace awase::pricing
