#ifndef AWASE_PLANS_TARIFF_H_
#define AWASE_PLANS_TARIFF_H_

// What use beyond a limit costs: an amount for each step of units.
//
//   AMOUNT[/STEP] [up|exact]
//
//   0.03              0.03 for each started unit
//   10/1024           10 for each started 1024 units
//   0.005 exact       0.005 a unit, fractions of units too
//   9.99/1000 exact   9.99 for 1000 units, in proportion
//
// AMOUNT is in units of the plan's currency and may go below its minor unit: amounts are kept in millionths of a minor
// unit. What a metric costs is rounded once, at the end, half up to a whole minor unit.

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/plans/quantity.h"

namespace awase::plans {

// No cost is said to be higher than this many minor units, and no sum of costs over a history than kMostTotalMinor: two
// of these still subtract without overflow.
inline constexpr std::int64_t kMostCostMinor = 1'000'000'000'000'000;
inline constexpr std::int64_t kMostTotalMinor = 4'000'000'000'000'000'000;

struct Tariff {
  enum class Rounding : std::uint8_t {
    kUp,     // a step that is begun is paid whole
    kExact,  // in proportion
  };
  std::int64_t amount_micro_minor = 0;  // per step, in millionths of a minor unit; ≥ 0
  Quantity step{kMicrosPerUnit};        // > 0
  Rounding rounding = Rounding::kUp;

  friend bool operator==(const Tariff&, const Tariff&) = default;

  // `minor_digits`: of the plan's currency. kInvalidArgument, saying what is wrong, for what is not of the form above,
  // has a step of 0, or says more digits than are kept; kOutOfRange for amounts above a million million minor units.
  static absl::StatusOr<Tariff> Parse(absl::string_view text, int minor_digits);

  // In minor units, at most kMostCostMinor. REQUIRES: 0 <= excess <= kMostQuantity.
  std::int64_t Charge(Quantity excess) const;
};

// Whether no excess costs more by `tariff` than by `other`. False of tariffs of different steps: they cross each other.
bool IsNoDearer(const Tariff& tariff, const Tariff& other);

}  // namespace awase::plans

#endif  // AWASE_PLANS_TARIFF_H_
