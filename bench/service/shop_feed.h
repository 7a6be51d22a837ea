#ifndef AWASE_BENCH_SERVICE_SHOP_FEED_H_
#define AWASE_BENCH_SERVICE_SHOP_FEED_H_

#include <cstdint>

#include "awase/v1/catalog.pb.h"
#include "bench/service/large_shop.h"

namespace awase::load {

// What the shop's feed says of `all` products, spread evenly over the catalogue: a price up to a tenth above or below
// that of the catalogue, and a stock, which is 0 of one product in twenty. These are the updates `first` to
// `first + count`. REQUIRES: 1 <= all <= shop.products(), first + count <= all.
v1::UpdateProductsRequest UpdatesOf(const LargeShop& shop, std::uint32_t all, std::uint32_t first, std::uint32_t count);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_SHOP_FEED_H_
