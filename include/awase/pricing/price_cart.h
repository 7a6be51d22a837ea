#ifndef AWASE_PRICING_PRICE_CART_H_
#define AWASE_PRICING_PRICE_CART_H_

// What a cart costs with discounts: exact, in minor units of one currency, by line and by discount.
//
// Discounts are applied in the order given. Each takes units: those that it reduces and those that had to be there for
// it. A unit takes part in one discount, unless a later one is Stacking::kOnTop. Where more units fit than a discount
// takes, it takes the dearest, and makes its sets of neighbours by price: no other choice saves more (before rounding
// to a step, and before floors: these cut what was chosen, and do not change the choice). Ties go to the earlier line.
// A unit or set of which a discount would take nothing off is not taken.
//
//   price(unit) is never below 0 or its floor, and never above its list price;
//   list − Σ savings = price, for each line and for the cart.
//
// A pure function; nothing is kept.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/pricing/discount.h"

namespace awase::pricing {

struct Line {
  std::int64_t unit_price_minor = 0;            // 0 to kMostMinor
  std::int64_t quantity = 1;                    // 1 to kMostUnits
  std::optional<std::int64_t> unit_cost_minor;  // 0 to kMostMinor; nothing = not known

  friend bool operator==(const Line&, const Line&) = default;
};

struct PricedUnits {
  std::int64_t quantity = 0;
  std::int64_t unit_price_minor = 0;

  friend bool operator==(const PricedUnits&, const PricedUnits&) = default;
};

struct LinePrice {
  std::int64_t list_minor = 0;
  std::int64_t price_minor = 0;
  std::vector<PricedUnits> units;  // dearest first; they add up to price_minor and the line's quantity

  friend bool operator==(const LinePrice&, const LinePrice&) = default;
};

struct LineSaving {
  std::size_t line = 0;
  std::int64_t quantity = 0;  // units that take part, reduced or not
  std::int64_t saving_minor = 0;

  friend bool operator==(const LineSaving&, const LineSaving&) = default;
};

enum class Verdict : std::uint8_t {
  kApplied,
  kNotReached,    // too few units, no whole set, or too low a total
  kSavesNothing,  // the units cost no more without it
  kHeldByFloor,   // there would be a saving, but floors leave nothing of it
};

// What became of one discount.
struct DiscountOutcome {
  Verdict verdict = Verdict::kNotReached;
  std::int64_t times = 0;                // units reduced (quantity), sets, or 1 (basket); 0 unless applied
  std::int64_t saving_minor = 0;         // above 0 where applied
  std::int64_t cut_by_floor_minor = 0;   // what it would have saved besides, were it not for floors
  std::vector<LineSaving> line_savings;  // by line; those of which units take part
  // What there was for it to take: the units of each part (a quantity and a basket have one), and what they cost then.
  std::vector<std::int64_t> open_units;
  std::int64_t open_minor = 0;

  friend bool operator==(const DiscountOutcome&, const DiscountOutcome&) = default;
};

struct CartPrice {
  std::int64_t list_minor = 0;
  std::int64_t price_minor = 0;
  std::vector<LinePrice> lines;            // as given
  std::vector<DiscountOutcome> discounts;  // as given

  friend bool operator==(const CartPrice&, const CartPrice&) = default;
};

// kInvalidArgument, naming the field ("discounts[2].tiers[0].from_quantity …"), for what is out of its range, for lines
// that are not in the cart, and for carts whose list total is above kMostMinor or that have more than kMostUnits units.
// O(discounts · runs · log units), where a run is units of a line that cost the same: one per line at first.
absl::StatusOr<CartPrice> PriceCart(absl::Span<const Line> lines, absl::Span<const Discount> discounts);

}  // namespace awase::pricing

#endif  // AWASE_PRICING_PRICE_CART_H_
