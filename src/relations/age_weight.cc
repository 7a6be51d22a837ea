#include "awase/relations/age_weight.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "awase/orders/order_log.h"

namespace awase::relations {
namespace {

using orders::kNoTime;

constexpr double kMicrosPerDay = 24.0 * 60 * 60 * 1e6;

// kNoTime when there is no time.
std::int64_t NewestOf(absl::Span<const std::int64_t> all) {
  std::vector<std::int64_t> times;
  times.reserve(all.size());
  for (const std::int64_t time : all) {
    if (time != kNoTime) times.push_back(time);
  }
  if (times.empty()) return kNoTime;
  const std::size_t position = times.size() - 1 - times.size() / 1000;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(position), times.end());
  return times[position];
}

std::int64_t OldestOf(absl::Span<const std::int64_t> times) {
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t time : times) {
    if (time != kNoTime) oldest = std::min(oldest, time);
  }
  return oldest;
}

}  // namespace

AgeWeight::AgeWeight(absl::Span<const std::int64_t> times, double half_life_days)
    : half_life_days_(half_life_days),
      newest_(half_life_days > 0 ? NewestOf(times) : kNoTime),
      oldest_(newest_ == kNoTime ? kNoTime : OldestOf(times)) {}

double AgeWeight::operator()(std::int64_t time) const {
  if (newest_ == kNoTime) return 1;
  const double age_micros = static_cast<double>(newest_) - static_cast<double>(time == kNoTime ? oldest_ : time);
  return std::exp2(-std::max(age_micros, 0.0) / kMicrosPerDay / half_life_days_);
}

}  // namespace awase::relations
