#include "awase/base/calendar_day.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace awase {
namespace {

constexpr int kLeapYear = 2000;  // has every day that any year has

// Whether `text` has digits where `pattern` has 'd', and elsewhere the pattern's characters.
bool HasShape(absl::string_view text, absl::string_view pattern) {
  return text.size() == pattern.size() &&
         std::equal(text.begin(), text.end(), pattern.begin(),
                    [](unsigned char t, unsigned char p) { return p == 'd' ? absl::ascii_isdigit(t) : t == p; });
}

// REQUIRES: digits, few enough for an int.
int Number(absl::string_view digits) {
  int number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace

absl::StatusOr<MonthDay> ParseMonthDay(absl::string_view text) {
  if (HasShape(text, "dd-dd")) {
    const MonthDay day = {Number(text.substr(0, 2)), Number(text.substr(3, 2))};
    const absl::CivilDay normal(kLeapYear, day.month, day.day);
    if (day.month == normal.month() && day.day == normal.day()) return day;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("want month and day such as 07-01, got \"", absl::Utf8SafeCHexEscape(text.substr(0, 60)), "\""));
}

std::string FormatMonthDay(MonthDay day) {
  return absl::StrCat(absl::Dec(day.month, absl::kZeroPad2), "-", absl::Dec(day.day, absl::kZeroPad2));
}

absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text) {
  if (HasShape(text, "dddd-dd-dd")) {
    const int year = Number(text.substr(0, 4));
    const int month = Number(text.substr(5, 2));
    const absl::CivilDay day(year, month, Number(text.substr(8, 2)));
    if (year >= 1 && day.year() == year && day.month() == month && day.day() == Number(text.substr(8, 2))) return day;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("want a day such as 2026-07-01, got \"", absl::Utf8SafeCHexEscape(text.substr(0, 60)), "\""));
}

}  // namespace awase
