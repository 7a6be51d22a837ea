#ifndef AWASE_LISTS_PRODUCT_TYPES_H_
#define AWASE_LISTS_PRODUCT_TYPES_H_

#include <cstdint>
#include <vector>

namespace awase::lists {

inline constexpr std::uint32_t kNoType = 0xFFFFFFFF;

// What type each product is of, as a number below `count`.
struct ProductTypes {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> of;  // per product, or kNoType; empty when no product has a type
};

// Pairs of types are kept in a square table: with more types than this they are left out of account.
inline constexpr std::uint32_t kMostTypes = 4'000;

}  // namespace awase::lists

#endif  // AWASE_LISTS_PRODUCT_TYPES_H_
