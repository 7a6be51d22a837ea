#include "rules/internal/condition_scalars.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/ratio.h"
#include "awase/rules/condition.h"
#include "awase/rules/rule_set.h"
#include "awase/yaml/quoted.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

constexpr std::size_t kMostPercentDecimals = 4;
constexpr std::size_t kMostPercentDigits = 4;  // before the point
constexpr std::uint32_t kMostFactor = 1'000;
constexpr std::int64_t kPartsPerPercent = rules::kWhole / 100;
constexpr std::int64_t kPartsPerBasisPoint = kPartsPerPercent / 100;

bool AreDigits(absl::string_view text) { return std::all_of(text.begin(), text.end(), absl::ascii_isdigit); }

// REQUIRES: few digits.
std::int64_t Number(absl::string_view digits) {
  std::int64_t number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

// Where the sign is missing: "0.1" is read as a share of 1, "10" as a percentage.
std::string PercentageHint(absl::string_view text) {
  const std::optional<Ratio> number = Ratio::ParseDecimal(text);
  if (!number.has_value() || number->numerator() == 0) return "";
  const std::optional<Ratio> percent = *number < Ratio(1) ? Multiply(*number, Ratio(100)) : number;
  return percent.has_value() ? absl::StrCat("; did you mean ", FormatRatio(*percent), "%?") : "";
}

// "Asia/Tokyo": no path, and nothing that means another zone on another machine.
bool IsZoneName(absl::string_view name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
  return plain && name.size() <= 64 && !name.empty() && absl::ascii_isalpha(static_cast<unsigned char>(name.front())) &&
         name != "localtime" && name != "posixrules";
}

}  // namespace

absl::StatusOr<std::int64_t> ParsePercentage(absl::string_view text, int most_percent, int most_decimals) {
  const auto refused = [&] {
    return absl::InvalidArgumentError(absl::StrCat("want a percentage with at most ",
                                                   most_decimals == 2 ? "two" : "four", " decimals such as 12.5%, got ",
                                                   Quoted(text), PercentageHint(text)));
  };
  const absl::string_view number = text.substr(0, text.find('%'));
  const std::size_t point = number.find('.');
  const absl::string_view whole = number.substr(0, point);
  const absl::string_view decimals = point == absl::string_view::npos ? absl::string_view() : number.substr(point + 1);
  const bool is_number = !whole.empty() && AreDigits(whole) && AreDigits(decimals) &&
                         (point == absl::string_view::npos || !decimals.empty());
  if (!is_number || number.size() + 1 != text.size() || whole.size() > kMostPercentDigits ||
      decimals.size() > kMostPercentDecimals) {
    return refused();
  }
  std::int64_t scale = kPartsPerPercent;
  for (std::size_t i = 0; i < decimals.size(); ++i) scale /= 10;
  const std::int64_t parts = Number(whole) * kPartsPerPercent + Number(decimals) * scale;
  if (most_decimals == 2 && parts % kPartsPerBasisPoint != 0) return refused();
  if (parts > most_percent * kPartsPerPercent) {
    return absl::InvalidArgumentError(absl::StrCat("want at most ", most_percent, "%, got ", Quoted(text)));
  }
  return parts;
}

absl::StatusOr<std::int64_t> ParseFactor(absl::string_view text) {
  const std::optional<Ratio> factor = Ratio::ParseDecimal(text);
  const bool is_in_range = factor.has_value() && *factor > Ratio(1) && *factor <= Ratio(kMostFactor);
  const std::optional<Ratio> parts =
      is_in_range ? Multiply(*factor, Ratio(static_cast<std::uint32_t>(rules::kFactorParts))) : std::nullopt;
  if (parts.has_value() && parts->is_whole()) return parts->numerator();
  return absl::InvalidArgumentError(absl::StrCat("want a number above 1 and up to ", kMostFactor,
                                                 " with at most four decimals such as 1.5, got ", Quoted(text)));
}

absl::StatusOr<int> ParseTimeOfDay(absl::string_view text) {
  if (text.size() == 5 && text[2] == ':' && AreDigits(text.substr(0, 2)) && AreDigits(text.substr(3))) {
    const auto hour = static_cast<int>(Number(text.substr(0, 2)));
    const auto minute = static_cast<int>(Number(text.substr(3)));
    if (minute < 60 && hour * 60 + minute <= rules::kMinutesPerDay) return hour * 60 + minute;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("want a time of day from 00:00 to 24:00 such as 09:30, got ", Quoted(text)));
}

absl::StatusOr<absl::Duration> ParseTimeSpan(absl::string_view text) {
  constexpr std::int64_t kMostDays = 400;
  constexpr std::size_t kMostDigits = 4;
  const absl::string_view digits = text.substr(0, text.empty() ? 0 : text.size() - 1);
  const bool is_of_days = absl::EndsWith(text, "d");
  if (!digits.empty() && AreDigits(digits) && digits.size() <= kMostDigits &&
      (is_of_days || absl::EndsWith(text, "h"))) {
    const std::int64_t hours = Number(digits) * (is_of_days ? 24 : 1);
    if (hours >= 1 && hours <= kMostDays * 24) return absl::Hours(hours);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("want whole days or hours, 1h to ", kMostDays, "d, such as 7d or 12h, got ", Quoted(text)));
}

absl::Span<const std::string> DayNames() {
  static const auto& names = *new std::vector<std::string>{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return names;
}

std::optional<std::size_t> FindDay(absl::string_view name) {
  const absl::Span<const std::string> names = DayNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

absl::StatusOr<absl::TimeZone> FindTimeZone(const std::string& name) {
  absl::TimeZone zone;
  if (IsZoneName(name) && absl::LoadTimeZone(name, &zone)) return zone;
  return absl::InvalidArgumentError(absl::StrCat("no time zone ", Quoted(name),
                                                 ": want an IANA name such as Asia/Tokyo or UTC, as the time zone data "
                                                 "of this machine (package tzdata) has it"));
}

}  // namespace awase::rules_internal
