#include "awase/catalog/price_basis.h"

#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/base/ratio.h"
#include "awase/catalog/plan_columns.h"

namespace awase::catalog {
namespace {

constexpr std::array<std::pair<absl::string_view, absl::string_view>, 27> kIntervals = {{
    {"daily", "day"},       {"day", "day"},          {"1 day", "day"},       {"p1d", "day"},
    {"weekly", "week"},     {"week", "week"},        {"1 week", "week"},     {"p1w", "week"},
    {"p7d", "week"},        {"monthly", "month"},    {"month", "month"},     {"1 month", "month"},
    {"p1m", "month"},       {"mo", "month"},         {"per month", "month"}, {"quarterly", "quarter"},
    {"quarter", "quarter"}, {"3 months", "quarter"}, {"p3m", "quarter"},     {"yearly", "year"},
    {"annual", "year"},     {"annually", "year"},    {"year", "year"},       {"1 year", "year"},
    {"p1y", "year"},        {"p12m", "year"},        {"12 months", "year"},
}};

// "5", "5.0" and "5.00" are one amount; what is no decimal is comparable with itself only.
std::string NormalAmount(absl::string_view text) {
  const std::optional<Ratio> amount = Ratio::ParseDecimal(absl::StripAsciiWhitespace(text));
  return amount.has_value() ? absl::StrCat(amount->numerator(), "/", amount->denominator()) : std::string(text);
}

}  // namespace

bool IsNothing(absl::string_view fee) {
  double amount = 0;
  return fee.empty() || (absl::SimpleAtod(fee, &amount) && amount == 0);
}

PriceBasis PriceBasisOf(const FeeColumns& columns) {
  PriceBasis basis;
  if (!columns.subscription_interval.empty()) basis.interval = NormalInterval(columns.subscription_interval);
  if (!columns.fee_per_seat.empty()) {
    basis.per_seat = IsNothing(columns.fee) ? std::string(kPriceIsPerSeat) : NormalAmount(columns.fee_per_seat);
  }
  basis.is_option = !columns.option_of.empty();
  return basis;
}

FeeColumns FeeColumnsOf(const Product& product) {
  return {.subscription_interval = product.subscription_interval,
          .fee = FindText(product, kFeeColumn),
          .fee_per_seat = FindText(product, kFeePerSeatColumn),
          .option_of = FindText(product, kOptionOfColumn)};
}

PriceBasis PriceBasisOf(const Product& product) { return PriceBasisOf(FeeColumnsOf(product)); }

std::string PriceBasisText(const FeeColumns& columns) {
  const PriceBasis basis = PriceBasisOf(columns);
  std::string text = basis.interval.empty() ? "once" : absl::StrCat("each ", basis.interval);
  if (basis.per_seat == kPriceIsPerSeat) {
    absl::StrAppend(&text, " and seat");
  } else if (double amount = 0; absl::SimpleAtod(columns.fee_per_seat, &amount)) {
    absl::StrAppend(&text, ", beside ", amount, " for each seat");
  }
  if (basis.is_option) absl::StrAppend(&text, ", beside a plan");
  return text;
}

bool IsFreePlan(const FeeColumns& columns, bool has_pack) {
  const bool is_single_purchase =
      columns.subscription_interval.empty() && columns.fee_per_seat.empty() && columns.option_of.empty();
  return !has_pack && !is_single_purchase && IsNothing(columns.fee) && IsNothing(columns.fee_per_seat);
}

bool IsFreePlan(const Product& product) {
  if (!product.price.has_value() || product.price->minor_units != 0) return false;
  return IsFreePlan(FeeColumnsOf(product), product.pack_quantity.has_value() && !product.pack_unit.empty());
}

std::string NormalInterval(absl::string_view text) {
  std::string lower = absl::AsciiStrToLower(absl::StripAsciiWhitespace(text));
  for (const auto& [written, interval] : kIntervals) {
    if (lower == written) return std::string(interval);
  }
  return lower;
}

bool IsSameInterval(absl::string_view a, absl::string_view b) {
  return a == b || (!a.empty() && !b.empty() && NormalInterval(a) == NormalInterval(b));
}

}  // namespace awase::catalog
