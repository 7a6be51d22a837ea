#include "awase/catalog/spec_value.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace awase::catalog {
namespace {

// One of it is times · 10^tens of the base.
struct Unit {
  absl::string_view name;
  absl::string_view base;
  std::int64_t times;
  int tens;
};

// Shops count storage in powers of ten whatever the letters say; only KiB, MiB, … are powers of two.
constexpr std::array<Unit, 68> kUnits = {{
    {"kb", "byte", 1, 3},
    {"mb", "byte", 1, 6},
    {"gb", "byte", 1, 9},
    {"tb", "byte", 1, 12},
    {"pb", "byte", 1, 15},
    {"kib", "byte", 1024, 0},
    {"mib", "byte", 1048576, 0},
    {"gib", "byte", 1073741824, 0},
    {"tib", "byte", 1099511627776, 0},
    {"mg", "gram", 1, -3},
    {"g", "gram", 1, 0},
    {"kg", "gram", 1, 3},
    {"lb", "gram", 45359237, -5},
    {"lbs", "gram", 45359237, -5},
    {"oz", "gram", 28349523125, -9},
    {"mm", "metre", 1, -3},
    {"cm", "metre", 1, -2},
    {"m", "metre", 1, 0},
    {"km", "metre", 1, 3},
    {"in", "metre", 254, -4},
    {"inch", "metre", 254, -4},
    {"inches", "metre", 254, -4},
    {"\"", "metre", 254, -4},
    {"ft", "metre", 3048, -4},
    {"feet", "metre", 3048, -4},
    {"ml", "litre", 1, -3},
    {"cl", "litre", 1, -2},
    {"dl", "litre", 1, -1},
    {"l", "litre", 1, 0},
    {"litre", "litre", 1, 0},
    {"litres", "litre", 1, 0},
    {"liter", "litre", 1, 0},
    {"liters", "litre", 1, 0},
    {"hz", "hertz", 1, 0},
    {"khz", "hertz", 1, 3},
    {"mhz", "hertz", 1, 6},
    {"ghz", "hertz", 1, 9},
    {"w", "watt", 1, 0},
    {"kw", "watt", 1, 3},
    {"wh", "watt hour", 1, 0},
    {"kwh", "watt hour", 1, 3},
    {"mah", "ampere hour", 1, -3},
    {"ah", "ampere hour", 1, 0},
    {"kbps", "bit/s", 1, 3},
    {"mbps", "bit/s", 1, 6},
    {"gbps", "bit/s", 1, 9},
    {"ms", "second", 1, -3},
    {"s", "second", 1, 0},
    {"sec", "second", 1, 0},
    {"min", "second", 60, 0},
    {"minutes", "second", 60, 0},
    {"h", "second", 3600, 0},
    {"hr", "second", 3600, 0},
    {"hrs", "second", 3600, 0},
    {"hour", "second", 3600, 0},
    {"hours", "second", 3600, 0},
    {"day", "second", 86400, 0},
    {"days", "second", 86400, 0},
    {"month", "month", 1, 0},
    {"months", "month", 1, 0},
    {"year", "month", 12, 0},
    {"years", "month", 12, 0},
    {"mp", "pixel", 1, 6},
    {"megapixel", "pixel", 1, 6},
    {"megapixels", "pixel", 1, 6},
    {"px", "pixel", 1, 0},
    {"pixels", "pixel", 1, 0},
    {"%", "percent", 1, 0},
}};

bool IsMissing(absl::string_view text) {
  constexpr std::array<absl::string_view, 7> kMissing = {"", "-", "?", "n/a", "na", "none", "unknown"};
  for (const absl::string_view word : kMissing) {
    if (absl::EqualsIgnoreCase(text, word)) return true;
  }
  return false;
}

std::size_t LengthOfNumber(absl::string_view text) {
  std::size_t end = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  bool point = false;
  while (end < text.size() &&
         (absl::ascii_isdigit(static_cast<unsigned char>(text[end])) || (text[end] == '.' && !point))) {
    point = point || text[end] == '.';
    ++end;
  }
  return end;
}

// Letters, signs such as % and ", and everything beyond ASCII (µ, ², °).
bool IsOfUnit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalpha(byte) || c == '%' || c == '"' || byte >= 0x80;
}

// Powers of ten up to the last one that is a double.
constexpr std::array<double, 23> kTens = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                          1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

double TimesTens(double number, int tens) {
  return tens < 0 ? number / kTens.at(static_cast<std::size_t>(-tens))
                  : number * kTens.at(static_cast<std::size_t>(tens));
}

// `number`, written as `digits`, in the unit's base. As long as the digits as a whole number times unit.times fit a
// double, it is the one nearest to the exact result: amounts that are equal are so however they are written.
double Convert(double number, absl::string_view digits, const Unit& unit) {
  constexpr std::int64_t kMostWhole = std::int64_t{1} << 53;
  const double rounded = TimesTens(number * static_cast<double>(unit.times), unit.tens);
  std::int64_t whole = 0;
  int tens = unit.tens;
  bool is_behind_point = false;
  for (const char c : digits) {
    is_behind_point = is_behind_point || c == '.';
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) continue;
    if (whole > kMostWhole / 10 - 1) return rounded;
    whole = whole * 10 + (c - '0');
    tens -= is_behind_point ? 1 : 0;
  }
  const int most_tens = static_cast<int>(kTens.size()) - 1;
  if (whole > kMostWhole / unit.times || tens < -most_tens) return rounded;
  whole *= unit.times;
  return TimesTens(static_cast<double>(digits.front() == '-' ? -whole : whole), tens);
}

// What follows a number is a unit and words, or the whole is no number after all.
bool ParseUnit(absl::string_view digits, absl::string_view rest, SpecValue* value) {
  const bool joined = !rest.empty() && rest[0] == '-';  // "5.5-inch"
  if (joined) rest.remove_prefix(1);
  if (!joined) rest = absl::StripLeadingAsciiWhitespace(rest);
  std::size_t end = 0;
  while (end < rest.size() && IsOfUnit(rest[end])) ++end;
  if (end == 0) return rest.empty() && !joined;
  const absl::string_view name = rest.substr(0, end);
  const absl::string_view words = rest.substr(end);
  if (!words.empty() && !absl::ascii_isspace(static_cast<unsigned char>(words[0]))) return false;
  value->unit = HashOfText(name);
  for (const Unit& unit : kUnits) {
    if (!absl::EqualsIgnoreCase(unit.name, name)) continue;
    value->unit = HashOfText(unit.base);
    value->number = Convert(value->number, digits, unit);
    break;
  }
  value->qualifier = HashOfText(words);
  return true;
}

}  // namespace

std::uint64_t HashOfText(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return 0;
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(absl::ascii_tolower(static_cast<unsigned char>(c)))) * 0x100000001B3;
  }
  return hash == 0 ? 1 : hash;
}

SpecValue ParseSpecValue(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  SpecValue value;
  if (IsMissing(text)) return value;
  const std::size_t length = LengthOfNumber(text);
  const bool is_number = absl::SimpleAtod(text.substr(0, length), &value.number) && std::isfinite(value.number) &&
                         ParseUnit(text.substr(0, length), text.substr(length), &value) && std::isfinite(value.number);
  if (is_number) {
    value.kind = SpecValue::Kind::kNumber;
    return value;
  }
  SpecValue of_text;
  of_text.kind = SpecValue::Kind::kText;
  of_text.qualifier = HashOfText(text);
  return of_text;
}

}  // namespace awase::catalog
