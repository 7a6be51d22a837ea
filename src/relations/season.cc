#include "awase/relations/season.h"

#include <cmath>
#include <numbers>

#include "awase/orders/order_log.h"
#include "relations/internal/first_and_last_time.h"

namespace awase::relations {
namespace {

constexpr double kDaysPerYear = 365.2425;
constexpr double kLeadDays = 15;
constexpr double kHalfWidthDays = 45;

}  // namespace

double SeasonNearness(double age_days) {
  const double years = std::round((age_days + kLeadDays) / kDaysPerYear);
  if (years < 1) return 0;
  const double distance = std::abs(age_days + kLeadDays - years * kDaysPerYear);
  return distance >= kHalfWidthDays ? 0 : (1 + std::cos(std::numbers::pi * distance / kHalfWidthDays)) / 2;
}

bool HasEarlierSeason(absl::Span<const std::int64_t> times) {
  const std::int64_t last = relations_internal::LastTime(times);
  if (last == orders::kNoTime) return false;
  return relations_internal::DaysBetween(relations_internal::FirstTime(times), last) >= kLeastSeasonDays;
}

}  // namespace awase::relations
