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

// Distinct customers who moved one way and never the other way: who did both says nothing about a direction.
struct PairMoves {
  std::uint32_t to_other = 0;
  std::uint32_t to_one = 0;

  friend bool operator==(const PairMoves&, const PairMoves&) = default;
};

// Bought one of the pair only after the other: some purchase of `other` is later than some of `one`, and none of `one`
// is later than one of `other`. So whoever takes turns counts for neither, and a product that merely sells more gains
// nothing by it: were the order of a customer's purchases chance, both ways would be equally likely. A product that
// came out later does gain: nobody could move from it before.
// `buyers` (ascending) take part. Baskets without a time, or of one moment, are in no order.
// O(lines + lines of the buyers · pairs per product). Memory: 8 bytes per product and thread, 24 per pair.
std::vector<PairMoves> CountPurchaseMoves(const orders::BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                                          absl::Span<const ProductPair> pairs, std::size_t threads);

// Looked at one of the pair without buying it, and bought the other: in `sessions` (WindowsOfSessions) `from` is what
// was looked at and the window what was bought then. Cost and memory as above.
std::vector<PairMoves> CountViewMoves(const BasketWindows& sessions, absl::Span<const ProductPair> pairs,
                                      std::size_t threads);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_COUNT_MOVES_H_
