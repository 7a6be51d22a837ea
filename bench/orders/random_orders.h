#ifndef AWASE_BENCH_ORDERS_RANDOM_ORDERS_H_
#define AWASE_BENCH_ORDERS_RANDOM_ORDERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace awase::bench {

// A shop's dump as numbers: orders of about ten lines, one after the other, with Zipf products and a customer each.
struct RandomOrders {
  std::vector<std::uint32_t> order;  // per line
  std::vector<std::uint32_t> product;
  std::vector<std::uint32_t> customer_of;  // per order
  std::size_t product_count;

  std::size_t line_count() const { return order.size(); }
};

// Seeded: the same numbers on each call.
RandomOrders MakeRandomOrders(std::size_t lines, std::size_t products);

// "P0012345" and the like, for all numbers below `count`.
std::vector<std::string> Ids(char letter, std::size_t count);

}  // namespace awase::bench

#endif  // AWASE_BENCH_ORDERS_RANDOM_ORDERS_H_
