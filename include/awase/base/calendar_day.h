#ifndef AWASE_BASE_CALENDAR_DAY_H_
#define AWASE_BASE_CALENDAR_DAY_H_

// Days as people write them, without a time zone: of one year, and of every year.

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace awase {

// A day that comes every year, 29 February in leap years only.
struct MonthDay {
  int month = 1;
  int day = 1;

  friend bool operator==(const MonthDay&, const MonthDay&) = default;
  friend auto operator<=>(const MonthDay&, const MonthDay&) = default;
};

// "07-01", two digits each; "02-29" is a day. kInvalidArgument for anything else.
absl::StatusOr<MonthDay> ParseMonthDay(absl::string_view text);

// "07-01".
std::string FormatMonthDay(MonthDay day);

// "2026-07-01", of the years 1 to 9999. kInvalidArgument for anything else, also for a day that its month has not.
absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text);

}  // namespace awase

#endif  // AWASE_BASE_CALENDAR_DAY_H_
