#include "awase/plans/usage_history.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"

namespace awase::plans {
namespace {

void SortUnique(std::vector<std::string>* texts) {
  std::sort(texts->begin(), texts->end());
  texts->erase(std::unique(texts->begin(), texts->end()), texts->end());
}

std::size_t PlaceOf(const std::vector<std::string>& texts, absl::string_view text) {
  return static_cast<std::size_t>(std::lower_bound(texts.begin(), texts.end(), text) - texts.begin());
}

}  // namespace

UsageHistory UsageHistory::Of(absl::Span<const UsageRecord> records) {
  UsageHistory history;
  for (const UsageRecord& record : records) {
    history.metrics_.push_back(record.metric);
    history.periods_.push_back(record.period);
  }
  SortUnique(&history.metrics_);
  SortUnique(&history.periods_);
  std::vector<MetricUse> nothing;
  for (const std::string& metric : history.metrics_) nothing.push_back({metric, Quantity{0}});
  history.rows_.assign(history.periods_.size(), nothing);
  for (const UsageRecord& record : records) {
    MetricUse& use = history.rows_[PlaceOf(history.periods_, record.period)][PlaceOf(history.metrics_, record.metric)];
    use.quantity = Plus(use.quantity, record.quantity);
  }
  return history;
}

bool UsageHistory::Mentions(absl::string_view metric) const {
  return std::binary_search(metrics_.begin(), metrics_.end(), metric);
}

Quantity UsageHistory::QuantileOf(absl::string_view metric, double share) const {
  if (!Mentions(metric)) return Quantity{0};
  const std::size_t column = PlaceOf(metrics_, metric);
  std::vector<Quantity> values;
  values.reserve(rows_.size());
  for (const std::vector<MetricUse>& row : rows_) values.push_back(row[column].quantity);
  std::sort(values.begin(), values.end());
  // 0.9 of ten periods are nine, whatever the nearest double of 0.9 says.
  const double rank = std::ceil(share * static_cast<double>(values.size()) - 1e-9);
  return values[std::clamp<std::size_t>(static_cast<std::size_t>(rank), 1, values.size()) - 1];
}

bool IsMonth(absl::string_view period) {
  if (period.size() != 7 || period[4] != '-') return false;
  for (std::size_t i = 0; i < period.size(); ++i) {
    if (i != 4 && !absl::ascii_isdigit(static_cast<unsigned char>(period[i]))) return false;
  }
  return true;
}

}  // namespace awase::plans
