#include "awase/plans/cost.h"

#include <algorithm>

namespace awase::plans {
namespace {

// Whether seats are paid one by one, so that those bought are the limit.
bool PaysForSeats(const Configuration& configuration, absl::string_view metric) {
  return metric == kSeatsMetric && configuration.PaysPerSeat();
}

// Had with a plan that says nothing of the metric: a subscription is for one at least.
Quantity HadAnyway(absl::string_view metric) { return Quantity{metric == kSeatsMetric ? kMicrosPerUnit : 0}; }

}  // namespace

Quantity SeatsAsQuantity(std::int64_t seats) {
  return Quantity{std::min(seats, kMostQuantity.micros / kMicrosPerUnit) * kMicrosPerUnit};
}

std::int64_t SeatsOf(Quantity use) { return (use.micros + kMicrosPerUnit - 1) / kMicrosPerUnit; }

bool Configuration::PaysPerSeat() const {
  return plan->fee.is_per_seat ||
         std::any_of(options.begin(), options.end(), [](const Option* option) { return option->fee.is_per_seat; });
}

bool Configuration::Knows(absl::string_view metric) const {
  if (PaysForSeats(*this, metric) || plan->FindTerm(metric) != nullptr) return true;
  return std::any_of(options.begin(), options.end(),
                     [metric](const Option* option) { return option->FindTerm(metric) != nullptr; });
}

bool Configuration::Has(ProductIndex product) const {
  return plan->product == product || plan->Includes(product) ||
         std::any_of(options.begin(), options.end(),
                     [product](const Option* option) { return option->product == product; });
}

std::optional<Quantity> Configuration::LimitOf(absl::string_view metric) const {
  const Term* term = plan->FindTerm(metric);
  Quantity limit{0};
  if (term != nullptr) {
    if (!term->limit.has_value() && !PaysForSeats(*this, metric)) return std::nullopt;
    limit = term->limit.value_or(kMostQuantity);
  } else if (!Knows(metric)) {
    return std::nullopt;
  } else if (PaysForSeats(*this, metric)) {
    limit = kMostQuantity;
  }
  for (const Option* option : options) {
    const Term* more = option->FindTerm(metric);
    if (more == nullptr) continue;
    if (!more->limit.has_value()) return std::nullopt;
    limit = Plus(limit, *more->limit);
  }
  return PaysForSeats(*this, metric) ? std::min(limit, SeatsAsQuantity(seats)) : limit;
}

std::int64_t Configuration::FeeMinor() const {
  std::int64_t fee = plan->fee.Of(seats);
  for (const Option* option : options) fee = std::min(fee + option->fee.Of(seats), kMostCostMinor);
  return fee;
}

Cost CostOf(const Configuration& configuration, absl::Span<const MetricUse> uses) {
  Cost cost;
  cost.fee_minor = configuration.FeeMinor();
  for (const MetricUse& use : uses) {
    if (!configuration.Knows(use.metric)) {
      if (use.quantity > HadAnyway(use.metric)) cost.not_covered.push_back(use.metric);
      continue;
    }
    const std::optional<Quantity> limit = configuration.LimitOf(use.metric);
    if (!limit.has_value() || use.quantity <= *limit) continue;
    const Term* term = configuration.plan->FindTerm(use.metric);
    if (term == nullptr || !term->overage.has_value()) {
      cost.not_covered.push_back(use.metric);
      continue;
    }
    const std::int64_t charge = term->overage->Charge(Quantity{use.quantity.micros - limit->micros});
    cost.overage_minor = std::min(cost.overage_minor + charge, kMostCostMinor);
  }
  return cost;
}

Cost CostOf(const Plan& plan, absl::Span<const MetricUse> uses) {
  Configuration configuration{.plan = &plan};
  for (const MetricUse& use : uses) {
    if (use.metric == kSeatsMetric) configuration.seats = SeatsOf(use.quantity);
  }
  return CostOf(configuration, uses);
}

}  // namespace awase::plans
