#include "ingest/internal/row.h"

#include <cmath>

// Why DecimalOf(double) is what the text would give. The text of x is the shortest decimal that reads back as x (in
// [10^-4, 10^15); below, x rounded to twelve decimals), so it is within half a unit in the last place of x. Below 10^11
// a thousandth is far more than all errors together: a text farther than that from a half is rounded to the side of x.
// Near a half its digits decide. With a whole k near x · 10^4 and x = k / 10^4 (correctly rounded), x is the double
// nearest to that decimal. |k| < 10^15 has at most 15 digits and no two decimals of at most 15 digits share a double,
// so it is the shortest one, and is rounded exactly. Tested by query_column_test.cc.

namespace awase::ingest_internal {
namespace {

constexpr std::int64_t kPowers[] = {1,
                                    10,
                                    100,
                                    1'000,
                                    10'000,
                                    100'000,
                                    1'000'000,
                                    10'000'000,
                                    100'000'000,
                                    1'000'000'000,
                                    10'000'000'000,
                                    100'000'000'000,
                                    1'000'000'000'000,
                                    10'000'000'000'000,
                                    100'000'000'000'000,
                                    1'000'000'000'000'000,
                                    10'000'000'000'000'000,
                                    100'000'000'000'000'000,
                                    1'000'000'000'000'000'000};

std::optional<std::int64_t> Rescale(std::int64_t value, int scale, int digits) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;  // far from an overflow below
  if (value >= kMost || value <= -kMost) return std::nullopt;
  if (digits >= scale) return value * kPowers[digits - scale];
  const std::int64_t unit = kPowers[scale - digits];
  const std::int64_t magnitude = value < 0 ? -value : value;
  const std::int64_t rounded = magnitude / unit + (magnitude % unit >= unit / 2 ? 1 : 0);
  return value < 0 ? -rounded : rounded;
}

std::optional<std::int64_t> RoundDouble(double value, int digits) {
  const double magnitude = std::abs(value) * static_cast<double>(kPowers[digits]);
  if (!(magnitude < 1e11)) return std::nullopt;  // nor what is no number
  const auto whole = static_cast<std::int64_t>(magnitude);
  const double rest = magnitude - static_cast<double>(whole);
  if (std::abs(rest - 0.5) > 1e-3) {
    const std::int64_t rounded = whole + (rest > 0.5 ? 1 : 0);
    return value < 0 ? -rounded : rounded;
  }
  const auto scaled = static_cast<std::int64_t>(value * 1e4 + (value < 0 ? -0.5 : 0.5));
  if (static_cast<double>(scaled) / 1e4 != value) return std::nullopt;
  return Rescale(scaled, 4, digits);
}

}  // namespace

std::optional<std::int64_t> DecimalOf(const TypedValue& value, int digits) {
  if (value.kind == TypedValue::Kind::kDecimal) return Rescale(value.whole, value.scale, digits);
  if (value.kind == TypedValue::Kind::kDouble) return RoundDouble(value.number, digits);
  return std::nullopt;
}

}  // namespace awase::ingest_internal
