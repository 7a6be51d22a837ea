#ifndef AWASE_RELATIONS_COUNT_MOVES_H_
#define AWASE_RELATIONS_COUNT_MOVES_H_

// Whether customers move from one product to another or back: counted for the pairs that are asked about, not for all.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"
#include "awase/relations/basket_windows.h"

namespace awase::relations {

struct ProductPair {
  ProductIndex one;
  ProductIndex other;
};

struct PairMoves {
  std::uint32_t to_other = 0;
  std::uint32_t to_one = 0;

  friend bool operator==(const PairMoves&, const PairMoves&) = default;
};

// Distinct customers who moved between the two of a pair one way and never the other way, by buying or by looking: who
// did both says nothing about a direction. Each is counted once: so the sums are of distinct customers too.
struct CustomerMoves {
  PairMoves bought;  // bought one of the pair only after the other
  PairMoves viewed;  // of the others: looked at both, and bought one

  friend bool operator==(const CustomerMoves&, const CustomerMoves&) = default;
};

// `buyers` (ascending) take part, in `sessions` also. O(lines + lines of the buyers and their sessions · pairs per
// product). Memory: 8 bytes per product and thread, 32 per pair.
//
// *Bought*: some purchase of `other` is later than some of `one`, and none of `one` is later than one of `other`. So
// whoever takes turns counts for neither, and a product that merely sells more gains nothing by it: were the order of a
// customer's purchases chance, both ways would be equally likely. A product that came out later does gain: nobody could
// move from it before. Baskets without a time, or of one moment, are in no order.
//
// *Viewed*: in `sessions` (WindowsOfSessions to these baskets; null: none) `from` is what was looked at and the window
// what was bought then; of the pair both were looked at in a session, and just one was bought. What is bought without
// looking at it, as some things are week after week, does not gain by what else was looked at.
std::vector<CustomerMoves> CountMoves(const orders::BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                                      const BasketWindows* sessions, absl::Span<const ProductPair> pairs,
                                      std::size_t threads);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_COUNT_MOVES_H_
