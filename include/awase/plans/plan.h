#ifndef AWASE_PLANS_PLAN_H_
#define AWASE_PLANS_PLAN_H_

// Plans and the options that can be added to them, as the catalogue's columns state them (docs/plans.md).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/catalog/product.h"
#include "awase/plans/quantity.h"
#include "awase/plans/tariff.h"

namespace awase::plans {

// The metric whose units are the subscription's members; what a fee per seat is paid for.
inline constexpr absl::string_view kSeatsMetric = "seats";

// A column of a product that cannot be read as what it should be.
struct Fault {
  std::string product_id;
  std::string column;
  std::string message;

  friend bool operator==(const Fault&, const Fault&) = default;
};

// What is paid each interval, whatever is used; ≥ 0.
struct Fee {
  std::int64_t base_minor = 0;
  std::int64_t per_seat_minor = 0;
  bool is_per_seat = false;  // each seat is paid for, maybe with 0

  // At most kMostCostMinor. REQUIRES: seats >= 0.
  std::int64_t Of(std::int64_t seats) const;

  friend bool operator==(const Fee&, const Fee&) = default;
};

// What a plan says of one metric.
struct Term {
  std::string metric;
  std::optional<Quantity> limit;  // included each interval; nothing = unlimited
  std::optional<Tariff> overage;  // of what goes beyond; nothing = nothing goes beyond

  friend bool operator==(const Term&, const Term&) = default;
};

// What plans and options have in common.
struct Charge {
  ProductIndex product = kNoProduct;
  std::string product_id;
  CurrencyCode currency;
  std::string interval;  // "month", "year", …; see catalog::NormalInterval
  Fee fee;
  std::vector<Term> terms;  // by metric, distinct

  const Term* FindTerm(absl::string_view metric) const;  // null: it says nothing of that metric
};

// In a PlanBook its terms hold the limits of the options that it includes, where it states none of its own.
struct Plan : Charge {
  std::string family;                       // family, else product_type, else leaf of the category
  std::string use;                          // spec.use: for whom it is; empty = for everybody
  std::optional<std::int64_t> price_minor;  // what pages show; advice reckons with the fee
  std::int64_t trial_days = 0;              // before the first fee; no cost is lowered by it
  std::vector<ProductIndex> includes;       // options that are part of it; ascending
  std::vector<std::string> perks;           // names of its perk.* columns but those that say no; ascending

  bool Includes(ProductIndex option) const;
};

// Whether one may be taken instead of the other, and their fees compare: of one family, currency and interval.
bool IsComparable(const Plan& plan, const Plan& other);

// Its limits add to those of the plan.
struct Option : Charge {
  std::vector<ProductIndex> option_of;  // plans that it can be added to; ascending

  // It is one of the plan's, in its currency and for its interval.
  bool CanBeAddedTo(const Plan& plan) const;
  // It is there for more of a metric and for nothing else, so use tells whether it is needed.
  bool is_capacity = false;
};

// Whether the product's columns make it a plan or an option: it has an option_of, fee, fee_per_seat, limit.* or
// overage.* column, or perk.* columns and a subscription_interval.
bool IsPlanProduct(const catalog::Product& product);

// Whether a perk.* column says that the product does not have the perk: "no", "false", "0" or "-".
bool SaysNoPerk(absl::string_view text);

// Whether two kinds of use are the same, whatever their case and the space around them.
bool IsSameUse(absl::string_view use, absl::string_view other);

// Reads the columns that plans and options share. Nothing when one of them has a fault, which is then in `faults`: an
// advice with a wrong price would do more harm than none. O(attributes).
std::optional<Charge> ReadCharge(const catalog::Product& product, ProductIndex index, std::vector<Fault>* faults);

}  // namespace awase::plans

#endif  // AWASE_PLANS_PLAN_H_
