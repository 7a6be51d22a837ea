#include "bench/service/shop_feed.h"

#include <algorithm>

#include "bench/peers/generator.h"

namespace awase::load {

v1::UpdateProductsRequest UpdatesOf(const LargeShop& shop, std::uint32_t all, std::uint32_t first,
                                    std::uint32_t count) {
  v1::UpdateProductsRequest request;
  for (std::uint32_t i = first; i < first + count; ++i) {
    const auto number = static_cast<std::uint32_t>(std::uint64_t{i} * shop.products() / all);
    peers::Random dice(number);
    const std::int64_t cents = shop.At(number).price_cents * static_cast<std::int64_t>(90 + dice.Below(21)) / 100;
    v1::ProductUpdate* update = request.add_updates();
    update->set_product_id(LargeShop::IdOf(number));
    update->mutable_price()->set_currency_code(LargeShop::kCurrency);
    update->mutable_price()->set_minor_units(std::max<std::int64_t>(1, cents));
    update->set_stock(dice.Below(20) == 0 ? 0 : static_cast<std::int64_t>(1 + dice.Below(500)));
  }
  return request;
}

}  // namespace awase::load
