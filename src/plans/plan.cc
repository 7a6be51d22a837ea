#include "awase/plans/plan.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "awase/catalog/plan_columns.h"
#include "awase/catalog/price_basis.h"
#include "plans/internal/exact_decimal.h"

namespace awase::plans {
namespace {

using catalog::Attribute;
using catalog::FindText;
using catalog::Product;

// Reads one product's columns; faults are collected, all of them.
class ChargeReader {
 public:
  ChargeReader(const Product& product, ProductIndex index, std::vector<Fault>* faults)
      : product_(product), faults_(faults) {
    charge_.product = index;
    charge_.product_id = product.product_id;
    charge_.interval = catalog::NormalInterval(product.subscription_interval);
    if (product.price.has_value()) charge_.currency = product.price->currency;
  }

  std::optional<Charge> Read() && {
    ReadFee();
    for (const Attribute& attribute : product_.attributes) {
      absl::string_view metric = attribute.name;
      if (absl::ConsumePrefix(&metric, catalog::kLimitPrefix)) {
        ReadLimit(attribute, &TermOf(metric));
      } else if (absl::ConsumePrefix(&metric, catalog::kOveragePrefix)) {
        ReadOverage(attribute, &TermOf(metric));
      }
    }
    if (charge_.fee.is_per_seat && HasOverage(kSeatsMetric)) {
      Note(catalog::kFeePerSeatColumn, "seats are paid for twice: by fee_per_seat and by overage.seats");
    }
    std::sort(charge_.terms.begin(), charge_.terms.end(),
              [](const Term& a, const Term& b) { return a.metric < b.metric; });
    return ok_ ? std::optional(std::move(charge_)) : std::nullopt;
  }

 private:
  void Note(absl::string_view column, std::string message) {
    ok_ = false;
    faults_->push_back({product_.product_id, std::string(column), std::move(message)});
  }

  // A currency has its minor units; a fee of less than one is a slip.
  void ReadAmount(absl::string_view column, absl::string_view text, std::int64_t* minor) {
    const absl::StatusOr<std::int64_t> parsed =
        plans_internal::ParseExactDecimal(text, charge_.currency.minor_digits(), kMostCostMinor);
    if (!parsed.ok()) return Note(column, std::string(parsed.status().message()));
    *minor = *parsed;
  }

  void ReadFee() {
    const absl::string_view fee = FindText(product_, catalog::kFeeColumn);
    const absl::string_view per_seat = FindText(product_, catalog::kFeePerSeatColumn);
    charge_.fee.is_per_seat = !per_seat.empty();
    if (charge_.fee.is_per_seat) {
      ReadAmount(catalog::kFeePerSeatColumn, per_seat, &charge_.fee.per_seat_minor);
    }
    if (!fee.empty()) {
      ReadAmount(catalog::kFeeColumn, fee, &charge_.fee.base_minor);
    } else if (charge_.fee.is_per_seat) {
      charge_.fee.base_minor = 0;  // the price of such a plan is that of a seat
    } else if (product_.price.has_value()) {
      charge_.fee.base_minor = product_.price->minor_units;
    } else {
      Note(catalog::kFeeColumn, "neither a fee nor a price; a free plan has the fee 0");
    }
  }

  void ReadLimit(const Attribute& attribute, Term* term) {
    if (absl::EqualsIgnoreCase(attribute.text, catalog::kUnlimited)) {
      term->limit = std::nullopt;
      return;
    }
    const absl::StatusOr<Quantity> limit = ParseQuantity(attribute.text);
    if (limit.ok()) {
      term->limit = *limit;
    } else {
      Note(attribute.name, absl::StrCat(limit.status().message(), ", nor unlimited"));
    }
  }

  void ReadOverage(const Attribute& attribute, Term* term) {
    const absl::StatusOr<Tariff> tariff = Tariff::Parse(attribute.text, charge_.currency.minor_digits());
    if (tariff.ok()) {
      term->overage = *tariff;
    } else {
      Note(attribute.name, std::string(tariff.status().message()));
    }
  }

  // Without a limit of its own, overage is paid from the first unit on.
  Term& TermOf(absl::string_view metric) {
    for (Term& term : charge_.terms) {
      if (term.metric == metric) return term;
    }
    charge_.terms.push_back({std::string(metric), Quantity{0}, std::nullopt});
    return charge_.terms.back();
  }

  bool HasOverage(absl::string_view metric) const {
    return std::any_of(charge_.terms.begin(), charge_.terms.end(),
                       [metric](const Term& term) { return term.metric == metric && term.overage.has_value(); });
  }

  const Product& product_;
  std::vector<Fault>* faults_;
  Charge charge_;
  bool ok_ = true;
};

}  // namespace

std::int64_t Fee::Of(std::int64_t seats) const {
  const absl::int128 all = absl::int128(base_minor) + absl::int128(per_seat_minor) * seats;
  return static_cast<std::int64_t>(std::min<absl::int128>(all, kMostCostMinor));
}

const Term* Charge::FindTerm(absl::string_view metric) const {
  const auto at = std::lower_bound(terms.begin(), terms.end(), metric,
                                   [](const Term& term, absl::string_view name) { return term.metric < name; });
  return at != terms.end() && at->metric == metric ? &*at : nullptr;
}

bool Plan::Includes(ProductIndex option) const { return std::binary_search(includes.begin(), includes.end(), option); }

bool IsComparable(const Plan& plan, const Plan& other) {
  return plan.family == other.family && plan.currency == other.currency && plan.interval == other.interval;
}

bool Option::CanBeAddedTo(const Plan& plan) const {
  return currency == plan.currency && interval == plan.interval &&
         std::binary_search(option_of.begin(), option_of.end(), plan.product);
}

bool IsPlanProduct(const Product& product) {
  bool has_perk = false;
  for (const Attribute& attribute : product.attributes) {
    const absl::string_view name = attribute.name;
    if (name == catalog::kFeeColumn || name == catalog::kFeePerSeatColumn || name == catalog::kOptionOfColumn ||
        absl::StartsWith(name, catalog::kLimitPrefix) || absl::StartsWith(name, catalog::kOveragePrefix)) {
      return true;
    }
    has_perk = has_perk || absl::StartsWith(name, catalog::kPerkPrefix);
  }
  return has_perk && !product.subscription_interval.empty();
}

bool SaysNoPerk(absl::string_view text) {
  return absl::EqualsIgnoreCase(text, "no") || absl::EqualsIgnoreCase(text, "false") || text == "0" || text == "-";
}

bool IsSameUse(absl::string_view use, absl::string_view other) {
  return absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(use), absl::StripAsciiWhitespace(other));
}

std::optional<Charge> ReadCharge(const Product& product, ProductIndex index, std::vector<Fault>* faults) {
  return ChargeReader(product, index, faults).Read();
}

}  // namespace awase::plans
