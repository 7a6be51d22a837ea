#ifndef AWASE_RELATIONS_SEASON_H_
#define AWASE_RELATIONS_SEASON_H_

// What was bought at this time of earlier years.

#include <cstdint>

#include "absl/types/span.h"

namespace awase::relations {

// How near something of that age lies, in an earlier year, to the season at hand, in [0, 1]: 1 for what was bought 15
// days further on in the year than now, falling smoothly to 0 at 45 days before and after that. Pages are asked for
// after the last order, so the season reaches from 30 days before to 60 days after the day of the year. This year's
// orders are in none: how old those are says enough. Years are counted back from now at 365.2425 days, so that neither
// New Year nor the 29th of February is anything special; a date of the calendar is off by less than a day.
double SeasonNearness(double age_days);

// The first season of earlier years ends so long ago: 30 days and a year.
inline constexpr double kLeastSeasonDays = 395;

// Whether the times reach back far enough for the season of a year ago to lie in them as a whole. One in a thousand may
// be mistyped at either end; orders::kNoTime is none. O(times).
bool HasEarlierSeason(absl::Span<const std::int64_t> times);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_SEASON_H_
