#include "ladder/internal/spec_value.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace awase::ladder_internal {
namespace {

struct Unit {
  absl::string_view name;
  absl::string_view base;
  double factor;
};

// Shops count storage in powers of ten whatever the letters say; only KiB, MiB, … are powers of two.
constexpr std::array<Unit, 68> kUnits = {{
    {"kb", "byte", 1e3},
    {"mb", "byte", 1e6},
    {"gb", "byte", 1e9},
    {"tb", "byte", 1e12},
    {"pb", "byte", 1e15},
    {"kib", "byte", 1024},
    {"mib", "byte", 1048576},
    {"gib", "byte", 1073741824},
    {"tib", "byte", 1.099511627776e12},
    {"mg", "gram", 1e-3},
    {"g", "gram", 1},
    {"kg", "gram", 1e3},
    {"lb", "gram", 453.59237},
    {"lbs", "gram", 453.59237},
    {"oz", "gram", 28.349523125},
    {"mm", "metre", 1e-3},
    {"cm", "metre", 1e-2},
    {"m", "metre", 1},
    {"km", "metre", 1e3},
    {"in", "metre", 0.0254},
    {"inch", "metre", 0.0254},
    {"inches", "metre", 0.0254},
    {"\"", "metre", 0.0254},
    {"ft", "metre", 0.3048},
    {"feet", "metre", 0.3048},
    {"ml", "litre", 1e-3},
    {"cl", "litre", 1e-2},
    {"dl", "litre", 0.1},
    {"l", "litre", 1},
    {"litre", "litre", 1},
    {"litres", "litre", 1},
    {"liter", "litre", 1},
    {"liters", "litre", 1},
    {"hz", "hertz", 1},
    {"khz", "hertz", 1e3},
    {"mhz", "hertz", 1e6},
    {"ghz", "hertz", 1e9},
    {"w", "watt", 1},
    {"kw", "watt", 1e3},
    {"wh", "watt hour", 1},
    {"kwh", "watt hour", 1e3},
    {"mah", "ampere hour", 1e-3},
    {"ah", "ampere hour", 1},
    {"kbps", "bit/s", 1e3},
    {"mbps", "bit/s", 1e6},
    {"gbps", "bit/s", 1e9},
    {"ms", "second", 1e-3},
    {"s", "second", 1},
    {"sec", "second", 1},
    {"min", "second", 60},
    {"minutes", "second", 60},
    {"h", "second", 3600},
    {"hr", "second", 3600},
    {"hrs", "second", 3600},
    {"hour", "second", 3600},
    {"hours", "second", 3600},
    {"day", "second", 86400},
    {"days", "second", 86400},
    {"month", "month", 1},
    {"months", "month", 1},
    {"year", "month", 12},
    {"years", "month", 12},
    {"mp", "pixel", 1e6},
    {"megapixel", "pixel", 1e6},
    {"megapixels", "pixel", 1e6},
    {"px", "pixel", 1},
    {"pixels", "pixel", 1},
    {"%", "percent", 1},
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

// What follows a number is a unit and words, or the whole is no number after all.
bool ParseUnit(absl::string_view rest, SpecValue* value) {
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
    value->number *= unit.factor;
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
                         ParseUnit(text.substr(length), &value) && std::isfinite(value.number);
  if (is_number) {
    value.kind = SpecValue::Kind::kNumber;
    return value;
  }
  SpecValue of_text;
  of_text.kind = SpecValue::Kind::kText;
  of_text.qualifier = HashOfText(text);
  return of_text;
}

}  // namespace awase::ladder_internal
