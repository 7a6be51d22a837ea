#ifndef AWASE_ORDERS_INTERNAL_HASH_ID_H_
#define AWASE_ORDERS_INTERNAL_HASH_ID_H_

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>

#include "absl/strings/string_view.h"
#include "awase/orders/order_log.h"

namespace awase::orders_internal {

// An order and a customer with the same id must not have the same key.
enum class IdKind : std::uint8_t { kOrder = 1, kCustomer = 2, kProduct = 3 };

// XXH3 with 128 bits; part of the format of an order store, so it must stay what it is.
inline orders::IdKey KeyOf(IdKind kind, absl::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(id.data(), id.size(), static_cast<XXH64_hash_t>(kind));
  if (hash.high64 == 0 && hash.low64 == 0) return {0, 1};  // zero means "no id"
  return {hash.high64, hash.low64};
}

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_HASH_ID_H_
