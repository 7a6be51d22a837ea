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

bool Rescale(std::int64_t value, int scale, int digits, std::int64_t* scaled) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;  // far from an overflow below
  if (value >= kMost || value <= -kMost) return false;
  if (digits >= scale) {
    *scaled = value * kPowers[digits - scale];
    return true;
  }
  const std::int64_t unit = kPowers[scale - digits];
  const std::int64_t magnitude = value < 0 ? -value : value;
  const std::int64_t rounded = magnitude / unit + (magnitude % unit >= unit / 2 ? 1 : 0);
  *scaled = value < 0 ? -rounded : rounded;
  return true;
}

bool RoundDouble(double value, int digits, std::int64_t* scaled) {
  const double magnitude = std::abs(value) * static_cast<double>(kPowers[digits]);
  if (!(magnitude < 1e11)) return false;  // nor what is no number
  // The nearest whole number, without asking which side of it the value is on: that is chance, and not to be predicted.
  const auto nearest = static_cast<std::int64_t>(magnitude + 0.5);
  if (std::abs(magnitude - static_cast<double>(nearest)) < 0.5 - 1e-3) {
    *scaled = value < 0 ? -nearest : nearest;
    return true;
  }
  const auto k = static_cast<std::int64_t>(value * 1e4 + (value < 0 ? -0.5 : 0.5));
  if (static_cast<double>(k) / 1e4 != value) return false;
  return Rescale(k, 4, digits, scaled);
}

}  // namespace

std::optional<std::int64_t> DecimalOf(const TypedValue& value, int digits) {
  // The optional is made once, here: handed on through calls it goes by way of memory, and stalls there.
  std::int64_t scaled = 0;
  const bool is_known = value.kind == TypedValue::Kind::kDecimal  ? Rescale(value.whole, value.scale, digits, &scaled)
                        : value.kind == TypedValue::Kind::kDouble ? RoundDouble(value.number, digits, &scaled)
                                                                  : false;
  if (!is_known) return std::nullopt;
  return scaled;
}

}  // namespace awase::ingest_internal
