#include "ingest/internal/values.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "awase/base/money.h"
#include "awase/base/status_macros.h"

namespace awase::ingest_internal {
namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

// Takes exactly `digits` digits from the front of *text.
std::optional<int> TakeDigits(absl::string_view* text, std::size_t digits) {
  if (text->size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto c = static_cast<unsigned char>((*text)[i]);
    if (!absl::ascii_isdigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text->remove_prefix(digits);
  return value;
}

bool TakeOneOf(absl::string_view* text, absl::string_view characters) {
  if (text->empty() || characters.find(text->front()) == absl::string_view::npos) return false;
  text->remove_prefix(1);
  return true;
}

// Days since 1970-01-01.
std::optional<std::int64_t> TakeDate(absl::string_view* text) {
  const std::optional<int> year = TakeDigits(text, 4);
  if (!year.has_value() || !TakeOneOf(text, "-/")) return std::nullopt;
  const std::optional<int> month = TakeDigits(text, 2);
  if (!month.has_value() || !TakeOneOf(text, "-/")) return std::nullopt;
  const std::optional<int> day = TakeDigits(text, 2);
  if (!day.has_value()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

// ".25" in microseconds; digits beyond those are cut off.
std::optional<std::int64_t> TakeFraction(absl::string_view* text) {
  std::int64_t micros = 0;
  std::int64_t unit = 100000;
  std::size_t digits = 0;
  for (; !text->empty() && absl::ascii_isdigit(static_cast<unsigned char>(text->front())); ++digits, unit /= 10) {
    micros += unit * (text->front() - '0');
    text->remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  return micros;
}

// "12:30", "12:30:05", "12:30:05.25" in microseconds of the day.
std::optional<std::int64_t> TakeTime(absl::string_view* text) {
  const std::optional<int> hour = TakeDigits(text, 2);
  if (!hour.has_value() || *hour > 23 || !TakeOneOf(text, ":")) return std::nullopt;
  const std::optional<int> minute = TakeDigits(text, 2);
  if (!minute.has_value() || *minute > 59) return std::nullopt;
  std::int64_t micros = (*hour * 60LL + *minute) * 60'000'000LL;
  if (!TakeOneOf(text, ":")) return micros;
  const std::optional<int> second = TakeDigits(text, 2);
  if (!second.has_value() || *second > 60) return std::nullopt;  // 60: a leap second
  micros += *second * 1'000'000LL;
  if (!TakeOneOf(text, ".,")) return micros;
  const std::optional<std::int64_t> fraction = TakeFraction(text);
  if (!fraction.has_value()) return std::nullopt;
  return micros + *fraction;
}

// "Z", "UTC", "+02", "+0200", "+02:00"; nothing left = UTC. In microseconds east of UTC.
std::optional<std::int64_t> TakeZone(absl::string_view* text) {
  *text = absl::StripLeadingAsciiWhitespace(*text);
  if (text->empty() || absl::EqualsIgnoreCase(*text, "z") || absl::EqualsIgnoreCase(*text, "utc")) {
    *text = {};
    return 0;
  }
  const bool west = text->front() == '-';
  if (!TakeOneOf(text, "+-")) return std::nullopt;
  const std::optional<int> hours = TakeDigits(text, 2);
  if (!hours.has_value() || *hours > 15) return std::nullopt;
  int minutes = 0;
  if (!text->empty()) {
    TakeOneOf(text, ":");
    const std::optional<int> given = TakeDigits(text, 2);
    if (!given.has_value() || *given > 59) return std::nullopt;
    minutes = *given;
  }
  const std::int64_t east = (*hours * 60LL + minutes) * 60'000'000LL;
  return west ? -east : east;
}

// The forms that nearly all values have, without a look at each character of other forms. Nothing: ask the full parser,
// which gives the same for these.

// "12" or "12.5": ASCII digits only, no more of them than `digits` behind the point, and a value below 10^15.
std::optional<std::int64_t> PlainDecimal(absl::string_view text, int digits) {
  if (text.empty() || text.size() > 12) return std::nullopt;
  std::int64_t value = 0;
  std::size_t i = 0;
  for (; i < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i])); ++i) {
    value = value * 10 + (text[i] - '0');
  }
  if (i == 0) return std::nullopt;
  int missing = digits;
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && missing > 0 && absl::ascii_isdigit(static_cast<unsigned char>(text[i])); ++i) {
      value = value * 10 + (text[i] - '0');
      --missing;
    }
  }
  if (i < text.size()) return std::nullopt;
  for (; missing > 0; --missing) value *= 10;
  return value;
}

// "2024-02-29 12:30:05", also with "T".
std::optional<std::int64_t> PlainTime(absl::string_view text) {
  if (text.size() != 19 || text[4] != '-' || text[7] != '-' || (text[10] != ' ' && text[10] != 'T') ||
      text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  bool all_digits = true;
  const auto two = [&text, &all_digits](std::size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    all_digits = all_digits && tens < 10 && ones < 10;
    return tens * 10 + ones;
  };
  const unsigned century = two(0);
  const unsigned year = century * 100 + two(2);
  const unsigned month = two(5);
  const unsigned day = two(8);
  const unsigned hour = two(11);
  const unsigned minute = two(14);
  const unsigned second = two(17);
  if (!all_digits || hour > 23 || minute > 59 || second > 60) return std::nullopt;  // 60: a leap second
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * kMicrosPerDay + (std::int64_t{hour} * 3600 + minute * 60 + second) * 1'000'000;
}

}  // namespace

bool IsQuantityMilli(std::int64_t milli) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  return milli >= -kMost && milli <= kMost;
}

absl::StatusOr<std::int64_t> ParseQuantityMilli(absl::string_view text) {
  if (const std::optional<std::int64_t> plain = PlainDecimal(text, 3); plain.has_value()) {
    if (IsQuantityMilli(*plain)) return *plain;
  }
  AWASE_ASSIGN_OR_RETURN(const std::int64_t milli, ParseMinorUnits(text, 3));
  if (!IsQuantityMilli(milli)) return absl::OutOfRangeError("the quantity is beyond a billion");
  return milli;
}

absl::StatusOr<std::int64_t> ParsePriceMinor(absl::string_view text, int digits) {
  if (const std::optional<std::int64_t> plain = PlainDecimal(text, digits); plain.has_value()) return *plain;
  return ParseMinorUnits(text, digits);
}

std::optional<std::int64_t> ParseTimeMicros(absl::string_view text) {
  if (const std::optional<std::int64_t> plain = PlainTime(text); plain.has_value()) return plain;
  text = absl::StripAsciiWhitespace(text);
  const std::optional<std::int64_t> days = TakeDate(&text);
  if (!days.has_value()) return std::nullopt;
  const std::int64_t midnight = *days * kMicrosPerDay;
  if (text.empty()) return midnight;
  if (!TakeOneOf(&text, "T t")) return std::nullopt;
  const std::optional<std::int64_t> time = TakeTime(&text);
  if (!time.has_value()) return std::nullopt;
  const std::optional<std::int64_t> east = TakeZone(&text);
  if (!east.has_value() || !text.empty()) return std::nullopt;
  return midnight + *time - *east;
}

std::optional<bool> ParseFlag(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  for (const absl::string_view word : {"true", "yes", "1", "t", "y"}) {
    if (absl::EqualsIgnoreCase(text, word)) return true;
  }
  for (const absl::string_view word : {"false", "no", "0", "f", "n"}) {
    if (absl::EqualsIgnoreCase(text, word)) return false;
  }
  return std::nullopt;
}

std::optional<double> ParseNumber(absl::string_view text) {
  double value = 0;
  // SimpleAtod also takes "inf", "nan" and hexadecimal, which are no numbers of a shop.
  text = absl::StripAsciiWhitespace(text);
  if (text.find_first_not_of("+-.0123456789eE") != absl::string_view::npos) return std::nullopt;
  if (!absl::SimpleAtod(text, &value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> ParseWhole(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  const std::size_t point = text.find('.');
  if (point != absl::string_view::npos) {
    if (text.find_first_not_of('0', point + 1) != absl::string_view::npos) return std::nullopt;
    text = text.substr(0, point);
  }
  std::int64_t value = 0;
  if (!absl::SimpleAtoi(text, &value)) return std::nullopt;
  return value;
}

}  // namespace awase::ingest_internal
