#ifndef AWASE_ORDERS_BASKETS_H_
#define AWASE_ORDERS_BASKETS_H_

// From order lines to baskets: cancelled lines out, returns subtracted, duplicates merged, variants rolled up.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/order_log.h"
#include "awase/orders/unfilled_vector.h"

namespace awase::orders {

// A set of baskets in compressed rows: basket b holds products[offsets[b] … offsets[b+1]), ascending and distinct.
// Baskets are sorted by buyer (so that the distinct buyers of a pair can be counted by looking at the last one seen),
// then by time, then by content. The set does not depend on the order of rows.
struct BasketSet {
  std::size_t product_count = 0;
  std::size_t buyer_count = 0;
  UnfilledVector<std::uint64_t> offsets{0};
  UnfilledVector<ProductIndex> products;
  UnfilledVector<std::uint32_t> buyers;      // per basket, ascending; a basket without customer id is its own buyer
  UnfilledVector<std::int64_t> time_micros;  // per basket; kNoTime when unknown
  // Per product of the OrderLog (before variants were rolled up): in how many baskets it was. Empty after MergeByBuyer.
  std::vector<std::uint32_t> log_product_units;

  std::size_t size() const { return buyers.size(); }
  absl::Span<const ProductIndex> basket(std::size_t b) const {
    return absl::MakeConstSpan(products).subspan(offsets[b], offsets[b + 1] - offsets[b]);
  }
};

// What cleaning did; every line of the log is in exactly one of the first five counts.
struct CleaningReport {
  std::uint64_t lines_kept = 0;       // lines that put a product into a basket
  std::uint64_t lines_duplicate = 0;  // further lines of a product that is already in the order
  std::uint64_t lines_cancelled =
      0;                             // status cancelled, and completed lines of an (order, product) cancelled elsewhere
  std::uint64_t lines_returned = 0;  // status returned or quantity < 0
  std::uint64_t lines_undone = 0;    // completed lines whose quantity was returned in full
  std::uint64_t returns_matched = 0;    // of lines_returned: subtracted from the same or an earlier order
  std::uint64_t returns_unmatched = 0;  // of lines_returned: no purchase found to subtract from
  std::uint64_t orders_kept = 0;        // orders with at least one product left
  std::uint64_t orders_emptied = 0;
};

// One basket per order. `index_of` maps OrderLog's product numbers to the ProductIndex under which they are counted
// (the root of a variant); `product_count` is the size of that index space.
//
// Returns: a returned line subtracts its quantity from the same product (variant) in its own order; what is left over is
// subtracted from the customer's latest earlier order of that product, and so on. A product leaves the basket when nothing
// of it is left. A cancelled line takes its (order, product) out whatever the quantities.
// Of several orders at one moment the one with the larger quantity left goes first; then their content decides.
//
// O(lines), but for the orders of customers that return something: O(n log n) in those. Memory beside the set: 4 bytes a
// product and thread.
BasketSet BuildBaskets(const OrderLog& log, absl::Span<const ProductIndex> index_of, std::size_t product_count,
                       CleaningReport* report, std::size_t threads = 1);

// One basket per known customer: all distinct products over that customer's baskets (the unit of also_bought), dated by
// the latest. Baskets without a customer id take no part: customers are the buyers below `customer_count`
// (the size of OrderLog::customer_keys). O(size), but for sorting each customer's products.
BasketSet MergeByBuyer(const BasketSet& baskets, std::uint32_t customer_count, std::size_t threads = 1);

// Takes out the baskets of more than `max_products` products and returns how many those were. A basket of k products holds
// k (k − 1) / 2 pairs: a wholesaler's 100,000 lines would cost more than all other orders together, and say nothing about
// any two of them. O(size).
std::uint64_t DropLargeBaskets(std::size_t max_products, BasketSet* set);

}  // namespace awase::orders

#endif  // AWASE_ORDERS_BASKETS_H_
