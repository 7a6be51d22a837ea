#ifndef AWASE_CATALOG_PRICE_BASIS_H_
#define AWASE_CATALOG_PRICE_BASIS_H_

// What a price is paid for: once, each month, for each seat, …

#include <string>

#include "absl/strings/string_view.h"
#include "awase/catalog/product.h"

namespace awase::catalog {

// PriceBasis::per_seat where the price is that of a seat.
inline constexpr absl::string_view kPriceIsPerSeat = "price";

// Prices compare where their bases are equal.
struct PriceBasis {
  std::string interval;  // NormalInterval of the subscription; empty = it is no subscription
  // What each seat costs beside the price, as a fraction in lowest terms ("5/1": however it was written), or
  // kPriceIsPerSeat; empty = nothing.
  std::string per_seat;
  bool is_option = false;  // it adds to the price of a plan

  bool IsSinglePurchase() const { return interval.empty() && per_seat.empty() && !is_option; }
  friend bool operator==(const PriceBasis&, const PriceBasis&) = default;
  friend auto operator<=>(const PriceBasis&, const PriceBasis&) = default;
};

// The columns that say what is paid beside the price, of a product wherever it is kept. Empty = not given. Borrows.
struct FeeColumns {
  absl::string_view subscription_interval;
  absl::string_view fee;
  absl::string_view fee_per_seat;
  absl::string_view option_of;
};
FeeColumns FeeColumnsOf(const Product& product);

PriceBasis PriceBasisOf(const FeeColumns& columns);
PriceBasis PriceBasisOf(const Product& product);

// For people: "once", "each month", "each month and seat", "each month, beside 4.5 for each seat", "each month,
// beside a plan".
std::string PriceBasisText(const FeeColumns& columns);

// Whether a fee is not given, or 0 however it is written.
bool IsNothing(absl::string_view fee);

// Whether a product at a price of 0 is a plan for which nothing is paid, also no fee: the start of a ladder of plans. A
// single purchase for nothing is a slip, and so is a price of 0 beside a fee.
bool IsFreePlan(const FeeColumns& columns, bool has_pack);
bool IsFreePlan(const Product& product);  // … and it is at that price

// "Monthly", "1 month" and "P1M" are "month"; likewise day, week, quarter and year. Any other text is kept, in lower
// case: it is comparable with itself only.
std::string NormalInterval(absl::string_view text);
bool IsSameInterval(absl::string_view a, absl::string_view b);

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_PRICE_BASIS_H_
