#include "pricing/internal/reduce.h"

#include <algorithm>
#include <cstddef>

namespace awase::pricing::internal {
namespace {

Shares TotalsOf(absl::Span<const ReducedUnits> units) {
  Shares totals;
  for (const ReducedUnits& each : units) totals.push_back(each.unit_price_minor * each.quantity);
  return totals;
}

Shares FloorsOf(absl::Span<const ReducedUnits> units) {
  Shares floors;
  for (const ReducedUnits& each : units) floors.push_back(each.unit_floor_minor * each.quantity);
  return floors;
}

// Of one unit, in ten-thousandths of a minor unit.
absl::int128 ExactUnitPrice(const Reduction& reduction, std::int64_t price_minor) {
  if (const auto* percent = std::get_if<PercentOff>(&reduction)) {
    return absl::int128(price_minor) * (kBasisPoints - percent->basis_points);
  }
  const auto* fixed = std::get_if<FixedPrice>(&reduction);
  const std::int64_t reduced = fixed != nullptr
                                   ? std::min(fixed->price_minor, price_minor)
                                   : price_minor - std::min(std::get<AmountOff>(reduction).amount_minor, price_minor);
  return absl::int128(reduced) * kBasisPoints;
}

}  // namespace

std::int64_t RoundUnitPrice(const UnitRounding& rounding, absl::int128 exact, std::int64_t price_minor) {
  const auto whole = static_cast<std::int64_t>(exact / kBasisPoints);
  if (whole < rounding.ending_minor) return whole;
  const std::int64_t below = whole - (whole - rounding.ending_minor) % rounding.step_minor;
  if (rounding.direction == UnitRounding::Direction::kDown || price_minor - below < rounding.step_minor) return below;
  const absl::int128 beyond_half = exact * 2 - (absl::int128(below) * 2 + rounding.step_minor) * kBasisPoints;
  return beyond_half > 0 ? below + rounding.step_minor : below;
}

Shares ReduceEach(absl::Span<const ReducedUnits> units, const Reduction& reduction,
                  const std::optional<UnitRounding>& rounding) {
  Shares reduced;
  for (const ReducedUnits& each : units) {
    const absl::int128 exact = ExactUnitPrice(reduction, each.unit_price_minor);
    const std::int64_t price = RoundUnitPrice(rounding.value_or(UnitRounding()), exact, each.unit_price_minor);
    reduced.push_back(std::max(price, each.unit_floor_minor) * each.quantity);
  }
  return reduced;
}

Shares ReduceByPercent(absl::Span<const ReducedUnits> units, PercentOff percent) {
  const Shares totals = TotalsOf(units);
  const Shares floors = FloorsOf(units);
  const std::int64_t paid_share = kBasisPoints - percent.basis_points;
  Shares open_totals = totals;  // of what the percentage does not take below its floor
  Shares open_floors = floors;
  std::int64_t open_total = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool is_open = absl::int128(floors[i]) * kBasisPoints <= absl::int128(totals[i]) * paid_share;
    if (!is_open) open_totals[i] = open_floors[i] = 0;
    open_total += open_totals[i];
  }
  const auto price = static_cast<std::int64_t>(absl::int128(open_total) * paid_share / kBasisPoints);
  Shares reduced = AllocateAboveFloors(open_totals, open_floors, price);
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (open_totals[i] == 0) reduced[i] = floors[i];
  }
  return reduced;
}

Shares ReduceTogether(absl::Span<const ReducedUnits> units, std::int64_t price_minor) {
  const Shares floors = FloorsOf(units);
  std::int64_t lowest = 0;
  for (const std::int64_t floor : floors) lowest += floor;
  return AllocateAboveFloors(TotalsOf(units), floors, std::max(price_minor, lowest));
}

}  // namespace awase::pricing::internal
