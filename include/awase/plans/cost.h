#ifndef AWASE_PLANS_COST_H_
#define AWASE_PLANS_COST_H_

// What a subscription costs for the use of one interval, in minor units, exactly.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/plans/plan.h"
#include "awase/plans/usage_history.h"

namespace awase::plans {

// So many seats as a quantity, at most kMostQuantity. REQUIRES: seats >= 0.
Quantity SeatsAsQuantity(std::int64_t seats);

// Begun seats are whole ones.
std::int64_t SeatsOf(Quantity use);

// What a customer can subscribe to. Borrows plan and options.
struct Configuration {
  const Plan* plan = nullptr;
  std::vector<const Option*> options;  // paid for beside the plan; by product, none that the plan includes
  std::int64_t seats = 1;              // bought; they cost something where a fee is per seat

  // What plan and options allow of a metric; nothing = unlimited, or no word of it (see Knows).
  std::optional<Quantity> LimitOf(absl::string_view metric) const;
  // Whether the plan or an option says anything of the metric. Seats are known where they are paid for.
  bool Knows(absl::string_view metric) const;
  // Whether plan or options are paid seat by seat, so that the seats bought are a limit.
  bool PaysPerSeat() const;
  // Whether the product is the plan, or an option that is paid for or part of the plan.
  bool Has(ProductIndex product) const;
  // Paid each interval whatever is used.
  std::int64_t FeeMinor() const;

  friend bool operator==(const Configuration&, const Configuration&) = default;
};

struct Cost {
  std::int64_t fee_minor = 0;      // of plan, seats and options
  std::int64_t overage_minor = 0;  // of all metrics
  // Metrics of which more is used than the subscription gives at any price. What they would cost is not in the sums.
  std::vector<std::string> not_covered;

  bool covers() const { return not_covered.empty(); }
  std::int64_t total_minor() const { return fee_minor + overage_minor; }  // at most 2 · kMostCostMinor
};

// fee + Σ over metrics of the tariff's charge for what exceeds the limit, each rounded once (Tariff::Charge).
// `uses`: of one interval; a metric that the plan says nothing of is not covered unless nothing of it is used, or no
// more than the one seat that every plan has.
// O(uses · log terms · options).
Cost CostOf(const Configuration& configuration, absl::Span<const MetricUse> uses);

// Of a plan alone, with as many seats as are used of them.
Cost CostOf(const Plan& plan, absl::Span<const MetricUse> uses);

}  // namespace awase::plans

#endif  // AWASE_PLANS_COST_H_
