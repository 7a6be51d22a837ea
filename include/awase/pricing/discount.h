#ifndef AWASE_PRICING_DISCOUNT_H_
#define AWASE_PRICING_DISCOUNT_H_

// What a merchandiser can say about prices, as plain values: of how many units of which lines, and how much less they
// cost then. docs/pricing.md has the formulas and worked examples.
//
//   // Any three of lines 0, 2 and 5 for 10.00; again and again.
//   Discount three_for_ten{SetTerms{{{.lines = {0, 2, 5}, .count = 3}}, FixedPrice{1000}}};
//   // 10 % off from three on, 15 % from ten on.
//   Discount tiers{QuantityTerms{{0}, {{3, PercentOff{1000}}, {10, PercentOff{1500}}}}};
//   // Of each three the cheapest is free.
//   Discount free_third{SetTerms{{{.lines = {0, 1}, .count = 3, .reduced = 1}}, PercentOff{kBasisPoints}}};

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "awase/pricing/margin_floor.h"

namespace awase::pricing {

inline constexpr std::int64_t kBasisPoints = 10'000;  // of a whole: 1 % is 100 of them

// The most that an amount in a cart or a discount, the list total of a cart, and its number of units may be. Two of
// these amounts add up without overflow; so many units still fit the memory of a request, one by one.
inline constexpr std::int64_t kMostMinor = 4'000'000'000'000'000'000;
inline constexpr std::int64_t kMostUnits = 1'000'000;

// ---- How much less.

struct FixedPrice {
  std::int64_t price_minor = 0;  // 0 to kMostMinor; 0 = free
  friend bool operator==(const FixedPrice&, const FixedPrice&) = default;
};
struct PercentOff {
  std::int64_t basis_points = 0;  // 1 to 10,000
  friend bool operator==(const PercentOff&, const PercentOff&) = default;
};
struct AmountOff {
  std::int64_t amount_minor = 0;  // 1 to kMostMinor
  friend bool operator==(const AmountOff&, const AmountOff&) = default;
};
using Reduction = std::variant<FixedPrice, PercentOff, AmountOff>;

// ---- Of what. Lines are places in the cart, each named once in a discount.

// "10 % off when you buy 3": every unit of the lines, which are counted together.
struct QuantityTerms {
  struct Tier {
    std::int64_t from_quantity = 1;  // 1 to kMostUnits
    // Of each unit: its price (those that cost less keep theirs), percent off, or an amount off, at most what it costs.
    Reduction reduction;
    friend bool operator==(const Tier&, const Tier&) = default;
  };
  std::vector<std::size_t> lines;
  // The last tier that is reached holds for all units. Rising quantities, one kind of reduction, none worse than the
  // one before.
  std::vector<Tier> tiers;
  std::optional<std::int64_t> most_units;  // reduced at most; 1 or more

  friend bool operator==(const QuantityTerms&, const QuantityTerms&) = default;
};

// "Any 3 for 10.00", "camera, film and case for 449.90", "buy two, the cheaper is half price", "a case for 5.00 with
// each camera": sets of units, as often as the cart has them and they save something. A set that costs less than its
// FixedPrice is none. An AmountOff for each set is taken off the sets together, and never more than they cost.
struct SetTerms {
  struct Part {
    std::vector<std::size_t> lines;  // any units of these
    std::int64_t count = 1;          // so many in a set; 1 to kMostUnits
    // So many of them are reduced, the cheapest; the others only have to be there. 0 to count; nothing = all.
    std::optional<std::int64_t> reduced;
    friend bool operator==(const Part&, const Part&) = default;
  };
  std::vector<Part> parts;                // with at least one unit that is reduced
  Reduction reduction;                    // of the reduced units of a set: their price together, percent or amount off
  std::optional<std::int64_t> most_sets;  // 1 or more

  friend bool operator==(const SetTerms&, const SetTerms&) = default;
};

// "5.00 off above 50.00, 15.00 off above 100.00": once, of what the lines cost together.
struct BasketTerms {
  struct Tier {
    std::int64_t from_total_minor = 0;  // 0 to kMostMinor
    Reduction reduction;                // PercentOff, or AmountOff once; at most what they cost
    friend bool operator==(const Tier&, const Tier&) = default;
  };
  std::vector<std::size_t> lines;
  std::vector<Tier> tiers;  // as in QuantityTerms

  friend bool operator==(const BasketTerms&, const BasketTerms&) = default;
};

// Prices of reduced units that look like prices: multiples of a step, and an ending above them.
//   5 rappen: {5, 0}.   Whole dollars: {100, 0}.   "…99": {100, 99}.   Ten yen: {10, 0}.
// A price below the ending stays as it is, in whole minor units; no price is rounded above what it was before the
// discount.
struct UnitRounding {
  enum class Direction : std::uint8_t {
    kDown,     // in the customer's favour
    kNearest,  // ties down
  };
  std::int64_t step_minor = 1;    // 1 to kMostMinor
  std::int64_t ending_minor = 0;  // 0 to step_minor − 1
  Direction direction = Direction::kDown;

  friend bool operator==(const UnitRounding&, const UnitRounding&) = default;
};

enum class Stacking : std::uint8_t {
  kExclusive,  // takes only units that no discount before it has taken
  kOnTop,      // takes any units, at the prices that earlier discounts have left
};

struct Discount {
  std::variant<QuantityTerms, SetTerms, BasketTerms> terms;
  // Each reduced unit is rounded. Only where prices of units are computed: PercentOff, and AmountOff of a unit.
  // Nothing: what the units cost together is rounded once, down to a whole minor unit.
  std::optional<UnitRounding> rounding;
  Stacking stacking = Stacking::kExclusive;
  // No unit whose cost is known goes below it, or below what it costs already. Nothing: costs are not looked at.
  std::optional<MarginFloor> floor;

  friend bool operator==(const Discount&, const Discount&) = default;
};

struct Fault {
  std::string field;    // "tiers[1].from_quantity"
  std::string problem;  // "is 3, but must be above that of the tier before, 5"

  friend bool operator==(const Fault&, const Fault&) = default;
};

// All that is wrong with a discount whatever the cart; nothing when it is sound. What lines it names is not looked at,
// except that none is named twice. O(its size · log).
std::vector<Fault> FindFaults(const Discount& discount);

}  // namespace awase::pricing

#endif  // AWASE_PRICING_DISCOUNT_H_
