#include "awase/catalog/unit_price.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace awase::catalog {
namespace {

constexpr int kMostDigits = 6;

double PowerOfTen(int digits) { return std::pow(10.0, digits); }

// `value` · 10^-digits; a whole number of the last digit. What is more than any amount of money, or no number (two of
// these differ by none), is that of kMostUnits.
std::string FormatAmount(double value, int digits, const CurrencyCode& currency) {
  constexpr double kMostUnits = 9.0e18;
  const auto units = static_cast<std::uint64_t>(value < kMostUnits ? value : kMostUnits);
  const auto scale = static_cast<std::uint64_t>(std::llround(PowerOfTen(digits)));
  std::string text = GroupThousands(units / scale);
  if (digits > 0) absl::StrAppendFormat(&text, ".%0*d", digits, units % scale);
  return currency == CurrencyCode() ? text : absl::StrCat(currency.text(), " ", text);
}

// Behind the point, for three significant digits of `amount`.
int DigitsFor(double amount, int least) {
  int digits = least;
  while (digits < kMostDigits && amount * PowerOfTen(digits) < 99.5) ++digits;
  return digits;
}

}  // namespace

std::optional<Ratio> UnitPrice(const Product& product) {
  const bool is_known =
      product.price.has_value() && product.price->minor_units > 0 && product.pack_quantity.value_or(Ratio()) > Ratio();
  if (!is_known) return std::nullopt;
  const Ratio& content = *product.pack_quantity;
  return Multiply(Ratio::Of(product.price->minor_units, 1), Ratio::Of(content.denominator(), content.numerator()));
}

UnitPriceTexts FormatUnitPrices(const PricedPack& from, const PricedPack& to, absl::string_view unit,
                                const CurrencyCode& currency) {
  UnitPriceTexts texts;
  texts.per = unit == "g" || unit == "ml" ? 100 : 1;
  const double scale = texts.per / PowerOfTen(currency.minor_digits());
  const double from_amount = static_cast<double>(from.price_minor) / from.content * scale;
  const double to_amount = static_cast<double>(to.price_minor) / to.content * scale;
  const auto rounded = [](double amount, int digits) { return std::round(amount * PowerOfTen(digits)); };
  int digits = DigitsFor(std::min(from_amount, to_amount), currency.minor_digits());
  const auto look_alike = [&] { return rounded(from_amount, digits) == rounded(to_amount, digits); };
  while (digits < kMostDigits && from_amount != to_amount && look_alike()) ++digits;
  const double from_units = rounded(from_amount, digits);
  const double to_units = rounded(to_amount, digits);
  texts.from = FormatAmount(from_units, digits, currency);
  texts.to = FormatAmount(to_units, digits, currency);
  texts.difference = FormatAmount(std::abs(from_units - to_units), digits, currency);
  return texts;
}

}  // namespace awase::catalog
