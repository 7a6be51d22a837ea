#ifndef AWASE_RELATIONS_BASKET_WINDOWS_H_
#define AWASE_RELATIONS_BASKET_WINDOWS_H_

// Which baskets are looked at together, for relations in which it matters when something was bought: each basket has a
// window of others. BuildWindowRelation counts what meets in them.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/orders/baskets.h"

namespace awase::relations {

// A pair (i, j) belongs to a unit when a basket of the unit in `from` holds i and a basket of its window in `to` holds
// j. Borrows both sets.
struct BasketWindows {
  // The baskets [first, last) of a set. Empty: the basket takes no part.
  struct Window {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  enum class Unit : std::uint8_t {
    kBuyer,   // the unit of evidence is the buyer of a basket in `from`
    kBasket,  // … or each basket in `from` by itself
  };

  const orders::BasketSet* from = nullptr;
  const orders::BasketSet* to = nullptr;
  std::vector<Window> windows;  // per basket of `from`; of the baskets of one unit both ends ascend
  Unit unit = Unit::kBuyer;
  bool is_directed = true;  // false: with (i, j) every unit has (j, i)

  // No basket takes part. O(baskets).
  bool IsEmpty() const;
  std::uint32_t unit_of(std::size_t basket) const {
    return unit == Unit::kBuyer ? from->buyers[basket] : static_cast<std::uint32_t>(basket);
  }
};

// The buyers below `customer_count` (whose ids are known) of at most `max_products` distinct products, ascending; how
// many have more goes to *too_large. O(size).
std::vector<std::uint32_t> CustomersWithin(const orders::BasketSet& baskets, std::uint32_t customer_count,
                                           std::size_t max_products, std::uint64_t* too_large);

// What happened after a purchase: each basket of the `buyers` (ascending) with the later ones of its buyer, by at most
// `window_micros`. Baskets of one moment, or without a time, are after nothing. O(baskets).
BasketWindows WindowsAfter(const orders::BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                           std::int64_t window_micros);

// What the same buyer had about that time: each basket of the `buyers` with those of its buyer that are at most
// `window_micros` before or after it, itself among them. A basket without a time is with itself alone. O(baskets).
BasketWindows WindowsAround(const orders::BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                            std::int64_t window_micros);

// Whether all baskets of each buyer are within the window of each other, so that the window leaves nothing out; also
// when no basket has a time, so that no window can be told. O(baskets).
bool HistoriesFit(const orders::BasketSet& baskets, absl::Span<const std::uint32_t> buyers, std::int64_t window_micros);

// What came of a session: each basket of `sessions` (by its time) with those that its customer bought from then on
// until `window_micros` later. `customer_of`: by buyer of `sessions`, the buyer in `baskets`, or kNoCustomer; buyers
// beyond it are nobody's. Where all baskets have whole days for times, a basket may be of any time of its day: one of
// the day of the session counts. O(baskets + sessions · log baskets).
BasketWindows WindowsOfSessions(const orders::BasketSet& sessions, absl::Span<const std::uint32_t> customer_of,
                                const orders::BasketSet& baskets, std::int64_t window_micros);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_BASKET_WINDOWS_H_
