#include "awase/base/money.h"

#include <algorithm>
#include <array>
#include <limits>

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
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

constexpr std::size_t kMostGrouped = 26;  // "18,446,744,073,709,551,615"

// Writes "1,234,567" so that it ends before `end`; where it begins. A text is made from its end, because the last digit
// is known first.
char* WriteGrouped(std::uint64_t value, char* end) {
  int written = 0;
  do {
    if (written > 0 && written % 3 == 0) *--end = ',';
    *--end = static_cast<char>('0' + value % 10);
    value /= 10;
    ++written;
  } while (value > 0);
  return end;
}

// `plus` stands before what is not below 0.
std::string Format(const Money& money, absl::string_view plus) {
  std::array<char, kMostGrouped + 4> buffer;  // and a point with three digits
  char* const end = buffer.data() + buffer.size();
  char* begin = end;
  // Negating in unsigned arithmetic is also right for the smallest int64.
  std::uint64_t rest = money.minor_units < 0 ? 0 - static_cast<std::uint64_t>(money.minor_units)
                                             : static_cast<std::uint64_t>(money.minor_units);
  const int digits = money.currency.minor_digits();
  for (int i = 0; i < digits; ++i, rest /= 10) *--begin = static_cast<char>('0' + rest % 10);
  if (digits > 0) *--begin = '.';
  begin = WriteGrouped(rest, begin);
  const bool has_currency = money.currency != CurrencyCode();
  return absl::StrCat(money.minor_units < 0 ? "-" : plus, has_currency ? money.currency.text() : "",
                      has_currency ? " " : "", absl::string_view(begin, static_cast<std::size_t>(end - begin)));
}

}  // namespace

std::string GroupThousands(std::uint64_t value) {
  std::array<char, kMostGrouped> buffer;
  char* const end = buffer.data() + buffer.size();
  return {WriteGrouped(value, end), end};
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

std::string FormatMoney(const Money& money) { return Format(money, ""); }

std::string FormatMoneyDifference(const Money& money) { return Format(money, "+"); }

}  // namespace awase
