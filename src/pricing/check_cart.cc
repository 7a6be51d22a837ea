#include "pricing/internal/check_cart.h"

#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/base/status_macros.h"

namespace awase::pricing::internal {
namespace {

absl::Status OutOfRange(absl::string_view field, std::int64_t value, std::int64_t least, std::int64_t most) {
  return absl::InvalidArgumentError(absl::StrCat(field, " is ", value, ", but must be ", least, " to ", most));
}

absl::Status CheckLine(const Line& line) {
  if (line.unit_price_minor < 0 || line.unit_price_minor > kMostMinor) {
    return OutOfRange("unit_price_minor", line.unit_price_minor, 0, kMostMinor);
  }
  if (line.quantity < 1 || line.quantity > kMostUnits) return OutOfRange("quantity", line.quantity, 1, kMostUnits);
  const std::int64_t cost = line.unit_cost_minor.value_or(0);
  if (cost < 0 || cost > kMostMinor) return OutOfRange("unit_cost_minor", cost, 0, kMostMinor);
  return absl::OkStatus();
}

absl::Status CheckLines(absl::Span<const Line> lines) {
  absl::int128 total = 0;
  std::int64_t units = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string field = absl::StrCat("lines[", i, "]");
    if (absl::Status status = CheckLine(lines[i]); !status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(field, ".", status.message()));
    }
    total += absl::int128(lines[i].unit_price_minor) * lines[i].quantity;
    units += lines[i].quantity;
    if (total > kMostMinor) {
      return absl::InvalidArgumentError(absl::StrCat(field, " takes the list total of the cart above ", kMostMinor));
    }
    if (units > kMostUnits) {
      return absl::InvalidArgumentError(absl::StrCat(field, " takes the units of the cart above ", kMostUnits));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPlaces(absl::string_view field, absl::Span<const std::size_t> places, std::size_t lines) {
  for (const std::size_t place : places) {
    if (place < lines) continue;
    return absl::InvalidArgumentError(absl::StrCat(field, " names line ", place, ", but the cart has ", lines));
  }
  return absl::OkStatus();
}

absl::Status CheckDiscount(const std::string& field, const Discount& discount, std::size_t lines) {
  const std::vector<Fault> faults = FindFaults(discount);
  if (!faults.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(field, ".", faults[0].field, " ", faults[0].problem));
  }
  if (const auto* sets = std::get_if<SetTerms>(&discount.terms)) {
    for (std::size_t i = 0; i < sets->parts.size(); ++i) {
      AWASE_RETURN_IF_ERROR(CheckPlaces(absl::StrCat(field, ".parts[", i, "].lines"), sets->parts[i].lines, lines));
    }
    return absl::OkStatus();
  }
  const auto* quantity = std::get_if<QuantityTerms>(&discount.terms);
  return CheckPlaces(absl::StrCat(field, ".lines"),
                     quantity != nullptr ? quantity->lines : std::get<BasketTerms>(discount.terms).lines, lines);
}

}  // namespace

absl::Status CheckCart(absl::Span<const Line> lines, absl::Span<const Discount> discounts) {
  AWASE_RETURN_IF_ERROR(CheckLines(lines));
  for (std::size_t i = 0; i < discounts.size(); ++i) {
    AWASE_RETURN_IF_ERROR(CheckDiscount(absl::StrCat("discounts[", i, "]"), discounts[i], lines.size()));
  }
  return absl::OkStatus();
}

}  // namespace awase::pricing::internal
