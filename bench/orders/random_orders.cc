#include "bench/orders/random_orders.h"

#include <random>

#include "absl/strings/str_format.h"
#include "bench/zipf_numbers.h"

namespace awase::bench {

RandomOrders MakeRandomOrders(std::size_t lines, std::size_t products) {
  std::mt19937_64 random(1);
  const ZipfNumbers zipf(products);
  std::poisson_distribution<int> size(9);
  RandomOrders orders;
  orders.product_count = products;
  while (orders.order.size() < lines) {
    const auto order = static_cast<std::uint32_t>(orders.customer_of.size());
    orders.customer_of.push_back(static_cast<std::uint32_t>(random() % (lines / 40 + 1)));
    for (int i = size(random); i >= 0; --i) {
      orders.order.push_back(order);
      orders.product.push_back(zipf.Draw(&random));
    }
  }
  return orders;
}

std::vector<std::string> Ids(char letter, std::size_t count) {
  std::vector<std::string> ids;
  ids.reserve(count);
  for (std::size_t i = 0; i < count; ++i) ids.push_back(absl::StrFormat("%c%08d", letter, i));
  return ids;
}

}  // namespace awase::bench
