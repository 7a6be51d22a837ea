#include "awase/relations/age_weight.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "awase/orders/order_log.h"
#include "awase/relations/season.h"
#include "relations/internal/first_and_last_time.h"

namespace awase::relations {
namespace {

using orders::kNoTime;
using relations_internal::DaysBetween;

std::int64_t OldestOf(absl::Span<const std::int64_t> times) {
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t time : times) {
    if (time != kNoTime) oldest = std::min(oldest, time);
  }
  return oldest;
}

}  // namespace

AgeWeight::AgeWeight(absl::Span<const std::int64_t> times, const RankingOptions& ranking)
    : half_life_days_(ranking.half_life_days),
      season_weight_(ranking.season_weight > 0 && HasEarlierSeason(times) ? ranking.season_weight : 0),
      newest_(half_life_days_ > 0 || season_weight_ > 0 ? relations_internal::LastTime(times) : kNoTime),
      oldest_(newest_ == kNoTime ? kNoTime : OldestOf(times)) {}

double AgeWeight::operator()(std::int64_t time) const {
  if (newest_ == kNoTime) return 1;
  const double age_days = std::max(DaysBetween(time == kNoTime ? oldest_ : time, newest_), 0.0);
  const double aged = half_life_days_ > 0 ? std::exp2(-age_days / half_life_days_) : 1;
  if (season_weight_ == 0) return aged;
  const double nearness = time == kNoTime ? 0 : SeasonNearness(age_days);
  return (aged + season_weight_ * nearness) / (1 + season_weight_);
}

}  // namespace awase::relations
