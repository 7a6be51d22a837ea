#include "awase/base/money.h"

#include <algorithm>
#include <array>
#include <limits>

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/status_macros.h"

namespace awase {
namespace {

// ISO 4217, list one (2024): the currencies whose number of minor digits is not 2.
constexpr std::array<absl::string_view, 15> kNoDigits = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                         "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<absl::string_view, 7> kThreeDigits = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

absl::Status NotADecimal(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat("\"", text.substr(0, 40), "\" is not a decimal number such as 12.50"));
}

std::string FormatAbsolute(const Money& money) {
  const int digits = money.currency.minor_digits();
  // Negating in unsigned arithmetic is also right for the smallest int64.
  const std::uint64_t magnitude = money.minor_units < 0 ? 0 - static_cast<std::uint64_t>(money.minor_units)
                                                        : static_cast<std::uint64_t>(money.minor_units);
  std::uint64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  std::string number = GroupThousands(magnitude / scale);
  if (digits > 0) absl::StrAppendFormat(&number, ".%0*d", digits, magnitude % scale);
  if (money.currency == CurrencyCode()) return number;
  return absl::StrCat(money.currency.text(), " ", number);
}

}  // namespace

std::string GroupThousands(std::uint64_t value) {
  std::string digits = absl::StrCat(value);
  for (std::size_t position = digits.size(); position > 3;) {
    position -= 3;
    digits.insert(position, 1, ',');
  }
  return digits;
}

absl::StatusOr<CurrencyCode> CurrencyCode::Parse(absl::string_view text) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace(text);
  if (trimmed.size() != 3 || !std::all_of(trimmed.begin(), trimmed.end(), absl::ascii_isalpha)) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", trimmed.substr(0, 20), "\" is not a currency: want three letters of ISO 4217, such as EUR"));
  }
  CurrencyCode code;
  std::transform(trimmed.begin(), trimmed.end(), code.letters_.begin(), absl::ascii_toupper);
  return code;
}

int CurrencyCode::minor_digits() const {
  if (std::binary_search(kNoDigits.begin(), kNoDigits.end(), text())) return 0;
  if (std::binary_search(kThreeDigits.begin(), kThreeDigits.end(), text())) return 3;
  return 2;
}

absl::StatusOr<std::int64_t> ParseMinorUnits(absl::string_view decimal, int digits) {
  absl::string_view rest = absl::StripAsciiWhitespace(decimal);
  const bool negative = !rest.empty() && rest.front() == '-';
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);

  absl::uint128 value = 0;
  int fraction_digits = -1;  // -1 until the decimal point has been seen
  bool any_digit = false;
  bool round_up = false;
  for (const char c : rest) {
    if (c == '.' && fraction_digits < 0) {
      fraction_digits = 0;
      continue;
    }
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return NotADecimal(decimal);
    any_digit = true;
    if (fraction_digits >= 0 && ++fraction_digits > digits) {
      if (fraction_digits == digits + 1) round_up = c >= '5';
      continue;
    }
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > static_cast<absl::uint128>(std::numeric_limits<std::int64_t>::max())) {
      return absl::OutOfRangeError(absl::StrCat("\"", decimal.substr(0, 40), "\" is too large for an amount of money"));
    }
  }
  if (!any_digit) return NotADecimal(decimal);
  for (int i = std::max(fraction_digits, 0); i < digits; ++i) value *= 10;
  if (round_up) value += 1;
  if (value > static_cast<absl::uint128>(std::numeric_limits<std::int64_t>::max())) {
    return absl::OutOfRangeError(absl::StrCat("\"", decimal.substr(0, 40), "\" is too large for an amount of money"));
  }
  const auto magnitude = static_cast<std::int64_t>(value);
  return negative ? -magnitude : magnitude;
}

absl::StatusOr<Money> ParseMoney(absl::string_view decimal, CurrencyCode currency) {
  AWASE_ASSIGN_OR_RETURN(const std::int64_t minor_units, ParseMinorUnits(decimal, currency.minor_digits()));
  return Money{minor_units, currency};
}

std::string FormatMoney(const Money& money) {
  return absl::StrCat(money.minor_units < 0 ? "-" : "", FormatAbsolute(money));
}

std::string FormatMoneyDifference(const Money& money) {
  return absl::StrCat(money.minor_units < 0 ? "-" : "+", FormatAbsolute(money));
}

}  // namespace awase
