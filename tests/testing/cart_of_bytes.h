#ifndef AWASE_TESTS_TESTING_CART_OF_BYTES_H_
#define AWASE_TESTS_TESTING_CART_OF_BYTES_H_

// Carts and discounts out of any bytes, for fuzzing and for properties of random ones, and what must be true of all.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/pricing/price_cart.h"

namespace awase::testing {

struct CartCase {
  std::vector<pricing::Line> lines;
  std::vector<pricing::Discount> discounts;
};

// At most 8 lines and 5 discounts. Most numbers are small and in their range; some are any 64 bits.
CartCase CartOfBytes(absl::Span<const std::uint8_t> bytes);

// What include/awase/pricing/price_cart.h promises and `cart` does not keep; empty when all is well.
std::string BrokenPromises(const CartCase& given, const pricing::CartPrice& cart);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_CART_OF_BYTES_H_
