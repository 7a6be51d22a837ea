#include "awase/plans/quantity.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/money.h"
#include "awase/base/status_macros.h"
#include "plans/internal/exact_decimal.h"

namespace awase::plans {

Quantity Plus(Quantity a, Quantity b) {
  return Quantity{std::min(a.micros + b.micros, kMostQuantity.micros)};  // 2 · 10^18 fits 63 bits
}

absl::StatusOr<Quantity> ParseQuantity(absl::string_view text) {
  AWASE_ASSIGN_OR_RETURN(const std::int64_t micros,
                         plans_internal::ParseExactDecimal(text, /*digits=*/6, kMostQuantity.micros));
  return Quantity{micros};
}

absl::StatusOr<Quantity> QuantityOf(double number) {
  if (!(number >= 0)) return absl::InvalidArgumentError(absl::StrCat(number, " is no quantity of 0 or more"));
  const double micros = std::round(number * static_cast<double>(kMicrosPerUnit));
  if (micros > static_cast<double>(kMostQuantity.micros)) {
    return absl::OutOfRangeError(absl::StrCat(number, " is above the most that is counted, a trillion"));
  }
  return Quantity{static_cast<std::int64_t>(micros)};
}

std::string FormatQuantity(Quantity quantity) {
  std::string text = GroupThousands(static_cast<std::uint64_t>(quantity.micros / kMicrosPerUnit));
  const std::int64_t fraction = quantity.micros % kMicrosPerUnit;
  if (fraction == 0) return text;
  absl::StrAppendFormat(&text, ".%06d", fraction);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

}  // namespace awase::plans
