#include "bench/orders/random_orders.h"

#include "absl/strings/str_format.h"

namespace awase::bench {

ZipfNumbers::ZipfNumbers(std::size_t count) : keep_(count), alias_(count) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += 1.0 / static_cast<double>(i + 1);
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::size_t i = 0; i < count; ++i) {
    keep_[i] = static_cast<double>(count) / (static_cast<double>(i + 1) * sum);
    alias_[i] = static_cast<std::uint32_t>(i);
    (keep_[i] < 1 ? small : large).push_back(alias_[i]);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back();
    const std::uint32_t rich = large.back();
    small.pop_back();
    alias_[poor] = rich;
    keep_[rich] -= 1 - keep_[poor];
    if (keep_[rich] >= 1) continue;
    large.pop_back();
    small.push_back(rich);
  }
}

std::uint32_t ZipfNumbers::Draw(std::mt19937_64* random) const {
  const auto slot = static_cast<std::uint32_t>((*random)() % keep_.size());
  return std::uniform_real_distribution<double>()(*random) < keep_[slot] ? slot : alias_[slot];
}

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
