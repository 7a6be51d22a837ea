#include "plans/internal/exact_decimal.h"

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace awase::plans_internal {
namespace {

std::string Cut(absl::string_view text) { return std::string(text.substr(0, 40)); }

}  // namespace

absl::StatusOr<std::int64_t> ParseExactDecimal(absl::string_view text, int digits, std::int64_t most) {
  text = absl::StripAsciiWhitespace(text);
  const auto no_decimal = [text] {
    return absl::InvalidArgumentError(absl::StrCat("\"", Cut(text), "\" is no decimal number of 0 or more"));
  };
  const auto too_large = [text] { return absl::OutOfRangeError(absl::StrCat("\"", Cut(text), "\" is too large")); };
  absl::uint128 value = 0;
  int fraction_digits = -1;  // -1 until the point has been seen
  bool any_digit = false;
  for (const char c : text) {
    if (c == '.' && fraction_digits < 0) {
      fraction_digits = 0;
      continue;
    }
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return no_decimal();
    any_digit = true;
    if (fraction_digits >= 0 && ++fraction_digits > digits) {
      if (c == '0') continue;
      return absl::InvalidArgumentError(
          absl::StrCat("\"", Cut(text), "\" has more than ", digits, " digits behind the point"));
    }
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > static_cast<absl::uint128>(most)) return too_large();
  }
  if (!any_digit) return no_decimal();
  for (int i = fraction_digits < 0 ? 0 : fraction_digits; i < digits; ++i) {
    value *= 10;
    if (value > static_cast<absl::uint128>(most)) return too_large();
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace awase::plans_internal
