#ifndef AWASE_BASE_PRODUCT_INDEX_H_
#define AWASE_BASE_PRODUCT_INDEX_H_

// The dense number of a product within one catalogue or one artefact: 0 … product_count − 1, in byte order of the
// product ids. So ordering by index is ordering by id, which is how every tie is broken. An index means nothing in
// another version: only ids cross versions, processes and the network.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace awase {

// A strong type of four bytes; also stored as such in the artefact.
enum class ProductIndex : std::uint32_t {};

// Stands for "no product" where a record has no room for an optional (for example no parent).
inline constexpr ProductIndex kNoProduct{std::numeric_limits<std::uint32_t>::max()};

// For subscripts: vector[Slot(index)].
constexpr std::size_t Slot(ProductIndex index) { return static_cast<std::size_t>(index); }

// REQUIRES: slot < 2^32 − 1.
constexpr ProductIndex ProductAt(std::size_t slot) { return static_cast<ProductIndex>(slot); }

}  // namespace awase

#endif  // AWASE_BASE_PRODUCT_INDEX_H_
