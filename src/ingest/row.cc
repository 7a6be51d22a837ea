#include "ingest/internal/row.h"

#include <cmath>

// Why DecimalOf(double) is what the text would give. The text of x is the shortest decimal that reads back as x (in
// [10^-4, 10^15); below, x rounded to twelve decimals), so it is within half a unit in the last place of x.
// Of up to four decimals: with a whole k near x · 10^4 and x = k / 10^4 (correctly rounded), x is the double nearest to that
// decimal. |k| < 10^15 has at most 15 digits and no two decimals of at most 15 digits share a double, so it is the
// shortest one, and its digits are rounded exactly. Any other: below 10^11 a thousandth is far more than all errors
// together, so a text farther than that from a half is rounded to the same side. Tested by query_column_test.cc.

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
  if (!(std::abs(value) < 1e11)) return std::nullopt;  // nor what is no number
  const auto scaled = static_cast<std::int64_t>(value * 1e4 + (value < 0 ? -0.5 : 0.5));
  if (static_cast<double>(scaled) / 1e4 == value) return Rescale(scaled, 4, digits);
  const double magnitude = std::abs(value) * static_cast<double>(kPowers[digits]);
  if (magnitude >= 1e11) return std::nullopt;
  const double floor = std::floor(magnitude);
  const double rest = magnitude - floor;
  if (std::abs(rest - 0.5) < 1e-3) return std::nullopt;
  const auto rounded = static_cast<std::int64_t>(floor) + (rest > 0.5 ? 1 : 0);
  return value < 0 ? -rounded : rounded;
}

}  // namespace

std::optional<std::int64_t> DecimalOf(const TypedValue& value, int digits) {
  if (value.kind == TypedValue::Kind::kDecimal) return Rescale(value.whole, value.scale, digits);
  if (value.kind == TypedValue::Kind::kDouble) return RoundDouble(value.number, digits);
  return std::nullopt;
}

}  // namespace awase::ingest_internal
