#ifndef AWASE_PLANS_QUANTITY_H_
#define AWASE_PLANS_QUANTITY_H_

// How much of a metric (minutes, GB, seats) is used or allowed: a whole number of millionths, so that sums and
// comparisons are exact. The unit belongs to the metric's name ("data_mb"); no two metrics are ever converted.

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::plans {

struct Quantity {
  std::int64_t micros = 0;

  friend bool operator==(const Quantity&, const Quantity&) = default;
  friend auto operator<=>(const Quantity&, const Quantity&) = default;
};

inline constexpr std::int64_t kMicrosPerUnit = 1'000'000;
// A trillion units, as bytes a terabyte: two of them multiply, and all periods of a history add up, without overflow.
inline constexpr Quantity kMostQuantity{1'000'000'000'000 * kMicrosPerUnit};

// a + b, at most kMostQuantity. REQUIRES: both are between 0 and kMostQuantity.
Quantity Plus(Quantity a, Quantity b);

// "12", "0.5". kInvalidArgument unless the text is a plain decimal ≥ 0 with at most six digits behind the point (zeros
// beyond them do not count), kOutOfRange above kMostQuantity.
absl::StatusOr<Quantity> ParseQuantity(absl::string_view text);

// The nearest millionth. kInvalidArgument when `number` is negative or no number, kOutOfRange above kMostQuantity.
absl::StatusOr<Quantity> QuantityOf(double number);

// "15,360", "0.5".
std::string FormatQuantity(Quantity quantity);

}  // namespace awase::plans

#endif  // AWASE_PLANS_QUANTITY_H_
