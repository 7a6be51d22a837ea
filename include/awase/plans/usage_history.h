#ifndef AWASE_PLANS_USAGE_HISTORY_H_
#define AWASE_PLANS_USAGE_HISTORY_H_

// What one customer used, interval by interval.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/plans/quantity.h"

namespace awase::plans {

// One record as it is reported; several of one metric and period add up.
struct UsageRecord {
  std::string metric;  // as in limit.METRIC
  Quantity quantity;   // ≥ 0
  std::string period;  // any text, the same for all records of one interval of the plan: "2026-10"
};

// Whether a period is a month, "2026-10": a year's fee for each of them would be no cost of anybody.
bool IsMonth(absl::string_view period);

// How much of one metric in one period.
struct MetricUse {
  std::string metric;
  Quantity quantity;

  friend bool operator==(const MetricUse&, const MetricUse&) = default;
};

// thread-compatible.
class UsageHistory {
 public:
  // Every metric that is ever mentioned was used in every period, with 0 where nothing is said. O(n log n).
  static UsageHistory Of(absl::Span<const UsageRecord> records);

  bool empty() const { return rows_.empty(); }
  absl::Span<const std::string> metrics() const { return metrics_; }  // ascending
  absl::Span<const std::string> periods() const { return periods_; }  // ascending as texts
  // By metric, all of them.
  absl::Span<const MetricUse> row(std::size_t period) const { return rows_[period]; }
  bool Mentions(absl::string_view metric) const;

  // The least quantity that at least `share` of all periods do not exceed (nearest rank; 1 = the highest of all). 0 for
  // a metric that is not mentioned. REQUIRES: not empty(), 0 < share <= 1. O(periods · log).
  Quantity QuantileOf(absl::string_view metric, double share) const;

 private:
  std::vector<std::string> metrics_;
  std::vector<std::string> periods_;
  std::vector<std::vector<MetricUse>> rows_;  // by period
};

}  // namespace awase::plans

#endif  // AWASE_PLANS_USAGE_HISTORY_H_
