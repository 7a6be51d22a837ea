#ifndef AWASE_TESTS_TESTING_REFERENCE_WINDOWS_H_
#define AWASE_TESTS_TESTING_REFERENCE_WINDOWS_H_

// The simplest right counts of relations in time, kept as the oracle of relations::BuildWindowRelation: sets of pairs
// per unit, found by looking at every two events.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "awase/orders/baskets.h"
#include "awase/relations/basket_windows.h"

namespace awase::testing {

// Something that was bought or looked at in one go.
struct ReferenceEvent {
  std::uint32_t buyer;
  std::int64_t time;  // or orders::kNoTime
  std::vector<ProductIndex> products;
};

struct ReferenceUnits {
  using Pair = std::pair<ProductIndex, ProductIndex>;
  struct Unit {
    std::uint32_t buyer = 0;
    std::set<ProductIndex> from, to;
    std::set<Pair> pairs;
    std::int64_t latest = orders::kNoTime;
  };
  std::map<std::uint32_t, Unit> units;

  std::uint32_t CountFrom(ProductIndex product) const;
  std::uint32_t CountTo(ProductIndex product) const;
  std::uint32_t CountPair(Pair pair) const;
  std::uint32_t CountBuyers(Pair pair) const;
  std::uint64_t CountAllPairs() const;
  // Σ over the units with the pair of √(|from| · |to|)^−exponent.
  double WeighPair(Pair pair, double exponent) const;
};

// Every two of `from` and `to` that `belongs` says go together (by position) make pairs for the unit of the first.
ReferenceUnits MeetByLoops(const std::vector<ReferenceEvent>& from, const std::vector<ReferenceEvent>& to,
                           relations::BasketWindows::Unit unit,
                           const std::function<bool(std::size_t, std::size_t)>& belongs);

// The events in the order of a BasketSet: by buyer, then time.
std::vector<ReferenceEvent> SortEvents(std::vector<ReferenceEvent> events);
orders::BasketSet BasketSetOf(std::size_t products, const std::vector<ReferenceEvent>& sorted);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_REFERENCE_WINDOWS_H_
