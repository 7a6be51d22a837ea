#ifndef AWASE_REPORT_DUMP_PROFILE_H_
#define AWASE_REPORT_DUMP_PROFILE_H_

// What a dump looks like: when its orders were made, how large they are, how much of it is best-sellers.

#include <cstdint>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::report {

// Orders from a Monday (UTC) on, for as many weeks as a period has.
struct Period {
  std::int64_t from_micros;
  std::uint64_t orders;
};

// Baskets of `from` to `to` products.
struct SizeBin {
  std::uint32_t from;
  std::uint32_t to;  // UINT32_MAX: no end
  std::uint64_t orders;
};

// The most bought products: so many of them make up so many of all purchases.
struct PopularityPoint {
  std::uint64_t products;
  std::uint64_t purchases;
};

struct DumpProfile {
  std::uint64_t orders = 0;
  std::uint64_t orders_without_time = 0;
  std::uint64_t purchases = 0;    // products in baskets
  std::uint64_t products = 0;     // in at least one basket
  std::uint32_t median_size = 0;  // products in a basket
  std::uint32_t largest_size = 0;
  std::uint64_t rare_products = 0;     // in fewer than 5 baskets
  std::uint32_t weeks_per_period = 1;  // more than one where the dump has more than 400 weeks
  std::vector<Period> periods;         // from the first order to the last, without gaps
  std::vector<SizeBin> sizes;
  std::vector<PopularityPoint> popularity;  // rising, about 60 of them
  std::vector<ProductIndex> best_sellers;   // the first ten, most bought first, ties by id
  std::vector<std::uint64_t> best_seller_orders;
};

// O(size of the set + products · log products).
DumpProfile ProfileOf(const orders::BasketSet& baskets);

}  // namespace awase::report

#endif  // AWASE_REPORT_DUMP_PROFILE_H_
