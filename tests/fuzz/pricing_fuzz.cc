// Any bytes as a cart with discounts: refused with a field's name, or priced as the header promises.

#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "tests/testing/cart_of_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const awase::testing::CartCase given = awase::testing::CartOfBytes({data, size});
  const auto cart = awase::pricing::PriceCart(given.lines, given.discounts);
  std::string broken;
  if (cart.ok()) {
    broken = awase::testing::BrokenPromises(given, *cart);
  } else if (cart.status().message().find_first_of("ld") != 0) {  // lines[…] or discounts[…]
    broken = cart.status().ToString();
  }
  if (broken.empty()) return 0;
  std::cerr << broken << "\n";
  std::abort();
}
