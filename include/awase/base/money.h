#ifndef AWASE_BASE_MONEY_H_
#define AWASE_BASE_MONEY_H_

// Exact money: a whole number of minor units (cents, pence, yen) and an ISO 4217 currency. No floating point anywhere;
// amounts of two currencies are never added or compared.
//
//   absl::StatusOr<Money> price = ParseMoney("1299.90", CurrencyCode("USD"));   // 129990 minor units
//   FormatMoney(*price);                                                        // "USD 1,299.90"

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

// Three upper-case letters, stored inline. "XXX" is ISO 4217's own code for "no currency": what a dump without a
// currency column and without --currency gets.
class CurrencyCode {
 public:
  constexpr CurrencyCode() : letters_{'X', 'X', 'X'} {}

  // "usd" and " USD " become USD. kInvalidArgument unless three ASCII letters remain.
  static absl::StatusOr<CurrencyCode> Parse(absl::string_view text);

  absl::string_view text() const { return {letters_.data(), letters_.size()}; }

  // Digits behind the decimal point by ISO 4217: 0 for JPY, 3 for KWD, 2 for most and for unknown codes.
  int minor_digits() const;

  friend bool operator==(const CurrencyCode&, const CurrencyCode&) = default;
  friend auto operator<=>(const CurrencyCode&, const CurrencyCode&) = default;

 private:
  std::array<char, 3> letters_;
};

struct Money {
  std::int64_t minor_units = 0;
  CurrencyCode currency;

  friend bool operator==(const Money&, const Money&) = default;
};

// Parses a plain decimal ("12", "12.3", "-0.505", ".5", "1e3" is refused) into minor units of a currency with `digits`
// decimal places. Digits beyond those are rounded half away from zero: unit prices such as 0.4167 are common in dumps.
// kInvalidArgument when it is no such number, kOutOfRange when it does not fit 63 bits.
absl::StatusOr<std::int64_t> ParseMinorUnits(absl::string_view decimal, int digits);

absl::StatusOr<Money> ParseMoney(absl::string_view decimal, CurrencyCode currency);

// "USD 1,299.90", "JPY 1,200", "-EUR 3.00"; without a currency (XXX) just "1,299.90".
std::string FormatMoney(const Money& money);

// Always with a sign, for differences: "+USD 70.00", "-USD 12.50", "+USD 0.00".
std::string FormatMoneyDifference(const Money& money);

// "1,234,567".
std::string GroupThousands(std::uint64_t value);

}  // namespace awase

#endif  // AWASE_BASE_MONEY_H_
