#include "awase/plans/tariff.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/status_macros.h"
#include "plans/internal/exact_decimal.h"

namespace awase::plans {
namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kMostAmount = 1'000'000'000'000 * kMicro;

absl::Status NoTariff(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat("\"", text.substr(0, 40), "\" is no tariff: want AMOUNT[/STEP] ",
                                                 "[up|exact], such as 0.03 or 10/1024"));
}

}  // namespace

absl::StatusOr<Tariff> Tariff::Parse(absl::string_view text, int minor_digits) {
  absl::string_view amount = absl::StripAsciiWhitespace(text);
  Tariff tariff;
  const std::size_t last_word = amount.find_last_of(" \t/") + 1;  // 0 where there is but one
  if (absl::EqualsIgnoreCase(amount.substr(last_word), "exact")) {
    tariff.rounding = Rounding::kExact;
    amount.remove_suffix(amount.size() - last_word);
  } else if (absl::EqualsIgnoreCase(amount.substr(last_word), "up")) {
    amount.remove_suffix(amount.size() - last_word);
  }
  std::vector<absl::string_view> parts = absl::StrSplit(amount, '/');
  if (parts.size() > 2) return NoTariff(text);
  for (absl::string_view& part : parts) {
    part = absl::StripAsciiWhitespace(part);
    if (part.empty() || absl::StrContains(part, ' ')) return NoTariff(text);
  }
  AWASE_ASSIGN_OR_RETURN(tariff.amount_micro_minor,
                         plans_internal::ParseExactDecimal(parts[0], minor_digits + 6, kMostAmount));
  if (parts.size() == 2) {
    AWASE_ASSIGN_OR_RETURN(tariff.step, ParseQuantity(parts[1]));
    if (tariff.step.micros == 0) return absl::InvalidArgumentError("a tariff's step cannot be 0");
  }
  return tariff;
}

bool IsNoDearer(const Tariff& tariff, const Tariff& other) {
  return tariff.step == other.step && tariff.rounding == other.rounding &&
         tariff.amount_micro_minor <= other.amount_micro_minor;
}

std::int64_t Tariff::Charge(Quantity excess) const {
  // At most 10^18 · 10^18: far from the end of 127 bits.
  absl::int128 numerator = amount_micro_minor;
  absl::int128 denominator = kMicro;
  if (rounding == Rounding::kUp) {
    numerator *= excess.micros / step.micros + (excess.micros % step.micros > 0 ? 1 : 0);
  } else {
    numerator *= excess.micros;
    denominator *= step.micros;
  }
  const absl::int128 minor = (2 * numerator + denominator) / (2 * denominator);
  return static_cast<std::int64_t>(std::min<absl::int128>(minor, kMostCostMinor));
}

}  // namespace awase::plans
